"""How months, periods and working days are counted; the vectors are counted by hand."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soskuntoutus import clock

ONE_DAY = timedelta(days=1)
FIRST, LAST = date(2024, 1, 1), date(2032, 12, 31)
EVERY_DAY = [FIRST + ONE_DAY * n for n in range((LAST - FIRST).days + 1)]

# Easter Sundays from the almanac, not from the package under test.
EASTER = {
    2024: date(2024, 3, 31),
    2025: date(2025, 4, 20),
    2026: date(2026, 4, 5),
    2027: date(2027, 3, 28),
    2028: date(2028, 4, 16),
    2029: date(2029, 4, 1),
    2030: date(2030, 4, 21),
    2031: date(2031, 4, 13),
    2032: date(2032, 3, 28),
}
# The Saturdays of Midsummer (20-26 June) and All Saints (31 October - 6 November).
MIDSUMMER = {2024: 22, 2025: 21, 2026: 20, 2027: 26, 2028: 24, 2029: 23, 2030: 22, 2031: 21, 2032: 26}
ALL_SAINTS = {
    2024: (11, 2),
    2025: (11, 1),
    2026: (10, 31),
    2027: (11, 6),
    2028: (11, 4),
    2029: (11, 3),
    2030: (11, 2),
    2031: (11, 1),
    2032: (11, 6),
}


def day(text):
    """A date as Finns write it."""
    number, month, year = text.split(".")
    return date(int(year), int(month), int(number))


def almanac_holidays(year):
    easter = EASTER[year]
    fixed = {date(year, *md) for md in [(1, 1), (1, 6), (5, 1), (12, 6), (12, 25), (12, 26)]}
    moving = {easter + ONE_DAY * n for n in (-2, 0, 1, 39, 49)}
    return fixed | moving | {date(year, 6, MIDSUMMER[year]), date(year, *ALL_SAINTS[year])}


def almanac_eves(year):
    return {date(year, 6, MIDSUMMER[year]) - ONE_DAY, date(year, 12, 24)}


HOLIDAYS = {d for year in EASTER for d in almanac_holidays(year)} | {date(2033, 1, 1), date(2033, 1, 6)}
EVES = {d for year in EASTER for d in almanac_eves(year)}


def counts(d):
    return d.weekday() < 5 and d not in HOLIDAYS


def offices_open(d):
    return counts(d) and d not in EVES


# Months


@pytest.mark.parametrize(
    ("start", "months", "expected"),
    [
        ("2.3.2026", 3, "2.6.2026"),
        ("30.11.2026", 3, "28.2.2027"),
        ("30.11.2027", 3, "29.2.2028"),
        ("31.1.2026", 1, "28.2.2026"),
        ("31.1.2026", 2, "31.3.2026"),
        ("31.8.2026", 6, "28.2.2027"),
        ("29.2.2028", 12, "28.2.2029"),
        ("29.2.2028", 48, "29.2.2032"),
        ("31.12.2026", 0, "31.12.2026"),
        ("31.12.2026", 12, "31.12.2027"),
        ("31.3.2026", -1, "28.2.2026"),
        ("15.1.2026", -1, "15.12.2025"),
    ],
)
def test_a_month_ends_on_the_same_number_or_on_the_last_day_of_the_month(start, months, expected):
    assert clock.add_months(day(start), months) == day(expected)


def test_months_keep_the_number_or_clamp_to_the_last_day_from_every_day():
    for start in EVERY_DAY:
        for months in range(-3, 16):
            end = clock.add_months(start, months)
            assert (end.year - start.year) * 12 + end.month - start.month == months
            assert end.day == start.day or (end.day < start.day and (end + ONE_DAY).day == 1)


@given(st.dates(date(1900, 1, 1), date(2190, 12, 31)), st.integers(0, 60), st.integers(0, 60))
def test_months_added_in_two_parts_never_pass_those_added_from_the_anchor(anchor, first, second):
    at_once = clock.add_months(anchor, first + second)
    in_parts = clock.add_months(clock.add_months(anchor, first), second)
    assert in_parts <= at_once
    assert (at_once.year, at_once.month) == (in_parts.year, in_parts.month)
    if anchor.day <= 28:
        assert in_parts == at_once


@given(st.dates(date(1900, 1, 1), date(2190, 12, 31)), st.dates(date(1900, 1, 1), date(2190, 12, 31)))
def test_a_later_start_never_ends_earlier(one, other):
    earlier, later = sorted((one, other))
    assert clock.add_months(earlier, 3) <= clock.add_months(later, 3)


# Periods, bounded as plans bounds them


def period(anchor, number):
    start = clock.add_months(anchor, 3 * (number - 1))
    return start, clock.add_months(anchor, 3 * number) - ONE_DAY


@pytest.mark.parametrize(
    ("anchor", "ends"),
    [
        ("1.1.2026", ["31.3.2026", "30.6.2026", "30.9.2026", "31.12.2026"]),
        ("30.11.2025", ["27.2.2026", "29.5.2026", "29.8.2026", "29.11.2026"]),
        ("30.11.2027", ["28.2.2028", "29.5.2028", "29.8.2028", "29.11.2028"]),
        ("31.1.2026", ["29.4.2026", "30.7.2026", "30.10.2026", "30.1.2027"]),
        ("31.8.2026", ["29.11.2026", "27.2.2027", "30.5.2027", "30.8.2027"]),
        ("29.2.2028", ["28.5.2028", "28.8.2028", "28.11.2028", "27.2.2029"]),
        ("13.4.2026", ["12.7.2026", "12.10.2026", "12.1.2027", "12.4.2027"]),
        ("1.12.2026", ["28.2.2027", "31.5.2027", "31.8.2027", "30.11.2027"]),
        ("15.5.2026", ["14.8.2026", "14.11.2026", "14.2.2027", "14.5.2027"]),
    ],
)
def test_periods_counted_from_the_anchor_end_where_the_table_says(anchor, ends):
    assert [period(day(anchor), number)[1] for number in (1, 2, 3, 4)] == [day(end) for end in ends]


@pytest.mark.parametrize(
    ("anchor", "starts"),
    [
        ("30.11.2025", ["30.11.2025", "28.2.2026", "30.5.2026", "30.8.2026"]),
        ("30.11.2027", ["30.11.2027", "29.2.2028", "30.5.2028", "30.8.2028"]),
        ("31.1.2026", ["31.1.2026", "30.4.2026", "31.7.2026", "31.10.2026"]),
        ("31.8.2026", ["31.8.2026", "30.11.2026", "28.2.2027", "31.5.2027"]),
        ("29.2.2028", ["29.2.2028", "29.5.2028", "29.8.2028", "29.11.2028"]),
    ],
)
def test_periods_counted_from_the_anchor_start_where_the_table_says(anchor, starts):
    assert [period(day(anchor), number)[0] for number in (1, 2, 3, 4)] == [day(start) for start in starts]


def test_periods_from_every_anchor_join_without_gap_and_make_one_year():
    for anchor in EVERY_DAY:
        periods = [period(anchor, number) for number in (1, 2, 3, 4)]
        assert periods[0][0] == anchor
        assert all(end + ONE_DAY == start for (_, end), (start, _) in pairwise(periods))
        assert all(89 <= (end - start).days + 1 <= 92 for start, end in periods), anchor
        assert periods[-1][1] == clock.add_months(anchor, 12) - ONE_DAY


# Working days


@pytest.mark.parametrize(
    ("contact", "expected"),
    [
        ("2.3.2026", "11.3.2026"),  # Ville
        ("3.3.2026", "12.3.2026"),
        ("27.3.2026", "9.4.2026"),  # Easter
        ("2.4.2026", "15.4.2026"),
        ("30.4.2026", "12.5.2026"),  # the first of May
        ("8.5.2026", "20.5.2026"),  # Ascension Day
        ("12.6.2026", "23.6.2026"),  # Midsummer Eve counts
        ("18.12.2026", "30.12.2026"),  # Christmas Eve counts
    ],
)
def test_the_assessment_begins_by_the_seventh_working_day(contact, expected):
    assert clock.nth_working_day(day(contact), 7) == day(expected)
    assert clock.assessment_start_limit(day(contact)).date == day(expected)
    assert clock.assessment_start_limit(day(contact), target=7).date == day(expected)


def test_the_nth_working_day_matches_the_almanac_from_every_day():
    for start in EVERY_DAY[:-20]:
        following = [d for d in (start + ONE_DAY * n for n in range(1, 20)) if counts(d)]
        assert [clock.nth_working_day(start, n) for n in range(1, 8)] == following[:7], start


@pytest.mark.parametrize("n", [0, -1])
def test_working_days_are_counted_from_one(n):
    with pytest.raises(ValueError, match="counted from one"):
        clock.nth_working_day(day("3.3.2026"), n)


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        ("12.7.2026", "13.7.2026"),  # Sunday
        ("11.7.2026", "13.7.2026"),  # Saturday
        ("25.12.2026", "28.12.2026"),
        ("24.12.2026", "28.12.2026"),  # Christmas Eve
        ("19.6.2026", "22.6.2026"),  # Midsummer Eve
        ("3.4.2026", "7.4.2026"),  # Good Friday to the Tuesday after Easter
        ("14.5.2026", "15.5.2026"),  # Ascension Day
        ("31.12.2026", "31.12.2026"),  # New Year's Eve is a working day
        ("18.6.2026", "18.6.2026"),
        ("23.12.2026", "23.12.2026"),
    ],
)
def test_a_time_that_ends_on_a_day_off_runs_to_the_next_working_day(last, expected):
    assert clock.roll_to_working_day(day(last)) == day(expected)


@pytest.mark.parametrize(
    ("end", "expected"),
    [
        ("12.7.2026", "10.7.2026"),  # Ville's period ends on a Sunday
        ("28.2.2027", "26.2.2027"),
        ("27.12.2026", "23.12.2026"),  # past Christmas and its Eve
        ("20.6.2026", "18.6.2026"),
        ("6.4.2026", "2.4.2026"),
        ("12.10.2026", "12.10.2026"),
    ],
)
def test_the_working_day_before_an_end_on_a_day_off_is_the_last_one_before_it(end, expected):
    assert clock.working_day_before(day(end)) == day(expected)


def test_rolling_matches_the_almanac_from_every_day():
    for start in EVERY_DAY[10:]:
        forward = next(d for d in (start + ONE_DAY * n for n in range(10)) if offices_open(d))
        back = next(d for d in (start - ONE_DAY * n for n in range(10)) if offices_open(d))
        assert clock.roll_to_working_day(start) == forward, start
        assert clock.working_day_before(start) == back, start
