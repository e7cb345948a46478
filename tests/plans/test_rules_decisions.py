"""What a decision stands on, and what its delivery counts (SHL 45 §, hallintolaki 49 c and 59 §)."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from clients.models import Document
from plans.models import Decision, Delivery
from soskuntoutus import clock
from soskuntoutus.demo import words
from tests.refusals import both_accept, both_refuse, refused

SENT, SERVED, REVIEW = date(2026, 4, 8), date(2026, 4, 15), date(2026, 5, 15)


def sign(world, by=None, **content) -> Decision:
    ville = world.ville
    facts = {"matter": ville.matters.get(), "kind": "decision", "content": {**words.DECISION, **content}}
    document = Document(client=ville, language="fi", created_by=world.sanna, **facts)
    return Decision.sign(
        document=document, rehabilitation=ville.rehabilitations.first(), by=by or world.sanna
    )


def without_assessment(world):
    world.ville.assessments.all().delete()


def without_own_worker(world):
    world.ville.assignments.filter(part="own_worker").delete()


def without_client_plan(world):
    world.ville.documents.in_force("client_plan").update(replaced_at=clock.now())


def with_only_a_dropped_goal(world):
    world.ville.rehabilitations.get().goals.update(dropped_reason="Ei enää tärkeä.")


def without_slot(world):
    world.ville.assignments.get(part="responsible").release()


def without_own_power(world):
    world.sanna.posts.update(public_office=False)


LACKING = [
    (without_assessment, "assessment"),
    (without_own_worker, "own_worker"),
    (without_client_plan, "client_plan"),
    (with_only_a_dropped_goal, "goal"),
    (without_slot, "slot"),
    (without_own_power, "delegation"),
]


@pytest.mark.step(8)
@pytest.mark.parametrize(("take_away", "code"), LACKING, ids=[code for _, code in LACKING])
def test_no_decision_without_what_it_stands_on(world, take_away, code):
    take_away(world)
    assert refused(sign, world=world) == {code}
    assert not Decision.objects.exists()


@pytest.mark.step(8)
def test_no_decision_on_a_first_day_that_has_passed(world):
    world.on(date(2026, 4, 14))
    assert refused(sign, world=world) == {"first_day"}


@pytest.mark.step(8)
@pytest.mark.parametrize(
    "content", [{"outcome": "partial"}, {"outcome": "refused"}, {"provision": "purchase"}]
)
def test_only_a_granted_service_of_our_own_is_signed_here(world, content):
    assert refused(sign, world=world, **content) == {"outcome"}


@pytest.mark.step(8)
@pytest.mark.parametrize("who", ["pia", "katja", "antti"])
def test_whose_role_does_not_decide_signs_nothing(world, who):
    with pytest.raises(PermissionDenied):
        sign(world, by=getattr(world, who))


@pytest.mark.step(13)
def test_the_next_period_is_decided_by_its_own_power(world):
    world.on(date(2026, 7, 10))
    assert refused(sign, world=world, by=world.niklas) == {"delegation"}
    assert sign(world).document.rule.kind == "continue"


# Delivery


def row(world, **facts) -> Delivery:
    days = {"sent_on": SENT, "served_on": SERVED, "review_until": REVIEW}
    decision = world.ville.decisions.get()
    return Delivery(decision=decision, recipient="Ville", way="letter", **days | facts)


@pytest.mark.step(9)
@pytest.mark.parametrize("days", [{"served_on": date(2026, 4, 7)}, {"review_until": SERVED}])
def test_a_decision_is_sent_then_served_then_open_to_review(world, days):
    both_refuse("delivery_dates_ascend", row(world, **days))


@pytest.mark.step(9)
def test_a_decision_may_be_served_on_the_day_it_is_sent(world):
    both_accept(row(world, served_on=SENT))


@pytest.mark.step(9)
def test_villes_letter_is_served_on_the_seventh_day_and_reviewed_for_thirty(world):
    sent = world.ville.decisions.get().deliveries.get()
    assert (sent.sent_on, sent.served_on, sent.review_until) == (SENT, SERVED, REVIEW)


@pytest.mark.step(9)
def test_each_party_is_sent_the_decision_separately(world):
    decision = world.ville.decisions.get()
    decision.deliver(recipient="Edunvalvoja", way="electronic", sent_on=SENT, by=world.sanna)
    assert decision.deliveries.count() == 2


@pytest.mark.step(9)
def test_whose_role_does_not_decide_delivers_nothing(world):
    with pytest.raises(PermissionDenied):
        world.ville.decisions.get().deliver(recipient="Ville", way="letter", sent_on=SENT, by=world.pia)
