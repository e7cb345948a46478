"""What each start page answers to "what now?": for the worker, the leader, the adviser and the administrator."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clients.models import Document
from clients.words import in_words
from plans.models import Rehabilitation
from reviews.caseload import desk_of, unit_desk_of
from reviews.desks.ahead import ahead_of
from reviews.desks.changes import BREAK, changes_for, last_here
from reviews.desks.upkeep import upkeep
from soskuntoutus import clock
from soskuntoutus.audit.context import serving
from soskuntoutus.audit.models import Event, Shown
from soskuntoutus.organisation.models import DelegationRule, Post, User, Value
from soskuntoutus.ranges import span

START = reverse("reviews:desk")


def ahead(user):
    return ahead_of(user, desk_of(user))


def was_here(user, *hours_ago):
    for hours in hours_ago:
        facts = {"client": uuid4(), "relation": "assigned", "purpose": "x", "request": uuid4()}
        Shown(actor=user.uuid, at=clock.real_now() - timedelta(hours=hours), **facts).save()


def did(user, person, verb="Visit.record", *, hours_ago=0.0):
    at = clock.real_now() - timedelta(hours=hours_ago)
    Event(actor=user.uuid, verb=verb, subject="x", client=person.uuid, at=at).save()


# The worker


@pytest.mark.step(12)
def test_a_limit_within_two_weeks_is_on_the_desk_and_one_beyond_is_not(world):
    world.on(date(2026, 6, 20))
    assert [bound.what for bound in ahead(world.niklas).bounds] == []
    world.on(date(2026, 6, 21))
    (bound,) = ahead(world.niklas).bounds
    assert (bound.client, bound.limit.day) == (world.ville, date(2026, 7, 5))


@pytest.mark.step(12)
def test_a_passed_limit_stays_on_the_desk_until_it_is_met(world):
    world.on(date(2026, 7, 14))
    states = {bound.limit.day: bound.state for bound in ahead(world.niklas).bounds}
    assert states[date(2026, 7, 12)] == "late"


@pytest.mark.step(10)
def test_a_meeting_behind_the_rhythm_is_told_to_both_workers_and_not_next_door(world):
    world.on(date(2026, 4, 20))
    assert ahead(world.niklas).slips == []
    world.on(date(2026, 4, 24))
    for user in (world.niklas, world.sanna):
        assert [kind.key for kind in ahead(user).slips] == ["contact"]
    assert ahead(world.olli).slips == []


@pytest.mark.step(12)
def test_an_evaluation_is_told_from_the_day_it_opens(world):
    world.on(date(2026, 6, 20))
    assert "evaluation" not in {kind.key for kind in ahead(world.niklas).slips}
    world.on(date(2026, 6, 21))
    assert "evaluation" in {kind.key for kind in ahead(world.niklas).slips}


@pytest.mark.step(10)
def test_a_paper_left_unsigned_is_told_to_whoever_began_it(world):
    facts = {"client": world.ville, "matter": world.ville.matters.get(), "language": "fi"}
    paper = Document.objects.create(**facts, kind="client_plan", created_by=world.sanna)
    assert [each.paper for each in ahead(world.sanna).half_written] == [paper]
    assert ahead(world.niklas).half_written == []


@pytest.mark.step(10)
def test_what_others_did_since_the_previous_session_is_told_and_ones_own_deeds_are_not(world):
    was_here(world.niklas, 20, 0.1)
    did(world.sanna, world.ville, "FollowOn.meet", hours_ago=21)
    did(world.sanna, world.ville, "FollowUp.make", hours_ago=2)
    did(world.niklas, world.ville, "Matter.close", hours_ago=1)
    (change,) = changes_for(world.niklas, [world.ville]).clients
    told = {deed.what for deed in change.deeds if deed.who == "Sanna Rinne"}
    assert in_words("FollowUp.make") in told
    assert not {in_words("FollowOn.meet"), in_words("Matter.close")} & {deed.what for deed in change.deeds}
    assert changes_for(world.niklas, [world.meri]).clients == []


@pytest.mark.step(10)
def test_the_same_deed_twice_is_told_once(world):
    was_here(world.niklas, 20)
    for hours in (3, 2):
        did(world.sanna, world.ville, "FollowUp.make", hours_ago=hours)
    (change,) = changes_for(world.niklas, [world.ville]).clients
    assert [deed.what for deed in change.deeds].count(in_words("FollowUp.make")) == 1


@pytest.mark.step(10)
def test_two_sessions_a_day_are_two_and_a_lunch_is_none(world):
    was_here(world.hanna, 8, 7.5, 3, 2.2, 1.4, 0.7)
    assert clock.real_now() - last_here(world.hanna) == pytest.approx(
        timedelta(hours=7.5), abs=timedelta(minutes=1)
    )
    assert timedelta(minutes=45) < BREAK


def test_somebody_here_for_the_first_time_is_told_so(world, client):
    assert last_here(world.hanna) is None
    client.force_login(world.hanna)
    assert client.get(START).context["changes"].since is None


@pytest.mark.step(12)
def test_the_additions_ask_the_database_nothing_for_the_facts_and_three_times_for_the_log(world):
    sanna = User.objects.get(pk=world.sanna.pk)
    was_here(sanna, 20)
    did(world.niklas, world.ville)
    with serving():
        desk = desk_of(sanna)
        with CaptureQueriesContext(connection) as asked:
            ahead_of(sanna, desk)
    assert len(asked) == 0
    with CaptureQueriesContext(connection) as asked:
        changes_for(sanna, desk.clients)
    assert len(asked) == 3


# The leader


@pytest.mark.step(7)
def test_the_leaders_tasks_stand_in_one_place(world):
    (task,) = (task for task in unit_desk_of(world.leena).tasks if task.client == world.ville)
    assert task.url == reverse("plans:referral_detail", args=[world.ville.referrals.get().uuid])
    assert [task for task in unit_desk_of(world.tarja).tasks if task.client == world.ville] == []


def kinds(user):
    return {kind.key: [slip.client for slip in kind.slips] for kind in unit_desk_of(user).slips}


@pytest.mark.step(7)
def test_a_referral_not_answered_in_time_slips(world):
    sent = clock.day_of(world.ville.referrals.get().sent_at)
    world.on(sent + timedelta(days=7))
    assert "referral" not in kinds(world.leena)
    world.on(sent + timedelta(days=14))
    assert kinds(world.leena)["referral"] == [world.ville]
    assert "referral" not in kinds(world.tarja)


@pytest.mark.step(8)
def test_a_reservation_slips_in_the_week_before_it_lapses(world):
    until = world.ville.assignments.get(part="responsible").reserved_until
    world.on(until - timedelta(days=8))
    assert "reservation" not in kinds(world.leena)
    world.on(until - timedelta(days=7))
    assert kinds(world.leena)["reservation"] == [world.ville]


@pytest.mark.step(12)
def test_a_decision_that_runs_out_slips_until_the_end_is_written(world):
    world.on(date(2026, 6, 20))
    assert "decision" not in kinds(world.leena)
    world.on(date(2026, 6, 21))
    assert kinds(world.leena)["decision"] == [world.ville]
    Rehabilitation.objects.filter(client=world.ville).update(
        ended_on=date(2026, 6, 21), end_reason="goals_met"
    )
    assert "decision" not in kinds(world.leena)


# The adviser


@pytest.mark.step(1)
def test_the_adviser_sees_how_many_wait_for_each_deed_and_whose_limit_is_next(world, client):
    client.force_login(world.pia)
    context = client.get(START, follow=True).context
    assert [number for _name, number in context["counts"]] == [1, 0, 0]
    assert context["next"].matter.client == world.ville


# The administrator


def test_what_is_in_order_is_not_told(world):
    kinds = set(DelegationRule.objects.values_list("kind", flat=True))
    for kind in set(DelegationRule.Kind.values) - kinds:
        DelegationRule.objects.create(
            kind=kind, title="head", max_months=3, source="§", during=span(date(2020, 1, 1))
        )
    found = upkeep()
    assert (found.posts, found.rules, found.values) == ([], [], [])


def test_a_post_that_ends_within_thirty_days_is_told(world):
    post = Post.objects.get(user=world.hanna)
    for days, told in ((31, []), (30, [str(post)]), (0, [str(post)])):
        Post.objects.filter(pk=post.pk).update(
            during=span(date(2020, 1, 1), clock.today() + timedelta(days=days))
        )
        assert [thing.title for thing in upkeep().posts] == told


def test_a_unit_is_leaderless_when_its_leaders_post_has_ended(world):
    assert str(world.west) not in {thing.title for thing in upkeep().leaderless}
    Post.objects.filter(user=world.leena).update(
        during=span(date(2020, 1, 1), clock.today() - timedelta(days=1))
    )
    assert {str(world.west), str(world.team)} <= {thing.title for thing in upkeep().leaderless}
    assert str(world.east) not in {thing.title for thing in upkeep().leaderless}


def test_a_value_that_is_missing_or_ends_with_nothing_after_it_is_told(world):
    row = Value.objects.get(key=Value.Key.RHYTHM_DAYS)
    last = clock.today() + timedelta(days=10)
    Value.objects.filter(pk=row.pk).update(during=span(date(2020, 1, 1), last))
    assert [thing.ends for thing in upkeep().values] == [last]
    Value.objects.create(key=row.key, value=7, source="x", during=span(last + timedelta(days=1)))
    assert upkeep().values == []
    Value.objects.filter(key=row.key).delete()
    assert [thing.ends for thing in upkeep().values] == [None]


def test_the_administrator_reads_no_client(world, client):
    client.force_login(world.antti)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(START).status_code == 200
    assert [query["sql"] for query in asked if '"clients_' in query["sql"]] == []
    print(f"administrator: {len(asked)} queries")  # noqa: T201 - read with pytest -s
    assert Group.objects.exists()
