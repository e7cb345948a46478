"""The eleven things that hold whatever else changes (domain.md 4.6), each proved on Ville's own path."""

from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError

from clients import schemas
from clients.models import Assessment, Client, Document, Matter
from plans.models import Decision, Goal, Period, Visit
from soskuntoutus import clock
from soskuntoutus.demo import words
from soskuntoutus.organisation.models import User
from tests.plans.ready import GOAL
from tests.refusals import refused, trigger_refuses

FIRST, LAST = date(2026, 4, 13), date(2026, 7, 12)
SPECIAL = {**words.ASSESSMENT, "special_support": True, "special_support_reason": "Useita tuen tarpeita."}


def draft(world, kind, content) -> Document:
    facts = {"matter": world.ville.matters.get(), "kind": kind, "content": content}
    return Document(client=world.ville, language="fi", created_by=world.sanna, **facts)


def decide(world, by=None) -> Decision:
    rehabilitation = world.ville.rehabilitations.first()
    document = draft(world, "decision", words.DECISION)
    return Decision.sign(document=document, rehabilitation=rehabilitation, by=by or world.sanna)


def visit(world, day: date, by: User, **facts) -> Visit:
    begins = datetime.combine(day, datetime.min.time(), clock.HELSINKI) + timedelta(hours=9)
    told = {"mode": "meeting", "place": "home", "held_at": begins, "ended_at": begins + timedelta(hours=1)}
    of = {"client": world.ville, "matter": world.ville.matters.get()}
    return Visit.record(**of, **told, words="Avattiin posti.", by=by, **facts)


# 1. No service without a decision


@pytest.mark.step(8)
def test_no_service_starts_without_a_decision(world):
    world.on(FIRST)
    assert refused(world.ville.rehabilitations.get().start, by=world.niklas) == {"decision"}
    world.on(date(2026, 4, 8))
    decide(world)
    world.on(FIRST)
    assert world.ville.rehabilitations.get().start(by=world.niklas).started_on == FIRST


@pytest.mark.step(14)
def test_no_rehabilitation_is_carried_out_after_the_decision(world):
    world.on(LAST + timedelta(days=2))
    assert refused(visit, world=world, day=LAST + clock.ONE_DAY, by=world.niklas) == {"held_at"}
    assert visit(world, LAST, world.niklas).rehabilitation
    assert visit(world, LAST + clock.ONE_DAY, world.sanna).rehabilitation is None


# 2. No decision without an assessment, and no assessment but the one


@pytest.mark.step(8)
def test_no_decision_without_an_assessment_of_service_needs(world):
    world.ville.assessments.all().delete()
    assert refused(decide, world=world) == {"assessment"}


def test_there_is_no_separate_assessment_of_social_rehabilitation():
    kinds = [kind for kind in schemas.kinds() if "assessment" in kind]
    assert kinds == ["assessment"]
    assert "rehabilitation_reasons" in {field.name for field in schemas.get("assessment").fields()}


# 3. Goals in the client's words before the start


@pytest.mark.step(9)
def test_no_service_starts_without_a_goal_in_the_clients_words(world):
    world.on(FIRST)
    rehabilitation = world.ville.rehabilitations.get()
    rehabilitation.goals.update(dropped_reason="Ei enää tärkeä.")
    assert refused(rehabilitation.start, by=world.niklas) == {"goal"}
    Goal.put(rehabilitation=rehabilitation, target_on=LAST, by=world.niklas, **GOAL)
    assert rehabilitation.start(by=world.niklas)


# 4. One of each


@pytest.mark.step(17)
def test_the_client_has_one_client_plan_and_one_own_worker(world):
    assert world.ville.documents.in_force("client_plan").count() == 1
    assert world.ville.assignments.in_force().filter(part="own_worker").count() == 1


@pytest.mark.step(14)
def test_on_every_day_of_the_service_exactly_one_worker_is_responsible(world):
    for days in range((LAST - FIRST).days + 1):
        world.on(FIRST + timedelta(days=days))
        assert world.ville.assignments.in_force().filter(part="responsible").count() == 1


# 5. Always for a fixed time


@pytest.mark.parametrize("field", ["starts", "ends"])
def test_every_period_has_a_first_and_a_last_day(field):
    assert not Period._meta.get_field(field).null
    assert not Period._meta.get_field(field).blank


@pytest.mark.step(9)
def test_the_decision_prints_the_periods_own_days(world):
    decision = world.ville.decisions.get()
    printed = decision.document.content
    days = (decision.period.starts.isoformat(), decision.period.ends.isoformat())
    assert (printed["valid_from"], printed["valid_to"]) == days


# 6. The clock starts where it started


