"""What a decision stands on: who may make it, on what, for which days (SHL 45 §, domain.md 2.3, 4.6, 5.3)."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from clients.models import Document
from plans.models import Decision, Period
from plans.models.period import explained_end
from plans.models.readiness import missing_for_decision
from soskuntoutus import clock
from soskuntoutus.demo import words
from soskuntoutus.organisation.models import DelegationRule, Post
from soskuntoutus.organisation.roles import Title

DAY = date(2026, 4, 8)


def draft(world, **content) -> Document:
    client = world.ville
    return Document(
        client=client,
        matter=client.matters.get(),
        kind="decision",
        language=client.language,
        created_by=world.sanna,
        content={**words.DECISION, **content},
    )


def sign(world, *, by=None, on=DAY, **content) -> Decision:
    document = draft(world, **content)
    rehabilitation = document.client.rehabilitations.first()
    with clock.at(on):
        return Decision.sign(document=document, rehabilitation=rehabilitation, by=by or world.sanna)


def codes(refusal) -> set[str]:
    return {error.code for error in refusal.value.error_list}


@pytest.mark.step(8)
def test_a_signature_brings_the_decision_the_period_and_the_slot_together(world):
    decision = sign(world)
    assert (decision.period.starts, decision.period.ends) == (date(2026, 4, 13), date(2026, 7, 12))
    slot = decision.rehabilitation.slot
    assert (slot.worker, slot.confirmed_at is not None, slot.last_day) == (
        world.niklas,
        True,
        date(2026, 7, 12),
    )
    assert decision.document.rule == DelegationRule.objects.get(kind="grant", title=Title.SOCIAL_WORKER)
    assert decision.number == f"SK-2026-{decision.document.pk:05d}"


@pytest.mark.step(8)
def test_without_a_delegation_rule_of_the_day_nobody_decides(world):
    DelegationRule.objects.filter(kind="grant", title=Title.SOCIAL_WORKER).delete()
    with pytest.raises(ValidationError) as refusal:
        sign(world)
    assert codes(refusal) == {"delegation"}
    assert not Decision.objects.exists()


@pytest.mark.step(8)
def test_a_rule_for_a_title_gives_no_power_outside_public_office(world):
    Post.objects.filter(user=world.sanna).update(public_office=False)
    with pytest.raises(ValidationError) as refusal:
        sign(world)
    assert codes(refusal) == {"delegation"}


@pytest.mark.step(8)
def test_a_social_instructor_has_no_power_unless_the_organiser_gives_it(world):
    with pytest.raises(ValidationError) as refusal:
        sign(world, by=world.niklas)
    assert codes(refusal) == {"delegation"}


@pytest.mark.step(7)
def test_nothing_is_granted_without_somebody_reserved_to_carry_it_out(world):
    with pytest.raises(ValidationError) as refusal:
        sign(world)
    assert codes(refusal) == {"goal", "slot"}


@pytest.mark.step(8)
def test_a_reservation_that_has_lapsed_carries_nothing(world):
    with pytest.raises(ValidationError) as refusal:
        sign(world, on=date(2026, 4, 22))
    assert "slot" in codes(refusal)
    with clock.at(date(2026, 4, 21)):
        lacking = missing_for_decision(draft(world), world.ville.rehabilitations.get(), world.sanna)
        assert "slot" not in dict(lacking)


@pytest.mark.step(8)
@pytest.mark.parametrize("outcome", ["granted", "partial"])
def test_the_database_stores_no_granted_decision_without_a_rehabilitation(world, outcome):
    document = draft(world)
    with transaction.atomic():
        document.seal(by=world.sanna)
    row = Decision(
        document=document, client=document.client, outcome=outcome, basis="SHL 17 §", decided_on=DAY
    )
    with pytest.raises(ValidationError, match="vain yhdessä toteuttajan kanssa"):
        row.full_clean()
    with pytest.raises(IntegrityError, match="decision_granted_to_somebody"), transaction.atomic():
        row.save()
    row.outcome = "refused"
    row.save()


@pytest.mark.step(8)
@pytest.mark.parametrize(
    "name", ["text", "legal_basis", "info_name", "info_phone", "info_address", "outcome"]
)
def test_what_the_law_demands_of_the_text_cannot_be_left_out(world, name):
    with pytest.raises(ValidationError) as refusal:
        sign(world, **{name: ""})
    assert list(refusal.value.error_dict) == [name]


@pytest.mark.step(8)
def test_reasons_of_a_word_or_two_are_not_reasons(world):
    with pytest.raises(ValidationError) as refusal:
        sign(world, text="x" * 199)
    assert list(refusal.value.error_dict) == ["text"]
    assert sign(world, text="x" * 200)


@pytest.mark.step(8)
def test_the_first_day_lies_within_three_months_of_the_contact(world):
    rehabilitation = world.ville.rehabilitations.get()
    for day, lacking in ((date(2026, 6, 2), False), (date(2026, 6, 3), True)):
        rehabilitation.anchor = day
        with clock.at(DAY):
            found = dict(missing_for_decision(draft(world), rehabilitation, world.sanna))
        assert ("implementation" in found) is lacking


@pytest.mark.step(8)
def test_a_close_person_decides_nothing(world):
    world.ville.relation_blocks.create(user=world.leena, reason="sisko")
    with pytest.raises(ValidationError) as refusal:
        sign(world, by=world.leena)
    assert codes(refusal) == {"blocked"}


def grant_special_support(world):
    world.ville.assessments.update(special_support=True)


@pytest.mark.step(8)
def test_with_special_support_a_social_worker_in_public_office_decides(world):
    grant_special_support(world)
    with pytest.raises(ValidationError) as refusal:
        sign(world, by=world.leena)
    assert codes(refusal) == {"special_support"}
    assert sign(world)


@pytest.mark.step(8)
def test_with_special_support_a_social_worker_is_among_those_assigned(world):
    grant_special_support(world)
    with clock.at(DAY):
        world.ville.name_own_worker(worker=world.hanna, by=world.sanna)
    with pytest.raises(ValidationError) as refusal:
        sign(world)
    assert codes(refusal) == {"special_support"}


@pytest.mark.step(12)
def test_nothing_follows_a_period_that_was_not_evaluated(world):
    with pytest.raises(ValidationError) as refusal:
        sign(world, on=date(2026, 7, 8))
    assert codes(refusal) == {"evaluation"}


@pytest.mark.step(13)
def test_the_next_period_counts_from_the_first_day_and_keeps_the_worker(world):
    decision = sign(world, on=date(2026, 7, 10))
    assert (decision.period.number, decision.period.starts, decision.period.ends) == (
        2,
        date(2026, 7, 13),
        date(2026, 10, 12),
    )
    assert decision.rehabilitation.slot.last_day == date(2026, 10, 12)
    assert decision.document.rule.kind == DelegationRule.Kind.CONTINUE


@pytest.mark.step(13)
@pytest.mark.parametrize(("day", "signed"), [(date(2026, 7, 12), True), (date(2026, 7, 13), False)])
def test_a_decision_to_continue_is_signed_before_the_period_ends(world, day, signed):
    if signed:
        assert sign(world, on=day).period.number == 2
        return
    with pytest.raises(ValidationError) as refusal:
        sign(world, on=day)
    assert "period" in codes(refusal)


@pytest.mark.step(13)
def test_a_fifth_period_is_never_granted(world):
    for day in (date(2026, 7, 10), date(2026, 10, 9), date(2027, 1, 8)):
        sign(world, on=day)
        with clock.at(day):
            Period.objects.latest("number").mark_evaluated(day)
    with pytest.raises(ValidationError) as refusal:
        sign(world, on=date(2027, 4, 9))
    assert codes(refusal) == {"year"}


def test_the_last_day_shows_its_sum():
    ends = explained_end(date(2026, 8, 31), 3)
    assert [step.date for step in ends.steps] == [
        date(2026, 8, 31),
        date(2027, 5, 31),
        date(2027, 5, 30),
    ]
    assert ends.date == ends.latest == date(2027, 5, 30)


@pytest.mark.step(8)
@pytest.mark.parametrize(
    ("way", "received", "served", "until"),
    [
        ("letter", None, date(2026, 4, 15), date(2026, 5, 15)),
        ("electronic", None, date(2026, 4, 11), date(2026, 5, 11)),
        ("receipt", date(2026, 4, 10), date(2026, 4, 10), date(2026, 5, 11)),
    ],
)
def test_the_time_for_review_counts_from_service(world, way, received, served, until):
    decision = sign(world)
    with clock.at(DAY):
        delivery = decision.deliver(
            recipient="Ville Lehtola", way=way, sent_on=DAY, received_on=received, by=world.sanna
        )
    assert (delivery.served_on, delivery.review_until) == (served, until)
    assert (delivery.served.date, delivery.review.date) == (served, until)
    assert decision.review_until == until


@pytest.mark.step(8)
def test_a_receipt_needs_its_day(world):
    decision = sign(world)
    with clock.at(DAY), pytest.raises(ValidationError) as refusal:
        decision.deliver(recipient="Ville Lehtola", way="receipt", sent_on=DAY, by=world.sanna)
    assert list(refusal.value.error_dict) == ["received_on"]


@pytest.mark.step(8)
@pytest.mark.parametrize("sent_on", [date(2026, 4, 7), date(2026, 4, 9)])
def test_a_decision_is_sent_neither_before_it_is_made_nor_in_advance(world, sent_on):
    decision = sign(world)
    with clock.at(DAY), pytest.raises(ValidationError) as refusal:
        decision.deliver(recipient="Ville Lehtola", way="letter", sent_on=sent_on, by=world.sanna)
    assert list(refusal.value.error_dict) == ["sent_on"]
