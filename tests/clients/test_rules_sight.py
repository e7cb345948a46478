"""To whom: each relation by which a user sees a client, from when to when, and what ends it."""

from datetime import date, timedelta

import pytest

from clients.models import AccessGrant, Assignment, Client, Document, Matter
from clients.models.sight import CONTACT, FILE, Relation
from plans.models import Referral
from soskuntoutus import clock
from soskuntoutus.organisation.models import User, Value
from tests.clients.contacts import receive

FIRST, LAST = date(2026, 5, 4), date(2026, 5, 8)
HOUR = timedelta(hours=1)


def sees(user, client, by=None) -> bool:
    """Afresh, as the next request reads it."""
    clients = Client.objects.visible_to(User.objects.get(pk=user.pk), *([by] if by else []))
    return clients.filter(pk=client.pk).exists()


def relation(user, client) -> str | None:
    return Client.objects.with_relation(user).get(pk=client.pk).relation


# Working with the client


def test_a_worker_sees_their_own_client_and_nobody_elses(world):
    assert sees(world.eeva, world.meri)
    assert not sees(world.eeva, world.aada)
    assert not sees(world.sanna, world.meri)


@pytest.mark.parametrize(
    ("day", "is_seen"),
    [
        (FIRST - clock.ONE_DAY, True),  # what is booked is prepared for
        (LAST, True),
        (LAST + timedelta(days=14), True),
        (LAST + timedelta(days=15), False),
    ],
)
def test_sight_lasts_from_the_assignment_to_the_end_of_the_hand_over(world, day, is_seen):
    world.meri.assign(world.niklas, part="substitute", first=FIRST, last=LAST)
    world.on(day)
    assert sees(world.niklas, world.meri) is is_seen


@pytest.mark.step(8)
@pytest.mark.parametrize(("day", "is_seen"), [(21, True), (22, False)])
def test_a_reservation_that_lapsed_opens_nothing(world, day, is_seen):
    world.on(date(2026, 4, day))
    assert sees(world.niklas, world.ville) is is_seen


@pytest.mark.step(8)
def test_a_reservation_that_was_given_up_opens_nothing(world):
    world.ville.assignments.get(part="responsible").release()
    assert not sees(world.niklas, world.ville)


# Leading the unit


def test_whoever_leads_sees_the_clients_of_the_units_workers(world):
    assert sees(world.leena, world.aada)
    assert not sees(world.leena, world.meri)
    assert not sees(world.tarja, world.aada)


def test_what_waits_in_the_unit_is_seen_by_whoever_leads_it(world):
    waiting = receive(world).client
    assert sees(world.leena, waiting)
    assert not sees(world.tarja, waiting)


def test_a_closed_matter_waits_for_nobody(world):
    matter = receive(world)
    Matter.objects.filter(pk=matter.pk).update(closed_on=clock.today(), reason="moved")
    assert not sees(world.leena, matter.client)


# Access for a stated reason


@pytest.mark.parametrize(
    ("passed", "is_seen"), [(-HOUR, False), (timedelta(0), True), (HOUR, True), (4 * HOUR, False)]
)
def test_granted_access_opens_the_file_for_its_hours(world, passed, is_seen):
    now = clock.now()
    AccessGrant.objects.create(
        user=world.eeva, client=world.aada, reason="Hätä", at=now, until=now + 4 * HOUR
    )
    world.on(now + passed)
    assert sees(world.eeva, world.aada) is is_seen


def test_access_granted_to_one_opens_nothing_to_another(world):
    now = clock.now()
    AccessGrant.objects.create(user=world.eeva, client=world.aada, reason="Hätä", at=now, until=now + HOUR)
    assert not sees(world.olli, world.aada)


# Handling a referral


@pytest.fixture
def in_the_east(world) -> Referral:
    """Ville's referral on the table of the east."""
    referral = world.ville.referrals.get()
    Referral.objects.filter(pk=referral.pk).update(to_unit=world.east)
    referral.matter.refer_to(world.east)
    referral.refresh_from_db()
    return referral


