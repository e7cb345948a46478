"""Periods of three months, counted from the first day of the first (domain.md 4.2)."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.db import IntegrityError, connection, transaction

from plans.models import Period, period_bounds
from soskuntoutus import clock
from soskuntoutus.demo.cast import make_cast
from tests.plans.ready import FIRST_DAY, decided, reserved

FIRST, AFTER = date(2024, 1, 1), date(2033, 1, 1)
ANCHORS = [FIRST + timedelta(days=days) for days in range((AFTER - FIRST).days)]
NUMBERS = (1, 2, 3, 4)

TABLE = {
    date(2026, 1, 1): (date(2026, 3, 31), date(2026, 6, 30), date(2026, 9, 30), date(2026, 12, 31)),
    date(2025, 11, 30): (date(2026, 2, 27), date(2026, 5, 29), date(2026, 8, 29), date(2026, 11, 29)),
    date(2027, 11, 30): (date(2028, 2, 28), date(2028, 5, 29), date(2028, 8, 29), date(2028, 11, 29)),
    date(2026, 1, 31): (date(2026, 4, 29), date(2026, 7, 30), date(2026, 10, 30), date(2027, 1, 30)),
    date(2026, 8, 31): (date(2026, 11, 29), date(2027, 2, 27), date(2027, 5, 30), date(2027, 8, 30)),
    date(2028, 2, 29): (date(2028, 5, 28), date(2028, 8, 28), date(2028, 11, 28), date(2029, 2, 27)),
    date(2026, 4, 13): (date(2026, 7, 12), date(2026, 10, 12), date(2027, 1, 12), date(2027, 4, 12)),
    date(2026, 12, 1): (date(2027, 2, 28), date(2027, 5, 31), date(2027, 8, 31), date(2027, 11, 30)),
    date(2026, 5, 15): (date(2026, 8, 14), date(2026, 11, 14), date(2027, 2, 14), date(2027, 5, 14)),
}


@pytest.mark.parametrize(("anchor", "last_days"), TABLE.items(), ids=str)
def test_the_four_periods_are_those_of_the_table(anchor, last_days):
    periods = [period_bounds(anchor, number) for number in NUMBERS]
    assert tuple(last for _, last in periods) == last_days
    assert periods[0][0] == anchor


def test_from_any_first_day_periods_follow_each_other_and_fill_exactly_a_year():
    for anchor in ANCHORS:
        periods = [period_bounds(anchor, number) for number in NUMBERS]
        assert periods[0][0] == anchor
        for (_, last), (following, _) in pairwise(periods):
            assert following == last + timedelta(days=1)
        assert all(89 <= (last - first).days + 1 <= 92 for first, last in periods)
        assert periods[-1][1] == clock.add_months(anchor, 12) - timedelta(days=1)


def test_a_period_counted_from_the_one_before_would_drift():
    following = clock.add_months(clock.add_months(date(2026, 8, 31), 3), 3)
    assert period_bounds(date(2026, 8, 31), 3)[0] == following == date(2027, 2, 28)
    assert clock.add_months(following, 3) == date(2027, 5, 28)
    assert period_bounds(date(2026, 8, 31), 4)[0] == date(2027, 5, 31)


def test_the_database_counts_every_first_day_the_same_way(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT day::date, n, (day + make_interval(months => 3 * (n - 1)))::date,"
            " (day + make_interval(months => 3 * n))::date - 1"
            " FROM generate_series(%s::timestamp, %s::timestamp, '1 day') day, generate_series(1, 4) n",
            [ANCHORS[0], ANCHORS[-1]],
        )
        counted = {(day, number): (first, last) for day, number, first, last in cursor}
    assert counted == {(day, number): period_bounds(day, number) for day in ANCHORS for number in NUMBERS}


@pytest.fixture
def period(db):
    with clock.at(date(2026, 4, 8)):
        cast = make_cast()
        return decided(reserved(cast, cast.niklas), by=cast.sanna).period


def test_a_decision_grants_the_period_that_the_first_day_gives(period):
    assert (period.number, period.starts, period.ends) == (1, *period_bounds(FIRST_DAY, 1))


@pytest.mark.parametrize(
    ("name", "day", "constraint"),
    [
        ("starts", FIRST_DAY + timedelta(days=1), "period_starts_by_the_anchor"),
        ("starts", FIRST_DAY - timedelta(days=1), "period_starts_by_the_anchor"),
        ("ends", date(2026, 7, 13), "period_ends_by_the_anchor"),
        ("ends", date(2026, 7, 11), "period_ends_by_the_anchor"),
        ("anchor", FIRST_DAY + timedelta(days=1), "period_(starts|ends)_by_the_anchor"),
    ],
)
def test_the_database_refuses_other_days_whoever_writes_them(period, name, day, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        _insert(period, **{name: day})


@pytest.mark.parametrize("number", [0, 5])
def test_the_database_refuses_a_fifth_period_however_it_is_counted(period, number):
    first, last = period_bounds(period.anchor, number)
    with pytest.raises(IntegrityError, match="period_within_a_year"), transaction.atomic():
        _insert(period, number=number, starts=first, ends=last)


def test_the_database_takes_the_days_that_the_first_day_gives(period):
    first, last = period_bounds(period.anchor, 4)
    _insert(period, number=4, starts=first, ends=last)
    assert Period.objects.filter(number=4, ends=date(2027, 4, 12)).exists()


def _insert(period, **changes):
    """Write a row past the models: what stands in the database is the rule."""
    row = {"anchor": period.anchor, "number": 1, "starts": period.starts, "ends": period.ends, **changes}
    Period.objects.filter(pk=period.pk).delete()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO plans_period (rehabilitation_id, decision_id, anchor, number, starts, ends)"
            " VALUES (%s, %s, %s, %s, %s, %s)",
            [period.rehabilitation_id, period.decision_id, *row.values()],
        )
