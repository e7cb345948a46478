"""What must hold of a client, the contact details, conflicts of interest and granted access."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from clients.models import AccessGrant, Client, RelationBlock
from soskuntoutus import clock
from tests.refusals import both_accept, both_refuse, refused

BORN = date(1985, 2, 2)


def test_an_identity_code_belongs_to_one_client(world):
    twin = Client(first_names="Aada", last_name="Toinen")
    twin.identify(world.aada.identity_code)
    both_refuse("client_once_per_identity_code", twin)


def test_any_number_of_clients_may_be_without_an_identity_code(world):
    for name in ("Yksi", "Kaksi"):
        both_accept(Client(first_names=name, last_name="Nimetön"))


def test_nobody_dies_before_they_are_born(world):
    both_refuse("client_died_after_birth", world.aada, born_on=BORN, died_on=BORN - clock.ONE_DAY)
    both_accept(world.aada, born_on=BORN, died_on=BORN)


def test_a_protection_order_ends_on_the_day_it_begins_at_the_earliest(world):
    begins = date(2026, 1, 7)
    rule, details = "protection_ends_after_it_begins", world.aada.details
    both_refuse(rule, details, protected_from=begins, protected_until=begins - clock.ONE_DAY)
    both_accept(details, protected_from=begins, protected_until=begins)


def test_a_protection_order_that_ends_has_begun(world):
    rule = "protection_ends_after_it_begins"
    both_refuse(rule, world.aada.details, protected_from=None, protected_until=date(2026, 1, 7))


def test_a_conflict_of_interest_is_on_record_once(world):
    facts = {"user": world.sanna, "client": world.aada, "reason": "sisar"}
    both_accept(RelationBlock(**facts))
    both_refuse("relation_block_once", RelationBlock(**facts))
    both_accept(RelationBlock(**facts | {"user": world.eeva}))


def grant(world, length, **facts):
    now = clock.now()
    return AccessGrant(user=world.eeva, client=world.aada, reason="Hätä", at=now, until=now + length, **facts)


@pytest.mark.parametrize("length", [timedelta(hours=4, seconds=1), timedelta(0)])
def test_access_is_granted_for_four_hours_at_most_and_for_some_time(world, length):
    both_refuse("access_grant_four_hours", grant(world, length))


def test_access_may_be_granted_for_four_hours_to_the_second(world):
    both_accept(grant(world, timedelta(hours=4)))


def test_granted_access_is_reviewed_by_someone_else(world):
    row = grant(world, timedelta(hours=1), reviewed_by=world.eeva)
    both_refuse("access_grant_reviewed_by_another", row)
    both_accept(row, reviewed_by=world.tarja)


# Contact details


NEW = {
    "phone": "050 222 2222",
    "email": "",
    "address": "",
    "protected_from": None,
    "protected_until": None,
    "secret": False,
}


@pytest.mark.parametrize("who", ["eeva", "leena"])
def test_contact_details_are_changed_only_by_someone_who_works_with_the_client(world, who):
    assert refused(world.aada.details.change, by=getattr(world, who), **NEW) == {"not_assigned"}
    assert world.aada.details.change(by=world.sanna, **NEW).phone == "050 222 2222"


# The own worker (SHL 42 §)


@pytest.mark.step(6)
@pytest.mark.parametrize("who", ["eeva", "tarja"])
def test_an_outsider_does_not_name_the_own_worker(world, who):
    by = getattr(world, who)
    assert refused(world.ville.name_own_worker, worker=world.hanna, by=by) == {"not_assigned"}


@pytest.mark.step(6)
@pytest.mark.parametrize("who", ["sanna", "leena"])
def test_who_works_with_the_client_or_leads_the_unit_names_the_own_worker(world, who):
    world.ville.name_own_worker(worker=world.hanna, by=getattr(world, who))
    assert world.ville.own_worker_today() == world.hanna


@pytest.mark.step(6)
def test_a_service_adviser_does_not_name_the_own_worker(world):
    with pytest.raises(PermissionDenied):
        world.ville.name_own_worker(worker=world.hanna, by=world.pia)


@pytest.mark.step(6)
def test_a_close_person_is_not_named_the_own_worker(world):
    world.ville.relation_blocks.create(user=world.hanna, reason="sisar")
    assert refused(world.ville.name_own_worker, worker=world.hanna, by=world.sanna) == {"blocked"}


@pytest.mark.step(6)
def test_the_own_worker_is_not_named_twice(world):
    assert refused(world.ville.name_own_worker, worker=world.sanna, by=world.sanna) == {"worker"}


@pytest.mark.step(6)
def test_the_own_worker_before_hands_over_to_the_new_one(world):
    world.on(date(2026, 3, 24))
    world.ville.name_own_worker(worker=world.hanna, by=world.sanna)
    before = world.ville.assignments.get(worker=world.sanna, part="own_worker")
    assert before.last_day == date(2026, 3, 23)
    assert before.sight.upper == date(2026, 4, 7)  # the hand-over lasts 14 days
