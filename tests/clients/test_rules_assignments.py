"""What must hold of who works with whom: one row is the slot and the sight (HEL-16, SHL 42 §)."""

from datetime import date, timedelta

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from clients.models import Assignment
from soskuntoutus import clock
from soskuntoutus.ranges import span
from tests.refusals import both_accept, both_refuse

FIRST, LAST = date(2026, 4, 13), date(2026, 7, 12)
EMPTY = DateRange(empty=True)


def slot(world) -> Assignment:
    """Niklas's slot for Ville, reserved at step 8."""
    return world.ville.assignments.get(part="responsible")


def row(world, worker, part, first, last=None, **facts) -> Assignment:
    days = span(first, last)
    return Assignment(
        client=world.ville, worker=worker, unit=worker.unit, part=part, during=days, sight=days, **facts
    )


def another_slot(world, worker, first, client=None) -> Assignment:
    facts = {"slot": 1, "slots_allowed": 1, "confirmed_at": clock.now()}
    found = row(world, worker, "responsible", first, first + timedelta(days=80), **facts)
    found.client = client or world.ville
    return found


pytestmark = pytest.mark.step(8)


@pytest.mark.parametrize("days", [{"during": EMPTY}, {"during": EMPTY, "sight": EMPTY}])
def test_an_assignment_lasts_a_day_at_least(world, days):
    both_refuse("assignment_lasts_a_day", slot(world), **days)


def test_an_assignment_of_one_day_is_one(world):
    both_accept(slot(world), during=span(FIRST, FIRST))


@pytest.mark.parametrize(
    "sight", [span(FIRST, LAST - timedelta(days=1)), span(FIRST + timedelta(days=1), LAST)]
)
def test_who_works_with_a_client_sees_the_file_for_as_long(world, sight):
    both_refuse("assignment_sees_while_it_lasts", slot(world), sight=sight)


def test_one_may_see_longer_than_one_works(world):
    both_accept(slot(world), sight=span(FIRST - timedelta(days=9), LAST + timedelta(days=14)))


def test_who_is_responsible_takes_a_slot(world):
    both_refuse("assignment_responsible_takes_a_slot", slot(world), slot=None, slots_allowed=None)


@pytest.mark.parametrize("part", ["own_worker", "pair", "team", "substitute", "handler"])
def test_nobody_else_takes_a_slot(world, part):
    both_refuse("assignment_responsible_takes_a_slot", slot(world), part=part)


@pytest.mark.parametrize("number", [0, 2])
def test_a_slot_is_one_of_those_allowed(world, number):
    both_refuse("assignment_slot_within_the_allowed", slot(world), slot=number)


def test_where_two_are_allowed_the_second_is_one_of_them(world):
    both_accept(slot(world), slot=2, slots_allowed=2)


def test_a_slot_has_an_end(world):
    both_refuse("assignment_slot_has_an_end", slot(world), during=span(FIRST), sight=span(FIRST))


def test_a_slot_is_reserved_until_a_day_or_confirmed_by_a_decision(world):
    both_refuse("assignment_slot_reserved_or_confirmed", slot(world), reserved_until=None)
    both_accept(slot(world), reserved_until=None, confirmed_at=clock.now())


@pytest.mark.parametrize("first", [FIRST, LAST])
def test_a_worker_has_one_rehabilitation_client_at_a_time(world, first):
    both_refuse("assignment_one_client_per_worker", another_slot(world, world.niklas, first, world.meri))


def test_the_worker_is_free_from_the_day_after_and_another_worker_at_once(world):
    both_accept(another_slot(world, world.niklas, LAST + timedelta(days=1), world.meri))
    both_accept(another_slot(world, world.hanna, FIRST, world.aada))


def test_a_released_reservation_takes_no_slot(world):
    both_accept(slot(world), released_at=clock.now())
    both_accept(another_slot(world, world.niklas, FIRST, world.meri))


def test_a_client_has_one_responsible_worker_at_a_time(world):
    both_refuse("assignment_one_responsible", another_slot(world, world.hanna, LAST))
    both_accept(another_slot(world, world.hanna, LAST + timedelta(days=1)))


def test_a_client_has_one_own_worker_at_a_time(world):
    today = clock.today()
    both_refuse("assignment_one_own_worker", row(world, world.hanna, "own_worker", today))
    world.ville.assignments.get(part="own_worker").end(today)
    both_accept(row(world, world.hanna, "own_worker", today + timedelta(days=1)))


def test_a_client_may_have_many_workers_in_other_parts(world):
    for worker in (world.hanna, world.olli):
        both_accept(row(world, worker, "team", clock.today()))