@pytest.mark.step(3)
def test_the_day_every_limit_counts_from_stands(world):
    rows = Matter.objects.filter(pk=world.ville.matters.get().pk)
    trigger_refuses(lambda: rows.update(received_at=clock.now()), "Cannot update")
    assert rows.get().received_on == date(2026, 3, 2)


# 7. Helsinki's days


@pytest.mark.step(1)
def test_a_contact_after_midnight_in_helsinki_came_on_that_day(world):
    world.ville.matters.update(received_at=datetime(2026, 3, 1, 22, 30, tzinfo=clock.UTC))
    assert world.ville.matters.get().received_on == date(2026, 3, 2)


# 8. Nobody in their own or a close person's matter


def block(world, user) -> User:
    world.ville.relation_blocks.create(user=user, reason="sisar")
    return user


@pytest.mark.step(8)
def test_a_close_person_makes_no_decision(world):
    assert refused(decide, world=world, by=block(world, world.leena)) == {"blocked"}


@pytest.mark.step(8)
def test_a_close_person_is_given_no_part_in_the_work(world):
    facts = {"part": "team", "first": clock.today()}
    assert refused(world.ville.assign, worker=block(world, world.hanna), **facts) == {"blocked"}


@pytest.mark.step(10)
def test_a_close_person_does_not_go_on_with_the_work(world):
    day = clock.today()
    assert visit(world, day, world.niklas)
    assert refused(visit, world=world, day=day, by=block(world, world.niklas)) == {"blocked"}
    assert visit(world, day, world.sanna)


@pytest.mark.step(10)
@pytest.mark.parametrize("who", ["sanna", "niklas", "leena"])
def test_a_close_person_reads_nothing(world, who):
    user = getattr(world, who)
    assert world.ville in Client.objects.visible_to(user)
    assert world.ville not in Client.objects.visible_to(block(world, user))


# 9. Who signed stays


@pytest.mark.step(9)
def test_who_signed_cannot_be_deleted(world):
    with pytest.raises(ProtectedError):
        world.sanna.delete()


@pytest.mark.step(9)
def test_a_closed_account_and_a_new_name_change_no_signed_paper(world):
    document = world.ville.decisions.get().document
    User.objects.filter(pk=world.sanna.pk).update(is_active=False, last_name="Toinen")
    document.refresh_from_db()
    assert document.signed_by == world.sanna
    assert "Sanna Rinne" in str(document.content)
    assert document.sha256 == document.checksum()


# 10. A right to special support


@pytest.mark.step(5)
def test_with_special_support_the_assessment_is_signed_by_a_social_worker_in_public_office(world):
    world.ville.assign(world.niklas, part="team", first=clock.today())
    document = draft(world, "assessment", SPECIAL)
    assert refused(Assessment.sign, document=document, by=world.niklas) == {"special_support"}
    assert Assessment.sign(document=document, by=world.sanna).special_support


@pytest.mark.step(8)
def test_with_special_support_the_decision_is_made_by_a_social_worker_in_public_office(world):
    world.ville.assessments.update(special_support=True)
    assert refused(decide, world=world, by=world.leena) == {"special_support"}
    assert decide(world)


@pytest.mark.step(8)
@pytest.mark.parametrize(("beside", "is_refused"), [("olli", True), ("eeva", False)])
def test_with_special_support_a_social_worker_in_public_office_is_among_the_assigned(
    world, beside, is_refused
):
    world.ville.assessments.update(special_support=True)
    world.ville.name_own_worker(worker=world.hanna, by=world.sanna)
    world.ville.assign(getattr(world, beside), part="team", first=clock.today())
    if is_refused:
        assert refused(decide, world=world) == {"special_support"}
    else:
        assert decide(world)


# 11. Neither the year nor the want of a worker is a reason


@pytest.mark.step(13)
def test_at_the_end_of_the_year_a_new_assessment_is_offered(world):
    for day in (date(2026, 7, 10), date(2026, 10, 9), date(2027, 1, 8)):
        world.on(day)
        decide(world).period.mark_evaluated(day)
    world.on(date(2027, 4, 9))
    with pytest.raises(ValidationError) as refusal:
        decide(world)
    assert [error.code for error in refusal.value.error_list] == ["year"]
    assert "uusi palvelutarpeen arvio" in refusal.value.messages[0]


@pytest.mark.step(7)
def test_the_want_of_a_worker_moves_no_limit(world):
    referral = world.ville.referrals.get()
    limit = clock.implementation_limit(referral.matter.received_on).date
    referral.decline(reason="Tiimissä ei ole nyt ketään vapaana.", by=world.leena)
    assert clock.implementation_limit(world.ville.matters.get().received_on).date == limit
