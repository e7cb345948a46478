"""Ville's path in a browser, in Finnish: 18 steps, each by its actor (domain.md 1.6), and what must not be possible."""

import re

import pytest
from playwright.sync_api import expect

from clients.models import Client, Matter
from groups.models import Group
from plans.models import Rehabilitation
from soskuntoutus import clock
from soskuntoutus.demo import words
from soskuntoutus.demo.cast import VILLE
from tests.journey.walker import Walker
from tests.plans.ready import accepted_referral


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
    with clock.at(matter.closed_on):
        assert matter.client.own_worker_today().username == "sanna"


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
    walker.press("Kirjaa yhteydenotto")
    # Without consent it is no contact, and what was typed is still there.
    walker.refused("suostumuksella")
    expect(walker.page.locator("[name=description]")).to_have_value(words.CONTACT["description"])
    assert not Client.objects.filter(last_name="Lehtola").exists()
    walker.type({"consent": "yes"})
    walker.press("Kirjaa yhteydenotto")
    walker.told("Yhteydenotto on kirjattu")
    walker.picture(1)


def registration(walker: Walker) -> None:
    walker.be("pia", "2026-03-03")
    walker.page.goto("/matters/")
    walker.page.get_by_role("link", name=re.compile("Ville")).first.click()
    walker.page.locator("main form .hds-button").first.click()
    walker.told("vireill")
    walker.picture(2)


def taking(walker: Walker) -> None:
    walker.be("sanna", "2026-03-04")
    walker.page.goto("/matters/")
    walker.page.get_by_role("link", name=re.compile("Ville")).first.click()
    walker.page.locator("main .hds-button").first.click()
    walker.type(words.TRIAGE)
    walker.submit()
    walker.picture(3)
    matter = Matter.objects.get(client__last_name="Lehtola")
    assert matter.urgency == Matter.Urgency.NOT_URGENT
    walker.page.goto(f"/matters/{matter.uuid}/taking/")
    walker.submit()
    walker.client = f"/clients/{matter.client.uuid}/"
    walker.open_client()


def phone_call(walker: Walker) -> None:
    walker.be("sanna", "2026-03-05")
    walker.take_next_step("Sovi tapaaminen")
    walker.type({"planned_at_0": "2026-03-10", "planned_at_1": "13:00", "place": "office"})
    walker.submit()
    walker.picture(4)


def two_meetings(walker: Walker) -> None:
    walker.be("sanna", "2026-03-10")
    walker.take_next_step("Kirjaa tapaaminen")
    walker.type({"ended": "14:00", "words": "Kartoitettiin elämäntilannetta.", "next_meeting": "later"})
    walker.submit()
    walker.be("sanna", "2026-03-17")
    walker.page.goto(f"{walker.client}visits/new/")
    walker.type(
        {
            "outcome_of_visit": "met",
            "day": "2026-03-17",
            "began": "13:00",
            "ended": "14:00",
            "place": "office",
            "words": "Ehdotin kuntoutuksen ohjaajan tapaamista ja elokuvaryhmää.",
            "next_meeting": "later",
        }
    )
    walker.submit()
    walker.picture(5)


def assessment(walker: Walker) -> None:
    walker.be("sanna", "2026-03-20")
    walker.take_next_step("palvelutarpeen arvio")
    typed = {**words.ASSESSMENT}
    del typed["client_view"]
    walker.type(typed)
    walker.press("Tallenna ja siirry vahvistamaan")
    # One field is missing: the paper cannot be signed, and the page says which.
    expect(walker.page.locator(".guards .is-missing")).to_have_count(1)
    walker.page.locator(".guards .is-missing a").click()
    walker.type({"client_view": words.ASSESSMENT["client_view"]})
    walker.press("Tallenna ja siirry vahvistamaan")
    walker.press("Vahvista asiakirja")
    walker.take_next_step("Nimeä omatyöntekijä")
    walker.page.get_by_label(re.compile("Sanna Rinne")).check()
    walker.press("Nimeä omatyöntekijä")
    walker.picture(6)
    walker.be("pia", "2026-03-20")
    paper = Client.objects.get(last_name="Lehtola").documents.in_force("assessment").get()
    assert walker.status_of(f"/documents/{paper.uuid}/") == 403


def client_plan_and_proposal(walker: Walker) -> None:
    walker.be("sanna", "2026-03-25")
    walker.take_next_step("asiakassuunnitelma")
    walker.type(words.CLIENT_PLAN)
    walker.press("Tallenna ja siirry vahvistamaan")
    walker.press("Vahvista asiakirja")
    walker.take_next_step("sosiaalista kuntoutusta")
    walker.page.locator("[name=to_unit]").select_option(label="Sosiaalisen kuntoutuksen tiimi")
    walker.type(words.REFERRAL)
    walker.press("Lähetä lähete")
    walker.picture(7)


