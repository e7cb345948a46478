"""The figure of goal attainment against the computed tables (domain.md 6.1)."""

from decimal import ROUND_HALF_EVEN, Decimal

import pytest

from reviews.forms.evaluation import Score
from reviews.gas import t_score

EVEN = [
    (1, ["30.00", "40.00", "50.00", "60.00", "70.00"]),
    (2, ["25.19", "37.60", "50.00", "62.40", "74.81"]),
    (3, ["22.61", "36.31", "50.00", "63.69", "77.39"]),
    (4, ["20.98", "35.49", "50.00", "64.51", "79.02"]),
    (5, ["19.85", "34.92", "50.00", "65.08", "80.15"]),
    (6, ["19.02", "34.51", "50.00", "65.49", "80.98"]),
]
MIXED = [
    ([-1, 0, 1], None, "50.00"),
    ([0, 0, 1], None, "54.56"),
    ([1, 1, 0], None, "59.13"),
    ([-2, -2, -1], None, "27.18"),
    ([2, 1, 0], None, "63.69"),
    ([1, 0, -1, 2], None, "57.25"),
    ([0, 1], None, "56.20"),
    ([1, 0, -1], [3, 2, 1], "54.41"),
    ([2, -1], [9, 4], "62.86"),
]


def shown(value):
    return str(value.quantize(Decimal("0.01"), ROUND_HALF_EVEN))


@pytest.mark.parametrize(("goals", "expected"), EVEN)
def test_equal_weights_give_the_figures_of_the_table(goals, expected):
    assert [shown(t_score([level] * goals)) for level in range(-2, 3)] == expected


@pytest.mark.parametrize(("levels", "weights", "expected"), MIXED)
def test_mixed_levels_and_weights_give_the_computed_figures(levels, weights, expected):
    assert shown(t_score(levels, weights)) == expected


def test_without_goals_there_is_no_figure_and_never_fifty():
    assert t_score([]) is None


@pytest.mark.parametrize(("levels", "weights"), [([3], None), ([0], [0]), ([0, 1], [1])])
def test_levels_off_the_scale_and_weights_that_do_not_fit_are_refused(levels, weights):
    with pytest.raises(ValueError, match=r"weight|Levels"):
        t_score(levels, weights)


def test_a_part_of_the_goals_gives_no_figure():
    part = Score.of([1, 1, 1], [0, None, 1], [-2, -1, -1])
    assert (part.rated, part.goals, part.value) == (2, 3, None)
    assert shown(part.baseline) == "31.74"


def test_the_last_goal_agreed_on_gives_the_figure():
    assert shown(Score.of([1, 1, 1], [0, 0, 1], [-2, -1, -1]).value) == "54.56"


def test_a_goal_without_a_level_at_the_start_gives_no_figure_for_the_start():
    assert Score.of([1, 1], [0, 0], [-2, None]).baseline is None
