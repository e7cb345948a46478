"""The time limits of the law and the city's targets, each with its sum; the vectors are counted by hand."""

from datetime import date, timedelta

import pytest
from django.utils import translation

from soskuntoutus import clock
from soskuntoutus.clock import Kind


def day(text):
    """A date as Finns write it."""
    number, month, year = text.split(".")
    return date(int(year), int(month), int(number))


@pytest.mark.parametrize(
    ("received", "limit", "latest", "warned"),
    [
        ("2.3.2026", "2.6.2026", "2.6.2026", "2.6.2026"),
        ("30.11.2026", "28.2.2027", "1.3.2027", "26.2.2027"),
        ("30.11.2027", "29.2.2028", "29.2.2028", "29.2.2028"),
        ("24.9.2026", "24.12.2026", "28.12.2026", "23.12.2026"),
    ],
)
def test_a_decision_is_carried_out_within_three_months_of_arrival(received, limit, latest, warned):
    explained = clock.implementation_limit(day(received))
    assert explained.date == day(limit)
    assert explained.latest == day(latest)
    assert clock.working_day_before(explained.date) == day(warned)


@pytest.mark.parametrize(
    ("sent", "served", "thirtieth", "last"),
    [
        ("8.4.2026", "15.4.2026", "15.5.2026", "15.5.2026"),  # Ville
        ("5.6.2026", "12.6.2026", "12.7.2026", "13.7.2026"),
        ("18.11.2026", "25.11.2026", "25.12.2026", "28.12.2026"),
    ],
)
def test_a_letter_is_served_on_the_seventh_day_and_review_lasts_thirty_more(sent, served, thirtieth, last):
    assert clock.letter_served_on(day(sent)).date == day(served)
    limit = clock.review_limit(day(served))
    assert limit.date == day(last)
    assert limit.steps[1].date == day(thirtieth)


@pytest.mark.parametrize(("sent", "served"), [("3.3.2026", "6.3.2026"), ("4.6.2026", "7.6.2026")])
def test_an_electronic_message_is_served_on_the_third_day_even_on_a_sunday(sent, served):
    assert clock.electronic_served_on(day(sent)).date == day(served)


def test_an_evaluation_opens_is_wanted_and_must_be_done_before_its_period_ends():
    window = clock.evaluation_window(day("12.7.2026"), opens_days=21, due_days=7)
    assert window.opens.date == day("21.6.2026")
    assert window.due.date == day("5.7.2026")
    assert window.last_day.date == day("10.7.2026")
    assert window.last_day.steps[0].date == day("12.7.2026")  # the end itself does not move


def test_the_city_decides_when_an_evaluation_opens_and_is_wanted():
    window = clock.evaluation_window(day("12.10.2026"), opens_days=28, due_days=1)
    assert window.opens.date == day("14.9.2026")
    assert window.due.date == day("11.10.2026")
    assert window.last_day.date == day("12.10.2026")


@pytest.mark.parametrize(
    ("ended", "due", "latest"),
    [("12.7.2026", "12.10.2026", "26.10.2026"), ("30.11.2026", "28.2.2027", "14.3.2027")],
)
def test_a_follow_up_is_due_months_after_the_end_with_some_grace(ended, due, latest):
    follow_up = clock.follow_up_due(day(ended), months=3, grace_days=14)
    assert follow_up.date == day(due)
    assert follow_up.latest == day(latest)


def test_the_plan_is_updated_days_after_the_end():
    assert clock.plan_update_due(day("12.7.2026"), days=14).date == day("26.7.2026")


@pytest.mark.parametrize(
    "city_number_missing",
    [
        lambda: clock.evaluation_window(day("12.7.2026")),
        lambda: clock.follow_up_due(day("12.7.2026")),
        lambda: clock.plan_update_due(day("12.7.2026")),
    ],
)
def test_the_clock_knows_no_number_of_the_city(city_number_missing):
    with pytest.raises(TypeError, match="required keyword-only"):
        city_number_missing()


# Explained


def explanations(start):
    window = clock.evaluation_window(start, opens_days=21, due_days=7)
    return {
        "assessment": clock.assessment_start_limit(start),
        "assessment target": clock.assessment_start_limit(start, target=7),
        "implementation": clock.implementation_limit(start),
        "letter": clock.letter_served_on(start),
        "electronic": clock.electronic_served_on(start),
        "review": clock.review_limit(start),
        "evaluation opens": window.opens,
        "evaluation due": window.due,
        "evaluation last day": window.last_day,
        "follow-up": clock.follow_up_due(start, months=3, grace_days=14),
        "plan update": clock.plan_update_due(start, days=14),
    }


@pytest.mark.parametrize(
    ("name", "kind", "section"),
    [
        ("assessment", Kind.LAW, "section 36"),
        ("assessment target", Kind.TARGET, "Local target"),
        ("implementation", Kind.LAW, "section 45"),
        ("letter", Kind.LAW, "section 59"),
        ("electronic", Kind.LAW, "section 19"),
        ("review", Kind.LAW, "section 49 c"),
        ("evaluation opens", Kind.TARGET, "Local target"),
        ("evaluation due", Kind.TARGET, "Local target"),
        ("evaluation last day", Kind.FACT, "The decision on the period"),
        ("follow-up", Kind.TARGET, "Local target"),
        ("plan update", Kind.TARGET, "Local target"),
    ],
)
def test_a_law_cites_its_section_and_a_target_says_it_is_one(name, kind, section):
    explained = explanations(day("27.3.2026"))[name]
    assert explained.kind is kind
    with translation.override("en"):
        assert section in str(explained.source)


def test_every_sum_starts_from_the_given_day_and_reaches_its_date():
    for start in (date(2024, 1, 1) + timedelta(days=n) for n in range(0, 3288, 13)):
        for name, explained in explanations(start).items():
            days = [step.date for step in explained.steps]
            assert days[0] == start, name
            assert explained.date in days, name
            assert days in (sorted(days), sorted(days, reverse=True)), name


def test_a_holiday_that_is_skipped_is_a_line_of_the_sum():
    days = [step.date for step in clock.assessment_start_limit(day("27.3.2026")).steps]
    assert days == [day("27.3.2026"), day("3.4.2026"), day("6.4.2026"), day("9.4.2026")]


def test_a_date_that_is_not_rolled_has_no_line_about_rolling():
    assert len(clock.review_limit(day("15.4.2026")).steps) == 2
    assert len(clock.review_limit(day("12.6.2026")).steps) == 3


def test_every_line_of_a_sum_is_filled_in_when_it_is_shown():
    with translation.override("en"):
        for explained in explanations(day("27.3.2026")).values():
            assert all(str(step.text) and "%" not in str(step.text) for step in explained.steps)
        one, many = (clock.plan_update_due(day("12.7.2026"), days=days).steps[1].text for days in (1, 14))
        assert str(one).startswith("1 day later")
        assert str(many).startswith("14 days later")