def three_party_meeting(walker: Walker) -> None:
    walker.be("leena", "2026-03-31")
    walker.take_next_step("lähete")
    walker.press("Hyväksy lähete")
    walker.take_next_step("Varaa")
    walker.page.get_by_label(re.compile("Niklas Åberg")).check()
    walker.type({"first_day": "2026-04-13"})
    walker.submit()
    walker.be("niklas", "2026-03-31")
    walker.page.goto(f"{walker.client}visits/new/")
    walker.type(
        {
            "outcome_of_visit": "met",
            "day": "2026-03-31",
            "began": "13:00",
            "ended": "14:00",
            "place": "office",
            "negotiation": True,
            "participants": "Sanna Rinne",
            "words": "Kolmikantaneuvottelu: tuen tarve, toiveet ja ryhmä.",
            "next_meeting": "later",
        }
    )
    walker.submit()
    for goal in words.GOALS:
        walker.page.goto(f"{walker.client}goals/new/")
        walker.type(
            {
                "client_words": goal["client_words"],
                "area": goal["area"],
                "achievable": goal["achievable"],
                "target_on": "2026-07-09",
                "baseline": goal["baseline"],
            }
        )
        walker.submit()
    walker.take_next_step("toteuttamissuunnitelma")
    walker.type({**words.SERVICE_PLAN, "form": "overlap", "every_days": 7})
    walker.press("Vahvista suunnitelma")
    walker.picture(8)


def decision(walker: Walker) -> None:
    walker.be("sanna", "2026-04-08")
    walker.take_next_step("päätös")
    walker.type({**words.DECISION, "text": "Liian lyhyt."})
    walker.press("Vahvista päätös")
    walker.refused("merkkiä")
    assert not Rehabilitation.objects.get(client__last_name="Lehtola").periods.exists()
    walker.type({"text": words.DECISION["text"]})
    walker.press("Vahvista päätös")
    paper = Client.objects.get(last_name="Lehtola").documents.in_force("decision").get()
    letter = walker.page.request.get(f"/documents/{paper.uuid}/letter.pdf")
    assert letter.body().startswith(b"%PDF-")
    walker.take_next_step("Lähetä päätös")
    walker.type({"recipient": "Ville Lehtola", "way": "letter", "sent_on": "2026-04-08"})
    walker.submit()
    expect(walker.page.locator("main")).to_contain_text("15.5.")
    walker.picture(9)


def first_day(walker: Walker) -> None:
    walker.be("niklas", "2026-04-13")
    walker.take_next_step("Aloita palvelu")
    walker.type({"words": "Tavattiin ja sovittiin viikkorytmi."})
    walker.submit()
    walker.picture(10)


def visits_and_group(walker: Walker) -> None:
    walker.be("niklas", "2026-04-15")
    walker.page.goto(f"{walker.client}enrolments/")
    walker.page.get_by_label(re.compile("Elokuvaryhmä")).check()
    walker.type({"first_day": "2026-04-15", "last_day": "2026-07-08"})
    walker.submit()
    walker.page.goto(f"{walker.client}visits/new/")
    walker.type(
        {
            "outcome_of_visit": "met",
            "day": "2026-04-14",
            "began": "10:00",
            "ended": "11:00",
            "place": "home",
            "words": words.VISITS[0][1],
            "client_words": words.VISITS[0][2],
            "together": True,
            "next_meeting": "later",
        }
    )
    walker.submit()
    _hold_session(walker, "2026-04-15", "present")
    walker.be("niklas", "2026-05-06")
    _hold_session(walker, "2026-05-06", "absent")
    walker.picture(11)


def last_session(walker: Walker) -> None:
    walker.be("niklas", "2026-07-08")
    _hold_session(walker, "2026-07-08", "present")
    walker.picture(12)


def evaluation(walker: Walker) -> None:
    walker.be("niklas", "2026-07-09")
    walker.take_next_step("Arvioi jakso")
    walker.type(words.EVALUATION)
    goals = Rehabilitation.objects.get(client__last_name="Lehtola").goals.current()
    for goal, levels in zip(goals, words.LEVELS, strict=True):
        for voice, level in zip(("client", "worker", "shared"), levels, strict=True):
            walker.page.locator(f'[name="goal_{goal.line}_{voice}"][value="{level}"]').check()
    walker.press("Vahvista arviointi")
    walker.page.goto(f"{walker.client}evaluation/")
    expect(walker.page.locator("main")).to_contain_text("54,56")
    walker.picture(13)


