"""What a rehabilitation, its periods and work forms must hold, and what start and end stand on (T16, T22)."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from clients.models import Document
from plans.models import Decision, Interruption, Period, Rehabilitation, WorkForm, period_bounds
from soskuntoutus import clock
from soskuntoutus.demo import words
from soskuntoutus.ranges import span
from tests.refusals import both_accept, both_refuse, refused

FIRST, LAST = date(2026, 4, 13), date(2026, 7, 12)


def rehabilitation(world) -> Rehabilitation:
    return world.ville.rehabilitations.get()


def period(world) -> Period:
    return rehabilitation(world).periods.get(number=1)


def paper(world, kind, content) -> Document:
    facts = {"matter": world.ville.matters.get(), "kind": kind, "content": content}
    return Document(client=world.ville, language="fi", created_by=world.sanna, **facts)


# The rows


@pytest.mark.step(10)
def test_a_client_has_one_rehabilitation_at_a_time(world):
    one = rehabilitation(world)
    facts = {"client": one.client, "matter": one.matter, "referral": one.referral}
    both_refuse("rehabilitation_one_open", Rehabilitation(**facts, anchor=LAST))
    both_accept(Rehabilitation(**facts, anchor=LAST, ended_on=LAST, end_reason="other"))


@pytest.mark.step(10)
@pytest.mark.parametrize("half", [{"ended_on": LAST}, {"end_reason": "moved"}])
def test_a_rehabilitation_ends_with_a_reason(world, half):
    both_refuse("rehabilitation_ended_with_a_reason", rehabilitation(world), **half)
    both_accept(rehabilitation(world), ended_on=LAST, end_reason="moved")


@pytest.mark.step(9)
@pytest.mark.parametrize("days", [-1, 1])
def test_a_rehabilitation_starts_on_the_first_day_decided(world, days):
    day = FIRST + timedelta(days=days)
    both_refuse("rehabilitation_starts_on_its_first_day", rehabilitation(world), started_on=day)


@pytest.mark.step(10)
def test_a_rehabilitation_ends_on_the_day_it_starts_at_the_earliest(world):
    rule, row = "rehabilitation_ends_after_it_starts", rehabilitation(world)
    both_refuse(rule, row, ended_on=FIRST - clock.ONE_DAY, end_reason="other")
    both_accept(row, ended_on=FIRST, end_reason="other")


@pytest.fixture
def second(world) -> Period:
    """The period that a decision to continue granted."""
    document = paper(world, "decision", words.DECISION)
    return Decision.sign(document=document, rehabilitation=rehabilitation(world), by=world.sanna).period


@pytest.mark.step(13)
def test_a_period_is_granted_once(world, second):
    starts, ends = period_bounds(FIRST, 1)
    both_refuse("period_once", second, number=1, starts=starts, ends=ends)


@pytest.mark.step(9)
def test_there_is_no_fifth_period(world):
    starts, ends = period_bounds(FIRST, 5)
    both_refuse("period_within_a_year", period(world), number=5, starts=starts, ends=ends)


@pytest.mark.step(9)
def test_the_fourth_period_is_the_last(world):
    starts, ends = period_bounds(FIRST, 4)
    both_accept(period(world), number=4, starts=starts, ends=ends)


@pytest.mark.step(9)
@pytest.mark.parametrize("days", [-1, 1])
def test_a_period_begins_by_the_first_day_of_the_first(world, days):
    starts = FIRST + timedelta(days=days)
    both_refuse("period_starts_by_the_anchor", period(world), starts=starts)


@pytest.mark.step(9)
@pytest.mark.parametrize("days", [-1, 1])
def test_a_period_lasts_three_months_to_the_day(world, days):
    both_refuse("period_ends_by_the_anchor", period(world), ends=LAST + timedelta(days=days))


@pytest.mark.step(9)
@pytest.mark.parametrize("day", [FIRST - clock.ONE_DAY, LAST])
def test_an_early_end_falls_within_the_period_and_before_its_last_day(world, day):
    both_refuse("period_ends_early_within_itself", period(world), ends_early_on=day)


@pytest.mark.step(9)
@pytest.mark.parametrize("day", [FIRST, LAST - clock.ONE_DAY])
def test_a_period_may_end_early_from_its_first_day_on(world, day):
    both_accept(period(world), ends_early_on=day)


@pytest.mark.step(9)
@pytest.mark.parametrize("days", [0, 32])
def test_meetings_are_one_to_thirty_one_days_apart(world, days):
    form = rehabilitation(world).work_forms.get()
    both_refuse("work_form_meets_monthly", form, every_days=days)
    both_accept(form, every_days=31)


@pytest.mark.step(9)
def test_one_work_form_holds_at_a_time(world):
    facts = {"rehabilitation": rehabilitation(world), "form": "group", "every_days": 7}
    both_refuse("work_form_one_at_a_time", WorkForm(**facts, during=span(LAST)))
    both_accept(WorkForm(**facts, during=span(FIRST - timedelta(days=9), FIRST - clock.ONE_DAY)))


@pytest.mark.step(10)
def test_a_service_is_interrupted_once_at_a_time(world):
    facts = {"rehabilitation": rehabilitation(world), "reason": "illness"}
    both_accept(Interruption(**facts, during=span(date(2026, 5, 1), date(2026, 5, 7))))
    both_refuse("interruption_one_at_a_time", Interruption(**facts, during=span(date(2026, 5, 7))))
    both_accept(Interruption(**facts, during=span(date(2026, 5, 8))))


# The implementation plan (HEL-10)


@pytest.mark.step(8)
@pytest.mark.parametrize("who", ["hanna", "sanna"])
def test_only_the_responsible_worker_signs_the_implementation_plan(world, who):
    facts = {"form": "overlap", "every_days": 7}
    document = paper(world, "service_plan", words.SERVICE_PLAN)
    verb = rehabilitation(world).sign_plan
    assert refused(verb, document=document, **facts, by=getattr(world, who)) == {"responsible"}
    assert verb(document=document, **facts, by=world.niklas).is_signed


@pytest.mark.step(8)
def test_an_implementation_plan_has_a_goal(world):
    rehabilitation(world).goals.update(dropped_reason="Ei enää tärkeä.")
    document = paper(world, "service_plan", words.SERVICE_PLAN)
    facts = {"document": document, "form": "overlap", "every_days": 7, "by": world.niklas}
    assert refused(rehabilitation(world).sign_plan, **facts) == {"goal"}


# T16: the first day


def without_assessment(world):
    world.ville.assessments.all().delete()


def without_own_worker(world):
    world.ville.assignments.filter(part="own_worker").delete()


def without_client_plan(world):
    world.ville.documents.in_force("client_plan").update(replaced_at=clock.now())


def without_goal(world):
    rehabilitation(world).goals.update(dropped_reason="Ei enää tärkeä.")


LACKING = [
    (without_assessment, "assessment"),
    (without_own_worker, "own_worker"),
    (without_client_plan, "client_plan"),
    (without_goal, "goal"),
]


@pytest.mark.step(9)
@pytest.mark.parametrize(("take_away", "code"), LACKING, ids=[code for _, code in LACKING])
def test_nothing_starts_without_what_it_stands_on(world, take_away, code):
    world.on(FIRST)
    take_away(world)
    assert refused(rehabilitation(world).start, by=world.niklas) == {code}


@pytest.mark.step(8)
def test_nothing_starts_without_a_signed_positive_decision(world):
    world.on(FIRST)
    assert refused(rehabilitation(world).start, by=world.niklas) == {"decision"}


@pytest.mark.step(9)
@pytest.mark.parametrize("who", ["olli", "hanna", "sanna"])
def test_only_the_responsible_worker_starts_the_service(world, who):
    world.on(FIRST)
    assert refused(rehabilitation(world).start, by=getattr(world, who)) == {"responsible"}
    assert rehabilitation(world).start(by=world.niklas).started_on == FIRST


@pytest.mark.step(9)
@pytest.mark.parametrize("day", [FIRST - clock.ONE_DAY, LAST + clock.ONE_DAY])
def test_the_service_starts_neither_before_nor_after_the_days_decided(world, day):
    world.on(day)
    assert refused(rehabilitation(world).start, by=world.niklas) == {"validity"}


@pytest.mark.step(10)
def test_a_service_starts_once(world):
    assert refused(rehabilitation(world).start, by=world.niklas) == {"done"}


# T22: the last day


END = {"reason": "goals_met", "words": words.END}


@pytest.mark.step(12)
def test_a_service_is_not_ended_without_the_evaluation(world):
    world.on(LAST)
    assert refused(rehabilitation(world).end, **END, by=world.niklas) == {"evaluation"}


@pytest.mark.step(14)
def test_a_service_is_not_ended_before_its_last_decided_day(world):
    world.on(LAST - clock.ONE_DAY)
    assert refused(rehabilitation(world).end, **END, by=world.niklas) == {"last_day"}


@pytest.mark.step(14)
@pytest.mark.parametrize("who", ["eeva", "leena"])
def test_a_service_is_ended_by_someone_who_works_with_the_client(world, who):
    world.on(LAST)
    assert refused(rehabilitation(world).end, **END, by=getattr(world, who)) == {"not_assigned"}
    assert rehabilitation(world).end(**END, by=world.niklas).ended_on == LAST


@pytest.mark.step(9)
def test_what_has_not_started_is_not_ended(world):
    assert refused(rehabilitation(world).end, **END, by=world.niklas) == {"running"}


@pytest.mark.step(14)
def test_a_team_member_ends_no_service(world):
    world.hanna.posts.update(title="team_member")
    with pytest.raises(PermissionDenied):
        rehabilitation(world).end(**END, by=world.hanna)


@pytest.mark.step(15)
def test_the_slot_is_free_the_day_after_the_end(world):
    assert rehabilitation(world).slot.last_day == LAST
    assert world.ville.responsible_today() == world.niklas
    world.on(LAST + clock.ONE_DAY)
    assert world.ville.responsible_today() is None


@pytest.mark.step(16)
def test_the_clientship_and_the_own_worker_go_on_after_the_service(world):
    assert world.ville.own_worker_today() == world.sanna
    assert world.ville.matters.get().closed_on is None
