"""The first page of each role: what waits, who is met, who has room; and what each may not see."""

from datetime import date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clients.models import Client
from plans.models import Visit
from reviews.caseload import desk_of, unit_desk_of
from soskuntoutus import clock
from soskuntoutus.audit.models import Shown
from soskuntoutus.demo import cast as people
from soskuntoutus.organisation.models import User


def desk(client, user):
    client.force_login(user)
    return client.get(reverse("reviews:desk"))


def words(answer):
    return answer.content.decode()


def asked(ask):
    with CaptureQueriesContext(connection) as found:
        ask()
    return len(found)


@pytest.mark.step(12)
def test_a_worker_sees_the_own_rehabilitation_client_with_the_period_and_the_rhythm(world, client):
    answer = desk(client, world.niklas)
    assert [place.journey.client for place in answer.context["desk"].places] == [world.ville]
    assert answer.context["own"]["weeks"]
    assert "Ville Lehtola" in words(answer)


@pytest.mark.step(12)
def test_the_meeting_of_the_three_is_on_the_desk_of_both_workers(world):
    for user in (world.niklas, world.sanna):
        ahead = [each for _, rows in desk_of(user).ahead for each in rows if each.client == world.ville]
        assert [each.day for each in ahead] == [date(2026, 7, 9)]


@pytest.mark.step(10)
def test_a_colleagues_ordinary_meeting_is_not_on_ones_own_desk(world):
    at = datetime(2026, 4, 15, 10, tzinfo=clock.HELSINKI)
    about = {"client": world.ville, "matter": world.ville.matters.get(), "mode": "meeting", "place": "home"}
    Visit.plan(**about, planned_at=at, by=world.niklas)
    assert [each.at for _, rows in desk_of(world.niklas).ahead for each in rows if each.client] == [at]
    assert not [each for _, rows in desk_of(world.sanna).ahead for each in rows if each.client]


@pytest.mark.step(10)
def test_an_unwritten_meeting_of_yesterday_stands_under_today(world, client):
    at = datetime(2026, 4, 14, 10, tzinfo=clock.HELSINKI)
    about = {"client": world.ville, "matter": world.ville.matters.get(), "mode": "meeting", "place": "home"}
    visit = Visit.plan(**about, planned_at=at, by=world.niklas)
    world.on(date(2026, 4, 15))
    assert [each.at for each in desk_of(world.niklas).now if each.client] == [at]
    assert reverse("plans:visit_record", args=[visit.uuid]) in words(desk(client, world.niklas))


@pytest.mark.step(8)
def test_what_waits_is_mine_to_do_and_the_late_stand_first(world):
    waiting = desk_of(world.sanna).waiting
    assert "decision" in {each.step.code for each in waiting}
    assert [each.step.late for each in waiting] == sorted((each.step.late for each in waiting), reverse=True)
    assert not desk_of(world.niklas).waiting


@pytest.mark.step(2)
def test_intake_duty_brings_the_contacts_that_wait(world):
    assert [each.client for each in desk_of(world.sanna).waiting if each.step.code == "triage"] == [
        world.ville
    ]
    assert world.ville not in {each.client for each in desk_of(world.eeva).waiting}


@pytest.mark.step(7)
def test_a_supervisor_sees_the_referrals_of_the_led_units_under_the_laws_limit(world, client):
    answer = desk(client, world.leena)
    assert [case.client for case in answer.context["desk"].cases] == [world.ville]
    assert "Ville L." in words(answer)
    assert not unit_desk_of(world.tarja).cases


@pytest.mark.step(10)
def test_a_supervisor_sees_who_is_free_and_whose_the_taken_slots_are(world):
    ((unit, board),) = unit_desk_of(world.leena).boards
    free = {row.worker: row.free_from for row in board.rows}
    assert unit == world.west
    assert free[world.hanna] == clock.today()
    assert free[world.niklas] == date(2026, 7, 13)
    assert world.olli not in free


@pytest.mark.step(10)
def test_a_rehabilitation_slips_when_its_rhythm_does(world):
    world.on(date(2026, 4, 20))
    assert not unit_desk_of(world.leena).slips
    world.on(date(2026, 4, 24))
    (kind,) = unit_desk_of(world.leena).slips
    assert (kind.key, [slip.client for slip in kind.slips]) == ("contact", [world.ville])


@pytest.mark.step(10)
def test_everyone_named_on_a_desk_is_on_record(world, client):
    desk(client, world.sanna)
    seen = set(Shown.objects.filter(actor=world.sanna.uuid).values_list("client", flat=True))
    assert seen == {world.ville.uuid, world.aada.uuid, world.linnea.uuid}


@pytest.mark.step(10)
def test_the_coordination_group_sees_no_client_and_no_count(world, client):
    answer = desk(client, world.katja)
    text = words(answer)
    assert answer.status_code == 200
    assert not Shown.objects.filter(actor=world.katja.uuid).exists()
    for person in (world.ville, world.meri, world.aada, world.linnea):
        assert person.first_names not in text
        assert str(person.uuid) not in text
    assert 'role="search"' not in text


@pytest.mark.step(10)
@pytest.mark.parametrize("name", ["antti", "tuija"])
def test_administrator_and_protection_officer_have_a_page_without_clients(world, client, name):
    answer = desk(client, getattr(world, name))
    assert answer.status_code == 200
    assert "Ville" not in words(answer)


def test_the_service_adviser_begins_at_the_intake_queue(world, client):
    assert desk(client, world.pia).url == reverse("clients:intake")


@pytest.mark.step(10)
def test_the_desk_asks_as_much_of_the_database_for_many_clients_as_for_few(world):
    def counts():
        sanna, leena = (User.objects.get(pk=user.pk) for user in (world.sanna, world.leena))
        return asked(lambda: desk_of(sanna)), asked(lambda: unit_desk_of(leena))

    before = counts()
    for number in range(5):
        person = Client.objects.create(last_name=f"Toinen {number}", first_names="Asiakas")
        people.make_assigned(person, world.sanna, date(2026, 4, 1))
    assert counts() == before
    assert len(desk_of(world.sanna).others) > 5
