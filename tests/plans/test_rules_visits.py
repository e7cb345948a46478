"""What must hold of a visit, and that a completed note stays as it is (19005, 19006)."""

from datetime import datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from plans.models import Addendum, Visit
from soskuntoutus import clock
from tests.refusals import both_accept, both_refuse, refused, trigger_refuses

NINE = datetime(2026, 4, 14, 9, tzinfo=clock.HELSINKI)
TEN = NINE + timedelta(hours=1)
HELD = {"mode": "meeting", "place": "home", "held_at": NINE, "ended_at": TEN, "words": "Avattiin posti."}
PLAN = {"mode": "meeting", "place": "home", "planned_at": NINE}


def of(world) -> dict:
    return {"client": world.ville, "matter": world.ville.matters.get()}


@pytest.fixture
def planned(world) -> Visit:
    """A home visit agreed for the day after the start."""
    visit = Visit.plan(**of(world), **PLAN, by=world.niklas)
    world.on(TEN)
    return visit


@pytest.fixture
def locked(world, planned) -> Visit:
    """The same, held and completed."""
    return planned.hold(**HELD, by=world.niklas)


pytestmark = pytest.mark.step(10)


# The rows


@pytest.mark.parametrize("other", [{"cancelled_by": "client"}, {"missed": True}])
def test_a_visit_was_held_or_fell_through_not_both(planned, other):
    both_refuse("visit_held_or_not", planned, held_at=NINE, **other)


def test_a_visit_was_cancelled_or_missed_not_both(planned):
    both_refuse("visit_cancelled_or_missed", planned, cancelled_by="us", missed=True)


def test_a_visit_has_a_time(planned):
    both_refuse("visit_has_a_time", planned, planned_at=None)
    both_accept(planned, held_at=NINE)


def test_a_visit_ends_after_it_begins(planned):
    both_refuse("visit_ends_after_it_begins", planned, held_at=NINE, ended_at=NINE)
    both_accept(planned, ended_at=NINE + timedelta(minutes=1))


def test_a_visit_that_was_not_held_has_no_end(planned):
    both_refuse("visit_ends_after_it_begins", planned, ended_at=TEN)


def test_nothing_is_completed_before_something_happened(planned):
    both_refuse("visit_completed_when_something_happened", planned, locked_at=TEN)


@pytest.mark.parametrize("what", [{"held_at": NINE}, {"missed": True}, {"cancelled_by": "us"}])
def test_what_happened_one_way_or_another_is_completed(planned, what):
    both_accept(planned, locked_at=TEN, **what)


# The triggers


@pytest.mark.parametrize(
    "change", [{"words": "Toisin."}, {"held_at": NINE - timedelta(days=1)}, {"locked_at": None}]
)
def test_a_completed_visit_never_changes(locked, change):
    trigger_refuses(lambda: Visit.objects.filter(pk=locked.pk).update(**change), "Cannot update")


def test_an_agreed_visit_changes_until_it_is_completed(planned):
    assert Visit.objects.filter(pk=planned.pk).update(participants="Sanna Rinne") == 1


def test_a_visit_is_never_deleted(planned):
    rows = Visit.objects.filter(pk=planned.pk)
    trigger_refuses(lambda: rows._raw_delete("default"), "Cannot delete")


@pytest.fixture
def addendum(world, locked) -> Addendum:
    return locked.add(words="Kirje tuli.", by=world.niklas)


def test_an_addendum_never_changes(addendum):
    rows = Addendum.objects.filter(pk=addendum.pk)
    trigger_refuses(lambda: rows.update(words="Ei tullut."), "Cannot update")


def test_an_addendum_is_never_deleted(addendum):
    rows = Addendum.objects.filter(pk=addendum.pk)
    trigger_refuses(lambda: rows._raw_delete("default"), "Cannot update or delete")


# Who, and when


DEEDS = {
    "plan": lambda world, visit, by: Visit.plan(**of(world), **PLAN | {"planned_at": TEN}, by=by),
    "record": lambda world, visit, by: Visit.record(**of(world), **HELD, by=by),
    "record_unmet": lambda world, visit, by: Visit.record_unmet(**of(world), **PLAN, by=by),
    "hold": lambda world, visit, by: visit.hold(**HELD, by=by),
    "miss": lambda world, visit, by: visit.miss(by=by),
    "cancel": lambda world, visit, by: visit.cancel(side="us", by=by),
}


@pytest.mark.parametrize("who", ["eeva", "leena"])
@pytest.mark.parametrize("deed", DEEDS)
def test_only_someone_who_works_with_the_client_writes_of_a_visit(world, planned, deed, who):
    facts = {"world": world, "visit": planned}
    assert refused(DEEDS[deed], **facts, by=getattr(world, who)) == {"not_assigned"}
    assert DEEDS[deed](**facts, by=world.sanna).worker == world.sanna


@pytest.mark.parametrize("who", ["eeva", "leena"])
def test_only_someone_who_works_with_the_client_adds_to_a_note(world, locked, who):
    assert refused(locked.add, words="Lisäys.", by=getattr(world, who)) == {"not_assigned"}


@pytest.mark.parametrize("deed", ["hold", "miss", "cancel"])
def test_a_completed_note_is_added_to_and_not_written_again(world, locked, deed):
    assert refused(DEEDS[deed], world=world, visit=locked, by=world.niklas) == {"locked"}


def test_a_note_that_is_not_complete_is_written_in_and_not_added_to(world, planned):
    assert refused(planned.add, words="Lisäys.", by=world.niklas) == {"open"}


def test_a_time_that_has_passed_is_not_agreed_on(world):
    past = PLAN | {"planned_at": clock.now() - timedelta(minutes=1)}
    assert refused(Visit.plan, **of(world), **past, by=world.niklas) == {"planned_at"}


@pytest.mark.parametrize("deed", ["record", "record_unmet"])
def test_what_has_not_begun_is_neither_held_nor_missed(world, deed):
    assert refused(DEEDS[deed], world=world, visit=None, by=world.niklas) == {"held_at"}


def test_a_visit_to_come_is_cancelled_but_not_missed(world):
    visit = Visit.plan(**of(world), **PLAN, by=world.niklas)
    assert refused(visit.miss, by=world.niklas) == {"held_at"}
    assert visit.cancel(side="client", by=world.niklas).locked_at


@pytest.mark.parametrize("who", ["pia", "katja"])
def test_whose_role_meets_no_clients_records_no_visit(world, who):
    with pytest.raises(PermissionDenied):
        Visit.record(**of(world), **HELD, by=getattr(world, who))