@pytest.mark.step(7)
def test_a_referral_opens_what_it_encloses_and_not_the_file(world, in_the_east):
    assert relation(world.tarja, world.ville) == Relation.REFERRAL
    assert not sees(world.tarja, world.ville, FILE)
    kinds = set(Document.objects.visible_to(world.tarja).values_list("kind", flat=True))
    assert kinds == {"referral", "assessment", "client_plan"}


@pytest.mark.step(7)
def test_a_returned_referral_opens_nothing(world, in_the_east):
    in_the_east.decline(reason="Väärä alue.", by=world.tarja)
    assert not sees(world.tarja, world.ville)


@pytest.mark.step(9)
def test_a_decision_ends_what_the_referral_opened(world):
    assert world.ville.matters.get().referred_to is None


# Intake


@pytest.mark.parametrize(
    ("who", "is_seen"), [("pia", True), ("sanna", True), ("pekka", False), ("eeva", False)]
)
def test_intake_sees_the_contacts_of_its_own_unit(world, who, is_seen):
    assert sees(getattr(world, who), receive(world).client, (Relation.INTAKE,)) is is_seen


@pytest.mark.step(1)
def test_intake_opens_the_contact_and_not_the_file(world):
    assert sees(world.pia, world.ville, CONTACT)
    assert not sees(world.pia, world.ville, FILE)
    assert not Document.objects.visible_to(world.pia).exists()


@pytest.mark.step(3)
@pytest.mark.parametrize(("seconds", "is_seen"), [(-1, True), (0, False)])
def test_intake_reads_a_taken_contact_for_its_days(world, seconds, is_seen):
    days = timedelta(days=Value.of(Value.Key.INTAKE_READ_DAYS))
    world.on(world.ville.matters.get().taken_at + days + timedelta(seconds=seconds))
    assert sees(world.pia, world.ville) is is_seen


# Never


def as_worker(world):
    world.ville.assign(world.hanna, part="team", first=clock.today())
    return world.hanna


def as_granted(world):
    now = clock.now()
    AccessGrant.objects.create(user=world.eeva, client=world.ville, reason="Hätä", at=now, until=now + HOUR)
    return world.eeva


RELATIONS = [as_worker, as_granted, lambda world: world.leena, lambda world: world.pia]


@pytest.mark.step(1)
@pytest.mark.parametrize("related", RELATIONS, ids=["assigned", "granted", "leads", "intake"])
def test_a_conflict_of_interest_shuts_out_whatever_the_relation(world, related):
    user = related(world)
    assert sees(user, world.ville)
    world.ville.relation_blocks.create(user=user, reason="veli")
    assert not sees(user, world.ville)


@pytest.mark.step(7)
def test_a_conflict_of_interest_shuts_out_the_receiver_of_a_referral(world, in_the_east):
    world.ville.relation_blocks.create(user=world.tarja, reason="täti")
    assert not sees(world.tarja, world.ville)
    assert not Document.objects.visible_to(world.tarja).exists()


@pytest.mark.step(1)
def test_another_clients_conflict_of_interest_shuts_out_nobody(world):
    world.aada.relation_blocks.create(user=world.leena, reason="täti")
    assert sees(world.leena, world.ville)


@pytest.mark.parametrize("who", ["katja", "antti", "tuija"])
def test_figures_settings_and_the_log_open_no_client(world, who):
    assert not Client.objects.visible_to(getattr(world, who)).exists()


@pytest.mark.step(1)
def test_the_nearest_relation_stands_in_the_use_log(world):
    assert relation(world.leena, world.ville) == Relation.LEADS
    world.ville.assign(world.leena, part="team", first=clock.today())
    assert relation(world.leena, world.ville) == Relation.ASSIGNED
    assert Assignment.objects.in_sight().filter(worker=world.leena).exists()