def what_follows(walker: Walker) -> None:
    walker.be("niklas", "2026-07-09")
    walker.take_next_step("Sovi, mitä seuraa")
    walker.page.locator("[name=service]").select_option(label="Kuntouttava työtoiminta")
    walker.page.locator("[name=partner]").select_option(label="Mediapaja Kuvasto")
    walker.type({"description": words.FOLLOW_ON})
    walker.submit()
    walker.take_next_step("Tavatkaa uusi ohjaaja")
    walker.type({"met_on": "2026-07-09", "words": words.MEETING})
    walker.submit()
    walker.picture(14)


def end(walker: Walker) -> None:
    walker.be("niklas", "2026-07-12")
    walker.take_next_step("Päätä palvelu")
    walker.type({"reason": "goals_met", "words": words.END})
    walker.submit()
    walker.picture(15)


def another_plan_elsewhere(walker: Walker) -> None:
    walker.be("sanna", "2026-07-20")
    walker.page.goto(f"{walker.client}visits/new/")
    walker.type(
        {
            "outcome_of_visit": "met",
            "day": "2026-07-20",
            "began": "10:00",
            "ended": "11:00",
            "place": "office",
            "negotiation": True,
            "participants": "Tuula, työllisyyspalvelut",
            "words": "Aktivointisuunnitelma tehtiin yhdessä työllisyyspalvelujen kanssa.",
            "next_meeting": "later",
        }
    )
    walker.submit()
    walker.picture(16)


def plan_brought_up_to_date(walker: Walker) -> None:
    walker.be("sanna", "2026-07-22")
    walker.take_next_step("asiakassuunnitelma")
    walker.type(
        {
            "met_on": "2026-07-22",
            "services": "Sosiaalityö, kuntouttava työtoiminta.",
            "evaluation": "Tavoitteet toteutuivat melko hyvin.",
            "review_on": "2026-10-12",
        }
    )
    walker.press("Tallenna ja siirry vahvistamaan")
    walker.press("Vahvista asiakirja")
    walker.picture(17)


def follow_up(walker: Walker) -> None:
    walker.be("sanna", "2026-10-12")
    walker.take_next_step("Kysy asiakkaalta")
    walker.type({"attached": "yes", "client_words": "Leikkaan jo toista pätkää.", "words": words.FOLLOW_UP})
    walker.submit()
    walker.take_next_step("Päätä asia")
    walker.submit()
    walker.open_client()
    walker.picture(18)


@pytest.mark.step(8)
def test_the_service_does_not_start_before_the_decision(walker, committed_world):
    walker.be("niklas", "2026-04-13")
    walker.client = f"/clients/{committed_world.ville.uuid}/"
    walker.page.goto(f"{walker.client}start/")
    expect(walker.page.locator(".guards .is-missing")).to_contain_text(["päätös"])
    walker.submit()
    walker.refused("päätös")
    assert not Rehabilitation.objects.filter(started_on__isnull=False).exists()


@pytest.mark.step(9)
def test_a_second_client_for_the_same_worker_is_refused(walker, committed_world):
    referral = accepted_referral(committed_world.cast)
    walker.be("leena", "2026-04-08")
    walker.page.goto(f"/referrals/{referral.uuid}/reservation/")
    walker.page.get_by_label(re.compile("Niklas Åberg")).check()
    walker.type({"first_day": "2026-04-20"})
    walker.submit()
    walker.refused("jo asiakas")
    expect(walker.page.locator("[name=first_day]")).to_have_value("20.4.2026")
    assert not referral.client.rehabilitations.exists()


@pytest.mark.step(12)
def test_the_coordination_group_sees_no_client_at_all(walker, committed_world):
    walker.be("katja", "2026-07-09")
    walker.page.goto("/")
    assert "Lehtola" not in walker.page.locator("main").inner_text()
    ville = committed_world.ville.uuid
    addresses = [
        "/clients/",
        f"/clients/{ville}/",
        f"/clients/{ville}/visits/",
        "/matters/",
        "/referrals/",
        "/groups/",
    ]
    assert {walker.status_of(address) for address in addresses} == {403}


def _hold_session(walker: Walker, day: str, presence: str) -> None:
    group = Group.objects.get(name="Elokuvaryhmä")
    walker.page.goto(f"/groups/{group.uuid}/sessions/new/?day={day}")
    walker.type({"on": day, "note": "Katsottiin ja leikattiin omia kohtauksia."})
    walker.page.locator(f'[name^="presence_"][value="{presence}"]').check()
    walker.submit()
