"""T9–T11: who proposes, who answers, who reserves (NOSTE-6, VISIO-18)."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from clients.models import ClientPlan, Document
from plans.models import Referral
from soskuntoutus import clock
from soskuntoutus.demo import words
from tests.refusals import both_accept, both_refuse, refused

DAY = date(2026, 3, 31)
FIRST = date(2026, 4, 13)


def draft(world, kind, content, model=Document) -> Document:
    facts = {"matter": world.ville.matters.get(), "kind": kind, "content": content}
    return model(client=world.ville, language="fi", created_by=world.sanna, **facts)


def send(world, by=None) -> Referral:
    by = by or world.sanna
    return Referral.send(document=draft(world, "referral", words.REFERRAL), to_unit=world.team, by=by)


def referral(world) -> Referral:
    return world.ville.referrals.get()


@pytest.fixture
def planned(world):
    """Ville's client plan is signed, and nothing has been proposed yet."""
    draft(world, "client_plan", words.CLIENT_PLAN, ClientPlan).sign(by=world.sanna)


# The rows


@pytest.mark.step(7)
@pytest.mark.parametrize("answer", [{"accepted": True}, {"answered_at": True}, {"answered_by": True}])
def test_an_answer_says_who_when_and_what(world, answer):
    facts = {"answered_at": clock.now(), "answered_by": world.leena, "accepted": True}
    both_refuse("referral_answered_in_full", referral(world), **{name: facts[name] for name in answer})


@pytest.mark.step(7)
def test_a_full_answer_is_an_answer(world):
    both_accept(referral(world), answered_at=clock.now(), answered_by=world.leena, accepted=True)


@pytest.mark.step(7)
def test_a_referral_is_returned_with_a_reason(world):
    answer = {"answered_at": clock.now(), "answered_by": world.leena, "accepted": False}
    both_refuse("referral_returned_with_a_reason", referral(world), **answer)
    both_accept(referral(world), **answer, reason="Tiimi on suljettu.")


@pytest.mark.step(7)
def test_one_proposal_waits_at_a_time(world):
    paper = draft(world, "referral", words.REFERRAL)
    paper.subject = "second"
    paper.seal(by=world.sanna)
    facts = {"client": world.ville, "matter": paper.matter, "document": paper, "to_unit": world.east}
    row = Referral(**facts, sent_at=clock.now())
    both_refuse("referral_one_open", row)
    referral(world).decline(reason="Toiselle alueelle.", by=world.leena)
    both_accept(row)


# T9: proposing


@pytest.mark.step(6)
def test_nothing_is_proposed_without_a_client_plan(world):
    assert refused(send, world=world) == {"client_plan"}


@pytest.mark.step(5)
def test_nothing_is_proposed_without_an_assessment(world):
    assert refused(send, world=world) == {"assessment", "own_worker", "client_plan"}


@pytest.mark.step(6)
@pytest.mark.parametrize("who", ["eeva", "niklas", "leena"])
def test_only_the_own_worker_proposes(world, planned, who):
    assert refused(send, world=world, by=getattr(world, who)) == {"own_worker"}
    assert send(world).sent_at


@pytest.mark.step(6)
def test_an_assessment_and_a_plan_over_a_year_old_are_not_up_to_date(world, planned):
    world.on(date(2027, 3, 21))
    assert refused(send, world=world) == {"assessment", "client_plan"}
    world.on(date(2027, 3, 20))
    assert send(world)


# T10, T11: answering


@pytest.mark.step(7)
def test_a_leader_of_another_unit_does_not_accept(world):
    assert refused(referral(world).accept, by=world.tarja) == {"leads"}
    assert referral(world).accept(by=world.leena).accepted


@pytest.mark.step(7)
def test_a_leader_of_another_unit_does_not_return(world):
    assert refused(referral(world).decline, reason="Ei meille.", by=world.tarja) == {"leads"}
    assert not referral(world).decline(reason="Tiimi on suljettu.", by=world.leena).accepted


@pytest.mark.step(7)
def test_a_leader_of_another_unit_does_not_reserve(world):
    accepted = referral(world).accept(by=world.leena)
    facts = {"worker": world.olli, "first_day": FIRST}
    assert refused(accepted.reserve, **facts, by=world.tarja) == {"leads"}


@pytest.mark.step(7)
@pytest.mark.parametrize("who", ["sanna", "niklas", "pia"])
def test_only_a_leading_social_worker_answers(world, who):
    with pytest.raises(PermissionDenied):
        referral(world).accept(by=getattr(world, who))


@pytest.mark.step(7)
def test_an_answer_is_given_once(world):
    accepted = referral(world).accept(by=world.leena)
    assert refused(accepted.decline, reason="Sittenkin ei.", by=world.leena) == {"done"}


@pytest.mark.step(7)
def test_a_return_does_not_stop_the_limit_of_section_45(world):
    before = clock.implementation_limit(referral(world).matter.received_on).date
    referral(world).decline(reason="Tiimi on suljettu.", by=world.leena)
    assert clock.implementation_limit(referral(world).matter.received_on).date == before == date(2026, 6, 2)


@pytest.mark.step(7)
def test_nobody_is_reserved_before_the_referral_is_accepted(world):
    facts = {"worker": world.niklas, "first_day": FIRST, "by": world.leena}
    assert refused(referral(world).reserve, **facts) == {"accepted"}


@pytest.mark.step(7)
def test_a_close_person_is_not_reserved(world):
    world.ville.relation_blocks.create(user=world.niklas, reason="veli")
    accepted = referral(world).accept(by=world.leena)
    facts = {"worker": world.niklas, "first_day": FIRST, "by": world.leena}
    assert refused(accepted.reserve, **facts) == {"blocked"}


@pytest.mark.step(7)
@pytest.mark.parametrize(("days", "is_refused"), [(8, True), (7, False)])
def test_a_first_day_is_a_week_ago_at_most(world, days, is_refused):
    world.on(DAY)
    accepted = referral(world).accept(by=world.leena)
    facts = {"worker": world.niklas, "first_day": DAY - timedelta(days=days), "by": world.leena}
    if is_refused:
        assert refused(accepted.reserve, **facts) == {"first_day"}
    else:
        assert accepted.reserve(**facts).anchor == facts["first_day"]


@pytest.mark.step(9)
def test_what_was_decided_is_not_reserved_anew(world):
    facts = {"worker": world.hanna, "first_day": FIRST, "by": world.leena}
    assert refused(referral(world).reserve, **facts) == {"decided"}
