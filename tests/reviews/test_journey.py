"""Ville's next step, its actor and its place, at each step of his path (domain.md 1.6)."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import resolve

from clients.models import Client
from plans.models import Interruption, Referral, Visit
from reviews.journey import journey_of, journeys_of
from soskuntoutus import clock
from soskuntoutus.ranges import span

PATH = [
    (1, "registration", {"pia"}, "clients:matter"),
    (2, "triage", {"sanna"}, "clients:triage"),
    (3, "first_meeting", {"sanna"}, "plans:visit_plan"),
    (4, "meeting_ahead", {"sanna"}, ""),
    (5, "assessment", {"sanna"}, "clients:document_write"),
    (6, "client_plan", {"sanna"}, "clients:document_write"),
    (7, "answer", {"leena"}, "plans:referral_detail"),
    (8, "decision", {"sanna"}, "plans:decision"),
    (9, "start_ahead", {"niklas"}, ""),
    (10, "meetings", {"niklas", "sanna"}, "plans:visit_plan"),
    (11, "evaluation", {"niklas", "sanna"}, "reviews:evaluation"),
    (12, "evaluation", {"niklas", "sanna"}, "reviews:evaluation"),
    (13, "what_follows", {"niklas", "sanna"}, "reviews:follow_on"),
    (14, "ending", {"niklas", "sanna"}, ""),
    (15, "plan_update", {"sanna"}, "clients:document_write"),
    (16, "plan_update", {"sanna"}, "clients:document_write"),
    (17, "follow_up_ahead", {"sanna"}, ""),
    (18, "closed", set(), ""),
]
PEOPLE = ("pia", "sanna", "niklas", "hanna", "leena", "eeva", "tarja", "katja", "antti", "tuija")
DONE = {1: 0, 3: 1, 5: 1, 6: 2, 7: 3, 8: 3, 9: 4, 12: 4, 13: 6, 14: 6, 15: 7, 17: 7, 18: 8}


def step_of(world):
    return journey_of(world.ville).next_step


@pytest.mark.parametrize(("number", "code", "actors", "page"), PATH)
def test_each_step_of_the_path_has_one_next_step_for_its_actor(at_step, number, code, actors, page):
    world = at_step(number)
    step = step_of(world)
    assert step.code == code
    assert {name for name in PEOPLE if step.concerns(getattr(world, name))} == actors
    assert (resolve(step.url).view_name if step.url else "") == page
    assert bool(step.button) == bool(step.url)


@pytest.mark.parametrize(("number", "done"), DONE.items())
def test_the_stages_behind_are_done_the_next_is_now_and_the_rest_later(at_step, number, done):
    states = [stage.state for stage in journey_of(at_step(number).ville).stages]
    assert states == (["done"] * done + ["now"] + ["later"] * 7)[:8]


@pytest.mark.step(9)
def test_who_cannot_act_reads_who_is_to_act(world):
    world.on(datetime(2026, 4, 13, 9, tzinfo=clock.HELSINKI))
    step = step_of(world)
    own, other = step.seen_by(world.niklas), step.seen_by(world.sanna)
    assert own.url
    assert not own.waiting_for
    assert not other.url
    assert not other.button
    assert other.waiting_for == "Niklas Åberg"
    assert own.kind == ""
    assert other.kind == "wait"


@pytest.mark.step(9)
def test_the_start_is_late_the_day_after_the_first_day(world):
    world.on(date(2026, 4, 13))
    assert not step_of(world).late
    world.on(date(2026, 4, 14))
    assert step_of(world).late


@pytest.mark.step(3)
def test_the_limit_of_section_45_binds_until_the_start(at_step):
    law = date(2026, 6, 2)
    assert law in {limit.day for limit in journey_of(at_step(3).ville).limits}
    assert law in {limit.day for limit in journey_of(at_step(9).ville).limits}
    assert law not in {limit.day for limit in journey_of(at_step(10).ville).limits}


@pytest.mark.step(9)
def test_a_review_can_be_asked_for_until_its_last_day(world):
    last = date(2026, 5, 15)
    world.on(last)
    assert last in {limit.day for limit in journey_of(world.ville).limits}
    world.on(last + timedelta(days=1))
    assert last not in {limit.day for limit in journey_of(world.ville).limits}


@pytest.mark.step(8)
def test_a_lapsed_reservation_is_made_again_by_whoever_leads(world):
    world.on(date(2026, 4, 21))
    assert step_of(world).code == "decision"
    world.on(date(2026, 4, 22))
    step = step_of(world)
    assert step.code == "reservation"
    assert step.late
    assert step.concerns(world.leena)
    assert not step.concerns(world.tarja)


@pytest.mark.step(7)
def test_a_returned_proposal_tells_the_own_worker_the_reason(world):
    Referral.objects.get().decline(reason="Kysy vielä ryhmästä.", by=world.leena)
    step = step_of(world)
    assert step.code == "returned"
    assert "Kysy vielä ryhmästä." in step.body
    assert step.concerns(world.sanna)
    assert not step.concerns(world.leena)


@pytest.mark.step(7)
def test_an_accepted_proposal_waits_for_a_worker_then_for_the_three_to_meet(world):
    referral = Referral.objects.get()
    referral.accept(by=world.leena)
    assert step_of(world).code == "reservation"
    referral.reserve(worker=world.niklas, first_day=date(2026, 4, 13), by=world.leena)
    step = step_of(world)
    assert step.code == "three_party_meeting"
    assert step.concerns(world.niklas)
    assert step.concerns(world.sanna)


@pytest.mark.step(10)
def test_a_meeting_whose_time_has_come_is_to_be_written_by_who_agreed_on_it(world):
    at = datetime(2026, 4, 15, 10, tzinfo=clock.HELSINKI)
    client, matter = world.ville, world.ville.matters.get()
    Visit.plan(client=client, matter=matter, mode="meeting", place="home", planned_at=at, by=world.niklas)
    world.on(at - timedelta(minutes=1))
    assert step_of(world).code == "meeting_agreed"
    world.on(at)
    step = step_of(world)
    assert step.code == "unrecorded"
    assert step.concerns(world.niklas)
    assert not step.concerns(world.sanna)


@pytest.mark.step(10)
def test_the_evaluation_opens_three_weeks_before_the_period_ends(world):
    world.on(date(2026, 6, 20))
    assert step_of(world).code == "meetings"
    world.on(date(2026, 6, 21))
    assert step_of(world).code == "evaluation"
    world.on(date(2026, 7, 12))
    assert not step_of(world).late
    world.on(date(2026, 7, 13))
    assert step_of(world).late


@pytest.mark.step(13)
def test_a_proposal_to_continue_asks_the_own_worker_for_a_decision_before_the_period_ends(world):
    evaluation = world.ville.rehabilitations.get().periods.get().evaluation
    evaluation.proposal = "continue"
    evaluation.save()
    step = step_of(world)
    assert step.code == "continuation"
    assert step.concerns(world.sanna)
    assert not step.concerns(world.niklas)
    world.on(date(2026, 7, 13))
    assert step_of(world).code == "end"


@pytest.mark.step(14)
def test_the_service_is_ended_on_its_last_day_and_late_the_day_after(world):
    world.on(date(2026, 7, 12))
    assert (step_of(world).code, step_of(world).late) == ("end", False)
    world.on(date(2026, 7, 13))
    assert (step_of(world).code, step_of(world).late) == ("end", True)


@pytest.mark.step(17)
def test_the_follow_up_falls_due_three_months_after_the_end_with_two_weeks_of_grace(world):
    world.on(date(2026, 10, 11))
    assert step_of(world).code == "follow_up_ahead"
    world.on(date(2026, 10, 12))
    assert (step_of(world).code, step_of(world).late) == ("follow_up", False)
    world.on(date(2026, 10, 27))
    assert step_of(world).late


@pytest.mark.step(10)
def test_an_interruption_pauses_the_stage_that_is_now(world):
    rehabilitation = world.ville.rehabilitations.get()
    assert journey_of(world.ville).stages[4].state == "now"
    Interruption.objects.create(
        rehabilitation=rehabilitation, reason="illness", during=span(date(2026, 4, 13), date(2026, 4, 20))
    )
    assert journey_of(world.ville).stages[4].state == "paused"


@pytest.mark.step(13)
def test_many_ways_are_read_in_as_many_queries_as_one(world, django_assert_num_queries):
    clients = list(Client.objects.all())
    assert len(clients) > 3
    ville = world.ville
    one = _queries(lambda: journey_of(ville))
    with django_assert_num_queries(one):
        journeys_of(clients)


def test_a_client_without_a_matter_has_no_next_step(world):
    client = Client.objects.create(last_name="Uusi", first_names="Asiakas")
    journey = journey_of(client)
    assert journey.next_step is None
    assert journey.stages == ()
    assert journey.limits == ()


def _queries(ask):
    with CaptureQueriesContext(connection) as found:
        ask()
    return len(found)
