"""Goals are the client's own, reachable, and refined by versions (HEL-4, HEL-5, NOSTE-10)."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from plans.models import Goal
from tests.plans.ready import GOAL
from tests.refusals import both_accept, both_refuse, refused

TARGET = date(2026, 7, 9)

pytestmark = pytest.mark.step(8)


def goal(world) -> Goal:
    return world.ville.rehabilitations.get().goals.get(line=1)


def put(world, by=None, **facts) -> Goal:
    of = {"rehabilitation": world.ville.rehabilitations.get(), "by": by or world.niklas}
    return Goal.put(**GOAL | {"target_on": TARGET} | facts, **of)


def test_a_version_of_a_goal_stands_once(world):
    twin = goal(world)
    twin.pk, twin.uuid = None, Goal().uuid
    both_refuse("goal_version_once", twin)
    both_accept(twin, version=2)


def test_a_goal_is_in_the_clients_words(world):
    both_refuse("goal_in_the_clients_words", goal(world), client_words="")


def test_spaces_are_no_words(world):
    assert refused(put, world=world, client_words="   ") == {"__all__"}


@pytest.mark.parametrize("level", [-3, 3])
def test_the_level_at_the_start_is_on_the_scale(world, level):
    both_refuse("goal_baseline_on_the_scale", goal(world), baseline=level)


@pytest.mark.parametrize("level", [-2, 2, None])
def test_the_ends_of_the_scale_are_on_it_and_no_level_is_none(world, level):
    both_accept(goal(world), baseline=level)


@pytest.mark.parametrize("weight", [0, 10])
def test_a_weight_is_one_to_nine(world, weight):
    both_refuse("goal_weight_one_to_nine", goal(world), weight=weight)
    both_accept(goal(world), weight=9)


@pytest.mark.parametrize("day", [date(2026, 4, 12), date(2027, 4, 13)])
def test_a_goal_is_not_reached_outside_the_service_at_its_longest(world, day):
    assert refused(put, world=world, target_on=day) == {"target_on"}


@pytest.mark.parametrize("day", [date(2026, 4, 13), date(2027, 4, 12)])
def test_a_goal_is_reached_on_the_first_or_the_last_possible_day(world, day):
    assert put(world, target_on=day).target_on == day


def test_a_goal_says_why_it_can_be_reached(world):
    assert refused(put, world=world, achievable="") == {"achievable"}


@pytest.mark.parametrize("who", ["eeva", "leena"])
def test_only_someone_who_works_with_the_client_writes_down_a_goal(world, who):
    assert refused(put, world=world, by=getattr(world, who)) == {"not_assigned"}


@pytest.mark.parametrize("who", ["eeva", "leena"])
def test_only_someone_who_works_with_the_client_refines_a_goal(world, who):
    assert refused(goal(world).refine, worker_words="Laskut", by=getattr(world, who)) == {"not_assigned"}


def test_only_the_newest_version_of_a_goal_is_refined(world):
    goal(world).refine(worker_words="Laskut", by=world.niklas)
    first = Goal.objects.get(rehabilitation=world.ville.rehabilitations.get(), line=1, version=1)
    assert refused(first.refine, worker_words="Laskut", by=world.niklas) == {"version"}


@pytest.mark.step(15)
def test_an_ended_rehabilitation_gets_no_new_goal(world):
    assert refused(put, world=world) == {"ended"}


def test_a_service_adviser_writes_down_no_goal(world):
    with pytest.raises(PermissionDenied):
        put(world, by=world.pia)
