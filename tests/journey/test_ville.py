"""Ville's path in a browser, in Finnish: 18 steps, each by its actor (domain.md 1.6), and what must not be possible."""

import re

import pytest
from playwright.sync_api import expect

from clients.models import Client, Matter
from plans.models import Rehabilitation
from soskuntoutus.demo import words
from soskuntoutus.demo.cast import VILLE
from tests.journey.walker import Walker


@pytest.fixture
def walker(page, artefacts) -> Walker:
    return Walker(page, artefacts)


def test_ville_walks_from_the_first_contact_to_the_follow_up(walker):
    for step in (
        contact,
        registration,
        taking,
        phone_call,
        two_meetings,
        assessment,
        client_plan_and_proposal,
        three_party_meeting,
        decision,
        first_day,
        visits_and_group,
        last_session,
        evaluation,
        what_follows,
        end,
        another_plan_elsewhere,
        plan_brought_up_to_date,
        follow_up,
    ):
        step(walker)
    matter = Matter.objects.get(client__last_name="Lehtola")
    assert str(matter.closed_on) == "2026-10-12"
    assert matter.client.own_worker_today() is None or matter.client.assignments.filter(part="own_worker").exists()


def contact(walker: Walker) -> None:
    walker.be("pia", "2026-03-02")
    walker.page.goto("/matters/new/")
    walker.type(
        {
            "received_at_0": "2026-03-02",
            "received_at_1": "14:20",
            "consent": "no",
            "channel": "contact",
            "last_name": "Lehtola",
            "first_names": "Ville",
            "identity_code": VILLE,
            "phone": "040 000 0951",
            "protected": "no",
            "language": "fi",
            **words.CONTACT,
        }
    )
    walker.press("Tallenna")
    # Without consent it is no contact, and what was typed is still there.
    walker.refused("suostumuksella")
    expect(walker.page.locator("[name=description]")).to_have_value(words.CONTACT["description"])
    assert not Client.objects.filter(last_name="Lehtola").exists()
    walker.type({"consent": "yes"})
    walker.press("Tallenna")
    walker.told("Yhteydenotto on kirjattu")
    walker.picture(1)


def registration(walker: Walker) -> None:
    walker.be("pia", "2026-03-03")
    walker.page.goto("/matters/")
    walker.page.get_by_role("link", name=re.compile("Ville")).first.click()
    walker.press("Kirjaa vireille")
    walker.told("vireill")
    walker.picture(2)


def taking(walker: Walker) -> None:
    walker.be("sanna", "2026-03-04")
    walker.page.goto("/matters/")
    walker.page.get_by_role("link", name=re.compile("Ville")).first.click()
    walker.page.locator("main .hds-button").first.click()
    walker.type(words.TRIAGE)
    walker.page.locator("main form .hds-button, .actionbar .hds-button").last.click()
    walker.picture(3)
    matter = Matter.objects.get(client__last_name="Lehtola")
    assert matter.urgency == Matter.Urgency.NOT_URGENT
    walker.page.goto(f"/matters/{matter.uuid}/taking/")
    walker.page.locator("main form .hds-button, .actionbar .hds-button").last.click()
    walker.client = f"/clients/{matter.client.uuid}/"
    walker.open_client()
