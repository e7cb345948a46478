"""What must hold of evaluations, ratings and what follows, and who writes of them (HEL-6, HEL-15)."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from clients.models import Document
from reviews.models import Evaluation, FollowOn, FollowUp, Rating
from soskuntoutus import clock
from soskuntoutus.demo import words
from soskuntoutus.organisation.models import Code
from tests.refusals import both_accept, both_refuse, refused

DAY = date(2026, 7, 9)


def rehabilitation(world):
    return world.ville.rehabilitations.filter(started_on__isnull=False).get()


def evaluation(world) -> Evaluation:
    return rehabilitation(world).current_period.evaluation


def complete(world, by=None, ratings=(), **content) -> Evaluation:
    facts = {"matter": world.ville.matters.get(), "content": {**words.EVALUATION, **content}}
    paper = Document(client=world.ville, kind="evaluation", language="fi", created_by=world.niklas, **facts)
    period = rehabilitation(world).current_period
    return Evaluation.complete(document=paper, period=period, ratings=list(ratings), by=by or world.niklas)


# The rows


@pytest.mark.step(13)
def test_a_period_is_evaluated_with_the_client_or_with_a_reason(world):
    row = evaluation(world)
    both_refuse("evaluation_with_the_client_or_a_reason", row, client_present=False)
    both_accept(row, absence_reason="Ei halunnut tulla.")


@pytest.mark.step(13)
def test_each_voice_rates_a_goal_once(world):
    first = evaluation(world).ratings.filter(voice="client").first()
    facts = {"evaluation": first.evaluation, "goal": first.goal, "level": 1}
    both_refuse("rating_one_per_voice", Rating(**facts, voice="client"))


@pytest.mark.step(13)
@pytest.mark.parametrize(("beyond", "last"), [(-3, -2), (3, 2)])
def test_a_rating_is_on_the_scale(world, beyond, last):
    row = evaluation(world).ratings.first()
    both_refuse("rating_on_the_scale", row, level=beyond)
    both_accept(row, level=last)


@pytest.mark.step(14)
def test_what_follows_says_what_was_agreed(world):
    row = rehabilitation(world).follow_ons.get()
    both_refuse("follow_on_says_what_was_agreed", row, description="")


# T19: the evaluation


@pytest.mark.step(12)
@pytest.mark.parametrize("who", ["eeva", "leena"])
def test_only_someone_who_works_with_the_client_evaluates(world, who):
    world.on(DAY)
    assert refused(complete, world=world, by=getattr(world, who)) == {"not_assigned"}
    assert complete(world).period.evaluated_on == DAY


@pytest.mark.step(12)
def test_an_evaluation_that_was_not_held_yet_is_not_signed(world):
    assert refused(complete, world=world) == {"held_on"}


@pytest.mark.step(12)
def test_an_evaluation_is_not_held_before_its_period(world):
    world.on(DAY)
    assert refused(complete, world=world, held_on="2026-04-12") == {"held_on"}
    assert complete(world, held_on="2026-04-13")


@pytest.mark.step(12)
def test_a_goal_of_another_rehabilitation_is_not_rated(world):
    other = rehabilitation(world)
    goal = other.goals.first()
    other.pk, other.uuid, other.started_on = None, type(other)().uuid, None
    other.ended_on, other.end_reason = DAY, "not_granted"
    both_accept(other)
    goal.pk, goal.uuid, goal.rehabilitation = None, type(goal)().uuid, other
    both_accept(goal)
    world.on(DAY)
    ratings = [{"goal": goal, "voice": "client", "level": 0}]
    assert refused(complete, world=world, ratings=ratings) == {"__all__"}
    assert not Evaluation.objects.exists()


@pytest.mark.step(12)
def test_a_team_member_does_not_evaluate(world):
    world.niklas.posts.update(title="team_member")
    with pytest.raises(PermissionDenied):
        complete(world)


@pytest.mark.step(13)
def test_a_period_is_evaluated_once(world):
    assert refused(complete, world=world) == {"period"}


# T21: what follows


def propose(world, by=None, description=words.FOLLOW_ON) -> FollowOn:
    service = Code.objects.valid(Code.System.FOLLOW_ON_SERVICE).get(value="2")
    facts = {"rehabilitation": rehabilitation(world), "service": service}
    return FollowOn.propose(**facts, description=description, by=by or world.niklas)


@pytest.mark.step(13)
@pytest.mark.parametrize("who", ["eeva", "leena"])
def test_only_someone_who_works_with_the_client_proposes_what_follows(world, who):
    assert refused(propose, world=world, by=getattr(world, who)) == {"not_assigned"}


@pytest.mark.step(13)
def test_a_proposal_says_what_was_agreed(world):
    assert refused(propose, world=world, description="") == {"__all__"}


@pytest.mark.step(13)
@pytest.mark.parametrize("who", ["eeva", "leena"])
def test_only_someone_who_works_with_the_client_records_the_meeting(world, who):
    row = propose(world)
    facts = {"met_on": clock.today(), "words": words.MEETING}
    assert refused(row.meet, **facts, by=getattr(world, who)) == {"not_assigned"}
    assert row.meet(**facts, by=world.niklas).met_on


@pytest.mark.step(13)
def test_a_meeting_to_come_is_not_recorded(world):
    tomorrow = clock.today() + clock.ONE_DAY
    assert refused(propose(world).meet, met_on=tomorrow, words="", by=world.niklas) == {"met_on"}


# T24: the follow-up


def follow_up(world, by=None) -> FollowUp:
    facts = {"rehabilitation": rehabilitation(world), "attached": "yes", "words": words.FOLLOW_UP}
    return FollowUp.make(**facts, by=by or world.sanna)


@pytest.mark.step(17)
@pytest.mark.parametrize("who", ["niklas", "eeva", "leena"])
def test_only_the_own_worker_makes_the_follow_up(world, who):
    assert refused(follow_up, world=world, by=getattr(world, who)) == {"own_worker"}
    assert follow_up(world).attached == "yes"


@pytest.mark.step(14)
def test_a_service_that_runs_is_not_followed_up(world):
    assert refused(follow_up, world=world) == {"running"}


@pytest.mark.step(17)
@pytest.mark.parametrize(("attached", "answer"), [("yes", True), ("no", False), ("unknown", None)])
def test_the_follow_up_tells_whether_the_client_takes_part(world, attached, answer):
    facts = {"rehabilitation": rehabilitation(world), "attached": attached, "words": "Soitettiin."}
    FollowUp.make(**facts, by=world.sanna)
    assert rehabilitation(world).follow_ons.get().attached_at_3m is answer
