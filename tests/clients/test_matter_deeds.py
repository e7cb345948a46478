"""Register, assess the urgency, take, close: each deed by its page, in its order, by those who may."""

import pytest
from django.urls import reverse

from clients.models import Assignment, Matter
from soskuntoutus.audit.models import Event, Shown
from tests.clients.contacts import receive

MEASURES = {"measures": "Soitetaan tänään.", "urgency": "3"}


def address(name, matter):
    return reverse(f"clients:{name}", args=[matter.uuid])


@pytest.fixture
def matter(world):
    return receive(world)


@pytest.fixture
def registered(world, matter):
    return matter.register(by=world.pia)


@pytest.fixture
def assessed(world, registered):
    return registered.triage(urgency=3, content={"measures": "Soitetaan."}, by=world.sanna)


def summary(response):
    return " ".join(response.context["form"].non_field_errors())


def test_the_service_adviser_registers_the_matter(client, world, matter):
    client.force_login(world.pia)
    assert client.post(address("registration", matter)).url == address("matter", matter)
    matter.refresh_from_db()
    assert matter.registered_at
    assert Event.objects.filter(
        verb="Matter.register", client=matter.client.uuid, actor=world.pia.uuid
    ).exists()


def test_a_matter_is_registered_once(client, world, registered):
    client.force_login(world.pia)
    assert summary(client.post(address("registration", registered)))


def test_the_urgency_is_assessed_by_whoever_is_on_duty(client, world, registered):
    client.force_login(world.sanna)
    assert client.get(address("triage", registered)).status_code == 200
    assert client.post(address("triage", registered), MEASURES).url == address("matter", registered)
    registered.refresh_from_db()
    assert registered.urgency == Matter.Urgency.NOT_URGENT


def test_the_service_adviser_does_not_assess_the_urgency_nor_take_the_matter(client, world, registered):
    client.force_login(world.pia)
    for name in ("triage", "taking", "closure"):
        assert client.post(address(name, registered), MEASURES).status_code == 403


def test_before_registration_the_page_says_what_is_missing_and_nothing_is_assessed(client, world, matter):
    client.force_login(world.sanna)
    [guard] = client.get(address("triage", matter)).context["guards"]
    assert (guard.met, guard.url) == (False, address("matter", matter))
    assert summary(client.post(address("triage", matter), MEASURES))


def test_whom_the_law_sets_a_limit_for_is_never_not_urgent(client, world, registered):
    client.force_login(world.sanna)
    response = client.post(address("triage", registered), {**MEASURES, "over_75": "on"})
    assert "36 §" in str(response.context["form"].errors["urgency"])
    assert b"Soitetaan t" in response.content


def test_urgency_and_measures_are_both_told(client, world, registered):
    client.force_login(world.sanna)
    response = client.post(address("triage", registered), {})
    assert set(response.context["form"].errors) == {"measures", "urgency"}


def test_a_worker_on_duty_takes_the_matter_and_sees_the_client(client, world, assessed):
    client.force_login(world.sanna)
    assert client.get(address("taking", assessed)).status_code == 200
    response = client.post(address("taking", assessed))
    assert response.url == reverse("reviews:client", args=[assessed.client.uuid])
    assert Assignment.objects.in_sight().get(client=assessed.client).worker == world.sanna


def test_a_worker_cannot_give_the_matter_to_another(client, world, assessed):
    client.force_login(world.sanna)
    client.post(address("taking", assessed), {"worker": world.niklas.pk})
    assert Assignment.objects.get(client=assessed.client).worker == world.sanna


def test_whoever_leads_gives_the_matter_to_a_worker_of_the_unit(client, world, assessed):
    client.force_login(world.leena)
    assert client.post(address("taking", assessed), {"worker": world.niklas.pk}).url == reverse(
        "clients:intake"
    )
    assert Assignment.objects.get(client=assessed.client).worker == world.niklas


@pytest.mark.parametrize("who", ["eeva", "pia"])
def test_only_those_of_the_unit_who_assess_can_be_chosen(client, world, assessed, who):
    client.force_login(world.leena)
    response = client.post(address("taking", assessed), {"worker": getattr(world, who).pk})
    assert list(response.context["form"].errors) == ["worker"]
    assert not Assignment.objects.filter(client=assessed.client).exists()


def test_before_its_urgency_is_assessed_a_matter_is_not_taken(client, world, registered):
    client.force_login(world.sanna)
    guards = client.get(address("taking", registered)).context["guards"]
    assert [guard.met for guard in guards] == [True, False]
    assert summary(client.post(address("taking", registered)))


@pytest.mark.parametrize("name", ["matter", "triage", "taking"])
def test_a_worker_next_door_finds_nothing(client, world, assessed, name):
    client.force_login(world.eeva)
    assert client.get(address(name, assessed)).status_code == 404


@pytest.mark.parametrize("name", ["registration", "closure", "matter_opening"])
def test_a_deed_is_never_done_by_a_link(client, world, matter, name):
    client.force_login(world.sanna)
    assert client.get(address(name, matter)).status_code == 405


@pytest.mark.step(17)
def test_a_matter_is_not_closed_before_the_follow_up(client, world):
    client.force_login(world.sanna)
    matter = world.ville.matters.get()
    [guard] = client.get(address("matter", matter)).context["closing"]
    assert not guard.met
    assert summary(client.post(address("closure", matter)))


@pytest.mark.step(18)
def test_a_followed_up_matter_is_closed_and_the_own_worker_goes_on(client, world):
    client.force_login(world.sanna)
    Matter.objects.update(closed_on=None, reason="")
    matter = world.ville.matters.get()
    client.post(address("closure", matter))
    matter.refresh_from_db()
    assert matter.closed_on
    assert world.ville.own_worker_today() == world.sanna


def test_a_deed_leaves_one_mark_of_showing(client, world, matter):
    client.force_login(world.pia)
    client.post(address("registration", matter))
    assert Shown.objects.filter(client=matter.client.uuid, purpose="clients:registration").count() == 1
