"""The small drawings say in words what they show."""

from datetime import date, datetime

import pytest
from django.template import Context, Template
from django.utils import translation

from soskuntoutus import clock
from soskuntoutus.clock import HELSINKI
from soskuntoutus.ui.parts import Guard, Mark, Stage


@pytest.fixture(autouse=True)
def the_day():
    with clock.at(date(2026, 7, 1)), translation.override("en"):
        yield


def drawn(source, **context):
    return Template("{% load ui %}" + source).render(Context(context))


def test_the_law_shows_its_section_and_opens_its_sum():
    page = drawn("{% limit when %}", when=clock.implementation_limit(date(2026, 3, 2)))
    assert "limit--law" in page
    assert "Law section 45" in page
    assert "<details" in page
    assert "Mon 2 Mar 2026" in page
    assert "Social Welfare Act, section 45" in page


def test_a_target_never_looks_like_the_law():
    due = clock.evaluation_window(date(2026, 7, 12), opens_days=14, due_days=7).due
    page = drawn("{% limit when %}", when=due)
    assert "limit--target" in page
    assert ">target<" in page
    assert "limit--law" not in page


def test_a_plain_date_is_a_fact_with_its_own_word_and_nothing_to_open():
    page = drawn('{% limit when label="agreed" %}', when=datetime(2026, 7, 9, 10, tzinfo=HELSINKI))
    assert "limit--fact" in page
    assert "Thu 9 Jul at 10:00" in page
    assert "<details" not in page


def test_a_limit_inside_a_sentence_does_not_open():
    page = drawn("{% limit when opens=False %}", when=clock.implementation_limit(date(2026, 3, 2)))
    assert "<details" not in page


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 7, 1), "today"),
        (date(2026, 7, 2), "1 day left"),
        (date(2026, 7, 9), "8 days left"),
        (date(2026, 6, 30), "1 day late"),
    ],
)
def test_days_are_counted_not_hinted_at(day, words):
    assert drawn("{{ day|days_left }}", day=day) == words


def test_a_range_is_shown_by_its_last_day_not_the_day_after():
    class During:
        lower, upper = date(2026, 4, 13), date(2026, 7, 13)

    assert drawn("{{ during|span }}", during=During) == "13.4.–12.7.2026"
    During.upper = None
    assert drawn("{{ during|span }}", during=During) == "13.4.2026–"


def test_the_clients_words_stand_in_quotation_marks_once():
    assert "“Haluun herätä.”" in drawn("{% voice words %}", words='"Haluun herätä."')
    with translation.override("fi"):
        assert "”Haluun &lt;b&gt; herätä.”" in drawn("{% voice words %}", words="Haluun <b> herätä.")


def test_a_state_is_a_shape_and_a_word():
    page = drawn('{% state "late" words %}', words="26 days & counting")
    assert "icon--late" in page
    assert "26 days &amp; counting" in page


STAGES = [
    Stage("Assessment", "done", "20.3."),
    Stage("Period 1", "now", "13.4.–12.7."),
    Stage("Follow-on", "later"),
]


def test_the_journey_says_where_the_client_is_and_what_comes_next():
    page = drawn("{% journey stages %}", stages=STAGES)
    assert page.count('aria-current="step"') == 1
    assert "Stage 2/3: Period 1" in page
    assert "Next: follow-on" in page


def test_an_interrupted_stage_is_called_so():
    page = drawn("{% journey stages %}", stages=[STAGES[0], Stage("Period 1", "paused")])
    assert "Interrupted" in page
    assert "is-paused" in page


def test_a_journey_that_is_over_has_no_current_stage():
    page = drawn("{% journey stages %}", stages=STAGES[:1])
    assert "aria-current" not in page
    assert "Stage" not in page.replace("Stages", "")


def test_the_period_is_told_in_words_as_well_as_drawn():
    marks = [Mark("target", date(2026, 7, 5), "evaluation wanted 5.7.")]
    page = drawn("{% band first last marks %}", first=date(2026, 4, 13), last=date(2026, 7, 12), marks=marks)
    assert "80 of 91 days have passed. The period ends Sun 12 Jul; evaluation wanted 5.7." in page
    assert 'width="87.4%"' in page
    assert "style=" not in page


@pytest.mark.parametrize(("day", "passed"), [(date(2026, 4, 1), 0), (date(2026, 8, 1), 91)])
def test_before_and_after_the_period_there_is_no_today_on_it(day, passed):
    with clock.at(day):
        page = drawn("{% band first last %}", first=date(2026, 4, 13), last=date(2026, 7, 12))
    assert f"{passed} of 91" in page
    assert "band__today" not in page


def test_what_is_missing_stands_first_and_links_to_where_it_is_put_right():
    guards = [Guard("Assessment", met=True, url="/a"), Guard("Phone number", met=False, url="#phone")]
    page = drawn('{% include "ui/_guards.html" with title="Before signing" %}', guards=guards)
    assert page.index("Phone number") < page.index("Assessment")
    assert 'href="#phone"' in page
    assert 'href="/a"' not in page
    assert "1 thing is missing" in page


def test_initials_are_of_the_first_and_the_last_name():
    assert drawn("{{ name|initials }}", name="Niklas Johan Åberg") == "NÅ"
    assert drawn("{{ name|initials }}", name="niklas") == "N"
    assert drawn("{{ name|initials }}", name="") == ""
