"""Recording what comes in: consent decides its kind, the person is as told now, who is known is not said."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.translation import gettext, pgettext

from clients.models import Client, ContactDetails, Matter, RelationBlock
from soskuntoutus import clock
from soskuntoutus.demo.cast import VILLE

STRANGER = "140202A952V"  # born on the same day as Ville
CONTACT = reverse("clients:contact")


def told(world, **changed):
    """What Pia types of a phone call from Kela; the form's names."""
    return {
        "received_at_0": "2.3.2026",
        "received_at_1": "14:20",
        "unit": world.west.pk,
        "consent": "yes",
        "channel": "contact",
        "last_name": "Aalto",
        "first_names": "Aino",
        "identity_code": "",
        "language": "fi",
        "phone": "040 000 0001",
        "protected": "unknown",
        "party": "24",
        "reporter_name": "Kaisa Kettunen",
        "reporter_contact": "020 000 0000",
        "needs": ["3", "1"],
        "description": "Laskuja on maksamatta.",
        **changed,
    }


@pytest.fixture
def pia(client, world):
    client.force_login(world.pia)
    return client


def errors(response):
    return {name: " ".join(found) for name, found in response.context["form"].errors.items()}


def test_a_contact_is_recorded_with_the_time_it_came(pia, world):
    response = pia.post(CONTACT, told(world))
    matter = Matter.objects.latest("pk")
    assert response.url == reverse("clients:matter", args=[matter.uuid])
    assert clock.local(matter.received_at).strftime("%H:%M") == "14:20"
    assert matter.documents.get().content["needs"] == ["3", "1"]


def test_without_consent_it_is_not_a_contact_and_the_page_says_what_it_is(pia, world):
    response = pia.post(CONTACT, told(world, consent="no"))
    assert "34 §" in errors(response)["channel"]
    assert b"Kaisa Kettunen" in response.content
    assert not Matter.objects.filter(client__last_name="Aalto").exists()


@pytest.mark.parametrize("missing", ["ground", "description"])
def test_a_notification_states_its_ground_and_describes_the_concern(pia, world, missing):
    whole = told(world, consent="no", channel="notification", ground="cannot_answer")
    assert list(errors(pia.post(CONTACT, {**whole, missing: ""}))) == [missing]
    assert pia.post(CONTACT, whole).status_code == 302


def test_without_consent_from_anyone_else_the_matter_has_otherwise_come_to_notice(pia, world):
    pia.post(CONTACT, told(world, consent="no", channel="otherwise"))
    assert Matter.objects.latest("pk").channel == "otherwise"


def test_a_wrong_identity_code_is_told_beside_the_field_and_typed_words_stay(pia, world):
    response = pia.post(CONTACT, told(world, identity_code="140202A951X"))
    assert list(errors(response)) == ["identity_code"]
    assert b"140202A951X" in response.content


def test_a_contact_cannot_come_tomorrow(pia, world):
    tomorrow = clock.today() + timedelta(days=1)
    typed = f"{tomorrow.day}.{tomorrow.month}.{tomorrow.year}"
    assert list(errors(pia.post(CONTACT, told(world, received_at_0=typed)))) == ["received_at"]


def test_all_that_is_missing_is_told_at_once(pia, world):
    found = errors(pia.post(CONTACT, told(world, last_name="", needs=[], reporter_name="")))
    assert set(found) == {"last_name", "needs", "reporter_name"}


def test_who_makes_contact_for_themselves_is_not_asked_twice(pia, world):
    pia.post(CONTACT, told(world, party="1", reporter_name="", reporter_contact=""))
    content = Matter.objects.latest("pk").documents.get().content
    assert content["reporter_name"] == "Aino Aalto"
    assert "040" not in content["reporter_contact"]


@pytest.mark.parametrize(
    ("answer", "kept", "protected"),
    [("yes", "yes", True), ("no", "no", False), ("unknown", "unknown", False)],
)
def test_not_knowing_of_a_protection_order_is_not_the_same_as_no(pia, world, answer, kept, protected):
    pia.post(CONTACT, told(world, protected=answer))
    matter = Matter.objects.latest("pk")
    assert matter.documents.get().content["protection"] == kept
    assert matter.client.details.protected is protected


@pytest.mark.step(9)
def test_a_known_person_is_attached_by_the_identity_code_and_keeps_what_was_known(pia, world):
    before = Client.objects.count()
    pia.post(
        CONTACT,
        told(world, identity_code=VILLE, last_name="Toinen", first_names="Nimi", phone="050 111 1111"),
    )
    assert Client.objects.count() == before
    assert world.ville.matters.count() == 2
    assert world.ville.last_name == "Lehtola"
    assert world.ville.details.phone == "040 000 0951"


@pytest.mark.step(9)
def test_a_protection_order_told_of_a_known_person_holds_at_once(pia, world):
    pia.post(CONTACT, told(world, identity_code=VILLE, protected="yes"))
    assert world.ville.details.protected


@pytest.mark.step(9)
def test_no_answer_to_a_protection_order_leaves_one_in_force(pia, world):
    ContactDetails.objects.filter(client=world.ville).update(protected_from=clock.today())
    pia.post(CONTACT, told(world, identity_code=VILLE, protected="no"))
    assert world.ville.details.protected


def _page_after(browser, world, code):
    typed = told(world, identity_code=code, received_at_0="8.4.2026")
    page = browser.post(CONTACT, typed, follow=True).content.decode()
    identifiers = r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|2026-\d{5}|\w{64}"
    return re.sub(identifiers, "", page).replace(code, "").split("<div>")


@pytest.mark.step(9)
def test_the_page_is_the_same_for_a_known_person_but_for_a_yes_to_earlier_clientship(pia, world):
    pages = zip(_page_after(pia, world, VILLE), _page_after(pia, world, STRANGER), strict=True)
    [(known, new)] = [(known, new) for known, new in pages if known != new]
    assert gettext("Earlier clientship") in known
    assert known.replace(pgettext("ui", "Yes"), pgettext("ui", "No")) == new


@pytest.mark.step(9)
def test_nobody_records_a_contact_about_a_close_person(pia, world):
    RelationBlock.objects.create(client=world.ville, user=world.pia, reason="sisarus")
    response = pia.post(CONTACT, told(world, identity_code=VILLE))
    assert response.status_code == 200
    assert world.ville.matters.count() == 1


def test_a_contact_is_recorded_only_for_a_unit_one_records_for(pia, world):
    assert list(errors(pia.post(CONTACT, told(world, unit=world.east.pk)))) == ["unit"]


@pytest.mark.parametrize("who", ["katja", "antti", "tuija"])
def test_who_does_not_take_part_in_the_intake_records_nothing(client, world, who):
    client.force_login(getattr(world, who))
    assert client.get(CONTACT).status_code == 403
    assert client.post(CONTACT, told(world)).status_code == 403


def test_whoever_is_not_on_intake_records_an_observation_and_comes_back_to_the_queue(client, world):
    client.force_login(world.niklas)
    response = client.post(CONTACT, told(world, unit=world.team.pk, channel="observation"))
    assert response.url == reverse("clients:intake")
