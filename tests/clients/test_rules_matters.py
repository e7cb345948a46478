"""What must hold of a matter, and in which order it goes (SHL 34–36 §)."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from clients.models import Assignment, Matter
from soskuntoutus import clock
from tests.clients.contacts import receive
from tests.refusals import both_accept, both_refuse, refused, trigger_refuses

MINUTE = timedelta(minutes=1)
STATUTORY = ("over_75", "top_care_allowance", "child_special_support")
MEASURES = {"measures": "Soitetaan."}


def matter(world) -> Matter:
    return world.ville.matters.get()


# The rows


@pytest.mark.step(1)
def test_a_contact_is_made_with_consent(world):
    both_refuse("matter_contact_needs_consent", matter(world), consent=False)


@pytest.mark.step(1)
@pytest.mark.parametrize("channel", [each for each in Matter.Channel if each != Matter.Channel.CONTACT])
def test_what_came_any_other_way_needs_no_consent(world, channel):
    both_accept(matter(world), channel=channel, consent=False)


@pytest.mark.step(2)
def test_a_matter_is_registered_after_it_was_received(world):
    row = matter(world)
    both_refuse("matter_registered_after_receipt", row, registered_at=row.received_at - MINUTE)
    both_accept(row, registered_at=row.received_at)


@pytest.mark.step(3)
def test_the_urgency_is_assessed_after_registration(world):
    row = matter(world)
    both_refuse("matter_triaged_after_registration", row, triaged_at=row.registered_at - MINUTE)
    both_accept(row, triaged_at=row.registered_at)


@pytest.mark.step(1)
def test_the_urgency_of_an_unregistered_matter_is_not_assessed(world):
    facts = {"triaged_at": clock.now(), "urgency": Matter.Urgency.NOT_URGENT}
    both_refuse("matter_triaged_after_registration", matter(world), **facts)


@pytest.mark.step(3)
def test_a_matter_is_taken_after_its_urgency_was_assessed(world):
    row = matter(world)
    both_refuse("matter_taken_after_triage", row, taken_at=row.triaged_at - MINUTE)
    both_accept(row, taken_at=row.triaged_at)


@pytest.mark.step(3)
def test_an_assessed_matter_has_its_urgency(world):
    both_refuse("matter_urgency_comes_from_triage", matter(world), urgency=None)


@pytest.mark.step(2)
def test_a_matter_that_was_not_assessed_has_no_urgency(world):
    both_refuse("matter_urgency_comes_from_triage", matter(world), urgency=Matter.Urgency.SOON)


@pytest.mark.step(3)
def test_a_matter_is_closed_with_a_reason(world):
    both_refuse("matter_closed_with_a_reason", matter(world), closed_on=clock.today())


@pytest.mark.step(3)
def test_an_open_matter_has_no_reason_for_closing(world):
    both_refuse("matter_closed_with_a_reason", matter(world), reason=Matter.Closing.MOVED)
    both_accept(matter(world), closed_on=clock.today(), reason=Matter.Closing.MOVED)


@pytest.mark.step(3)
def test_the_time_of_receipt_stands_once_the_urgency_is_assessed(world):
    rows = Matter.objects.filter(pk=matter(world).pk)
    trigger_refuses(lambda: rows.update(received_at=matter(world).received_at - MINUTE), "Cannot update")


@pytest.mark.step(2)
def test_before_that_a_wrong_time_of_receipt_is_corrected(world):
    row = matter(world)
    both_accept(row, received_at=row.received_at - MINUTE)


@pytest.mark.step(1)
def test_a_matter_is_never_deleted(world):
    rows = Matter.objects.filter(pk=matter(world).pk)
    trigger_refuses(lambda: rows._raw_delete("default"), "Cannot delete")


# T1–T3: what came in


def test_what_has_not_come_yet_is_not_received(world):
    assert refused(receive, world=world, on=clock.today() + clock.ONE_DAY) == {"received_at"}
    assert receive(world).received_on == clock.today()


@pytest.mark.step(1)
def test_a_matter_counts_from_its_receipt_and_not_from_its_registration(world, at_step):
    received = matter(world).received_on
    at_step(2)
    assert clock.day_of(matter(world).registered_at) > received == matter(world).received_on


@pytest.mark.step(2)
@pytest.mark.parametrize("switch", STATUTORY)
def test_whom_the_law_sets_a_limit_for_gets_urgency_one_or_two(world, switch):
    content = {**MEASURES, switch: True}
    assert refused(matter(world).triage, urgency=3, content=content, by=world.sanna) == {"urgency"}


@pytest.mark.step(2)
@pytest.mark.parametrize("urgency", [1, 2])
def test_urgency_one_or_two_is_taken_for_them(world, urgency):
    content = {**MEASURES, "over_75": True}
    assert matter(world).triage(urgency=urgency, content=content, by=world.sanna).urgency == urgency


@pytest.mark.step(3)
def test_the_urgency_is_assessed_once(world):
    assert refused(matter(world).triage, urgency=1, content=MEASURES, by=world.sanna) == {"done"}


# T5: taking


@pytest.fixture
def assessed(world):
    return matter(world).triage(urgency=3, content=MEASURES, by=world.sanna)


@pytest.mark.step(2)
def test_nobody_gives_a_matter_to_another_but_whoever_leads_the_unit(world, assessed):
    assert refused(assessed.take, worker=world.niklas, by=world.sanna) == {"worker"}
    assert refused(assessed.take, worker=world.niklas, by=world.tarja) == {"not_on_desk"}
    assessed.take(worker=world.niklas, by=world.leena)
    assert Assignment.objects.get(client=world.ville).worker == world.niklas


@pytest.mark.step(2)
def test_a_matter_is_given_to_someone_who_assesses_service_needs(world, assessed):
    assert refused(assessed.take, worker=world.pia, by=world.leena) == {"worker"}


@pytest.mark.step(2)
def test_a_close_person_does_not_take_the_matter(world, assessed):
    world.ville.relation_blocks.create(user=world.sanna, reason="veli")
    assert refused(assessed.take, worker=world.sanna, by=world.sanna) == {"blocked"}


@pytest.mark.step(3)
def test_a_matter_is_taken_once(world):
    assert refused(matter(world).take, worker=world.sanna, by=world.sanna) == {"done"}


# T24: closing


@pytest.mark.step(17)
def test_a_matter_is_closed_after_the_follow_up(world):
    assert refused(matter(world).close, by=world.sanna) == {"follow_up"}


@pytest.mark.step(18)
def test_a_closed_matter_is_not_closed_again(world):
    assert refused(matter(world).close, by=world.sanna) == {"done"}


@pytest.mark.step(17)
def test_a_service_adviser_closes_no_matter(world):
    with pytest.raises(PermissionDenied):
        matter(world).close(by=world.pia)
