"""Ville's path by the verbs themselves."""

import pytest

from soskuntoutus.demo import steps


@pytest.mark.parametrize("number", [0, 1, 5, 9, 13, 18])
def test_the_facts_tell_how_far_ville_has_come(at_step, number):
    at_step(number)
    assert steps.done() == number


@pytest.mark.step(9)
def test_nothing_a_test_does_stays(world):
    world.do(10)
    assert steps.done() == 10
    world.go(9)
    assert steps.done() == 9
