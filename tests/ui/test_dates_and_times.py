"""Dates and times are read as people here write them, and shown the same way."""

from datetime import UTC, date, datetime, time

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from soskuntoutus import clock
from soskuntoutus.clock import HELSINKI
from soskuntoutus.ui import dates
from soskuntoutus.ui.moments import DateField, MomentField, TimeField


@pytest.fixture(autouse=True)
def the_day():
    with clock.at(date(2026, 7, 1)), translation.override("fi"):
        yield


@pytest.mark.parametrize(
    "typed", ["9.7.2026", " 9.7.2026 ", "09.07.2026", "9. 7. 2026", "9,7,2026", "9.7.2026."]
)
def test_a_date_is_understood_in_every_common_spelling(typed):
    assert DateField().clean(typed) == date(2026, 7, 9)


@pytest.mark.parametrize(
    ("today", "typed", "meant"),
    [
        (date(2026, 7, 1), "9.7.", date(2026, 7, 9)),
        (date(2026, 7, 1), "30.6", date(2026, 6, 30)),
        (date(2026, 12, 30), "2.1.", date(2027, 1, 2)),
        (date(2027, 1, 2), "30.12.", date(2026, 12, 30)),
        (date(2026, 7, 1), "29.2.", date(2028, 2, 29)),
    ],
)
def test_a_date_without_a_year_is_the_one_nearest_today(today, typed, meant):
    with clock.at(today):
        assert DateField().clean(typed) == meant


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("31.6.2026", "no_such_day"),
        ("31.6.", "no_such_day"),
        ("9.13.2026", "no_such_day"),
        ("9.7.1899", "year"),
        ("9.7.2200", "year"),
        ("9.7.0000", "year"),
        ("9.7.26", "invalid"),
        ("9.7.2026\0", "invalid"),
        ("\0", "invalid"),
        ("2026-07-09", "invalid"),
        ("ensi viikolla", "invalid"),
        ("٩.٧.2026", "invalid"),
    ],
)
def test_a_date_that_cannot_be_meant_is_told_how_to_be_written(typed, code):
    with pytest.raises(ValidationError) as refused:
        DateField().clean(typed)
    assert refused.value.code == code


@pytest.mark.parametrize("typed", ["1.1.1900", "31.12.2199"])
def test_the_first_and_the_last_year_are_still_accepted(typed):
    assert dates.plain(DateField().clean(typed)) == typed


@pytest.mark.parametrize("typed", ["9:30", "9.30", "9,30", "09:30", "930", " 9:30 "])
def test_a_time_is_understood_in_every_common_spelling(typed):
    assert TimeField().clean(typed) == time(9, 30)


@pytest.mark.parametrize("typed", ["24:00", "9:60", "9:3", "9:300", "9:30\0", "yhdeksältä"])
def test_a_time_that_does_not_exist_is_refused(typed):
    with pytest.raises(ValidationError):
        TimeField().clean(typed)


@pytest.mark.parametrize("field", [DateField, TimeField, MomentField])
def test_what_may_be_left_empty_may_be_only_spaces(field):
    assert field(required=False).clean(["", ""] if field is MomentField else "  ") is None


def test_a_date_and_a_time_make_one_moment_in_helsinki():
    assert MomentField().clean(["9.7.2026", "10"]) == datetime(2026, 7, 9, 10, tzinfo=HELSINKI)


def test_half_a_moment_is_not_a_moment():
    with pytest.raises(ValidationError) as refused:
        MomentField(required=False).clean(["9.7.2026", ""])
    assert refused.value.code == "incomplete"


def test_the_hour_that_is_skipped_in_spring_is_refused():
    with pytest.raises(ValidationError):
        MomentField().clean(["29.3.2026", "3:30"])


def test_a_moment_comes_back_on_the_helsinki_clock():
    assert MomentField().prepare_value(datetime(2026, 7, 9, 7, 5, tzinfo=UTC)) == ["9.7.2026", "10:05"]


def test_a_moment_that_was_not_touched_has_not_changed():
    field, initial = MomentField(), datetime(2026, 7, 9, 10, 0, tzinfo=HELSINKI)
    assert not field.has_changed(initial, ["9.7.2026", "10:00"])
    assert field.has_changed(initial, ["9.7.2026", "10:01"])


@pytest.mark.parametrize(
    ("language", "day", "moment"),
    [
        ("fi", "ke 1.7.", "ke 1.7. klo 9.30"),
        ("sv", "on 1.7.", "on 1.7. kl. 9.30"),
        ("en", "Wed 1 Jul", "Wed 1 Jul at 9:30"),
    ],
)
def test_weekdays_and_hours_speak_the_language_of_the_page(language, day, moment):
    with translation.override(language):
        assert dates.day(date(2026, 7, 1)) == day
        assert dates.moment(datetime(2026, 7, 1, 9, 30, tzinfo=HELSINKI)) == moment


def test_a_moment_just_before_midnight_in_universal_time_is_the_next_day_here():
    assert dates.day(datetime(2026, 6, 30, 22, 30, tzinfo=UTC)) == "ke 1.7."


@pytest.mark.parametrize(
    ("first", "last", "shown"),
    [
        (date(2026, 4, 13), date(2026, 7, 12), "13.4.–12.7.2026"),
        (date(2026, 10, 13), date(2027, 1, 12), "13.10.2026–12.1.2027"),
        (date(2026, 4, 13), date(2026, 4, 13), "13.4.2026"),
        (date(2026, 4, 13), None, "13.4.2026–"),
    ],
)
def test_a_span_of_days_writes_the_year_once_where_it_does_not_change(first, last, shown):
    assert dates.span(first, last) == shown
