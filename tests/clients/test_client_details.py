"""How the client is reached: kept by those who work with the client, hidden by a protection order."""

import pytest
from django.urls import reverse

from clients.models import ContactDetails
from soskuntoutus import clock
from soskuntoutus.audit.models import Event, Shown
from soskuntoutus.organisation.models import Post
from soskuntoutus.organisation.roles import Title
from soskuntoutus.ranges import span

NEW = {"phone": "050 222 2222", "email": "", "address": "Uusikuja 3, 00000 Esimerkkikaupunki"}


def details(person):
    return reverse("clients:details", args=[person.uuid])


def opening(person):
    return reverse("clients:opening", args=[person.uuid])


@pytest.fixture
def sanna(client, world, at_step):
    at_step(9)
    client.force_login(world.sanna)
    return client


@pytest.fixture
def secrets(world, sanna):
    """What a protection order hides of Aada; her own phone and address, found nowhere else."""
    ContactDetails.objects.filter(client=world.aada).update(phone="050 999 9999", address="Salapolku 7")
    return "050 999 9999", "Salapolku 7", "020285-902X"


def shows(response, secrets):
    text = response.content.decode()
    return {secret in text for secret in secrets}


def test_those_who_work_with_the_client_change_the_contact_details(sanna, world):
    assert sanna.post(details(world.ville), NEW).status_code == 302
    assert world.ville.details.phone == "050 222 2222"
    assert Event.objects.filter(verb="ContactDetails.change", client=world.ville.uuid).exists()


def test_a_wrong_number_is_told_and_typed_words_stay(sanna, world):
    response = sanna.post(details(world.ville), {**NEW, "phone": "soita siskolle"})
    assert list(response.context["form"].errors) == ["phone"]
    assert "Uusikuja 3" in response.content.decode()


def test_a_protection_order_cannot_end_before_it_begins(sanna, world):
    dates = {"protected_from": "9.7.2026", "protected_until": "1.7.2026"}
    assert sanna.post(details(world.ville), {**NEW, **dates}).context["form"].non_field_errors()


def test_whoever_leads_the_unit_reads_but_does_not_change(client, world, sanna):
    client.force_login(world.leena)
    assert not client.get(details(world.ville)).context["works"]
    assert client.post(details(world.ville), NEW).context["form"].non_field_errors()
    assert world.ville.details.phone == "040 000 0951"


def test_a_worker_next_door_finds_nothing(client, world, sanna):
    client.force_login(world.eeva)
    assert client.get(details(world.ville)).status_code == 404
    assert client.post(opening(world.aada), {"purpose": "client_work"}).status_code == 404


@pytest.mark.parametrize("who", ["pia", "katja", "antti", "tuija"])
def test_who_reads_no_files_reads_no_details(client, world, sanna, who):
    client.force_login(getattr(world, who))
    assert client.get(details(world.ville)).status_code == 403
    assert client.post(opening(world.aada), {"purpose": "client_work"}).status_code == 403


def test_a_protection_order_hides_phone_address_and_identity_code(sanna, world, secrets):
    assert shows(sanna.get(details(world.aada)), secrets) == {False}


def test_they_are_shown_once_for_a_purpose_and_the_purpose_is_logged(sanna, world, secrets):
    assert shows(sanna.post(opening(world.aada), {"purpose": "client_work"}), secrets) == {True}
    row = Shown.objects.get(client=world.aada.uuid, actor=world.sanna.uuid)
    assert row.purpose == "clients:opening:client_work"
    assert shows(sanna.get(details(world.aada)), secrets) == {False}


@pytest.mark.parametrize("purpose", ["", "uteliaisuus"])
def test_without_a_proper_purpose_nothing_is_shown(sanna, world, secrets, purpose):
    response = sanna.post(opening(world.aada), {"purpose": purpose})
    assert list(response.context["opening"].errors) == ["purpose"]
    assert shows(response, secrets) == {False}


def test_a_link_opens_nothing(sanna, world):
    assert sanna.get(opening(world.aada)).status_code == 405


def test_a_team_member_does_not_open_protected_details(client, world, secrets):
    Post.objects.filter(user=world.hanna).update(title=Title.TEAM_MEMBER)
    world.aada.assign(world.hanna, part="team", first=clock.today())
    client.force_login(world.hanna)
    assert shows(client.get(details(world.aada)), secrets) == {False}
    assert client.post(opening(world.aada), {"purpose": "client_work"}).status_code == 403


def test_an_order_that_has_ended_hides_nothing(sanna, world, secrets):
    yesterday = clock.today() - clock.ONE_DAY
    ContactDetails.objects.filter(client=world.aada).update(protected_until=yesterday)
    assert shows(sanna.get(details(world.aada)), secrets) == {True}


def test_former_details_stay_in_the_history(sanna, world):
    sanna.post(details(world.ville), NEW)
    history = world.ville.details.events.values_list("phone", flat=True)
    assert "040 000 0951" in history


def test_a_stand_in_whose_post_has_ended_finds_nothing(client, world, sanna):
    Post.objects.filter(user=world.sanna).update(
        during=span(clock.today().replace(year=2020), clock.today() - clock.ONE_DAY)
    )
    client.force_login(world.sanna)
    assert client.get(details(world.ville)).status_code == 403
