"""No hidden figure can be worked out: every small month is tried, by a reader who knows the program by heart."""

from collections import defaultdict
from itertools import product

import pytest

from reviews.disclosure import LEAST, Flow, hidden_of_flow, hidden_of_parts
from reviews.figures import HIDDEN_WITH_A_SMALL_ONE

SMALL = 9


def told_of_parts(parts, order):
    """What the page tells of parts and their sum."""
    hidden = hidden_of_parts(parts, order)
    total = sum(parts)
    return (
        *(None if place in hidden else part for place, part in enumerate(parts)),
        total if total >= LEAST else None,
    )


def told_of_months(opening, months):
    """What the page tells of consecutive months, the turn before the first one unknown."""
    told, active, opening_hidden = [], opening, False
    for new, ended in months:
        active += new - ended
        hidden = hidden_of_flow(Flow(new, ended, active), opening_hidden=opening_hidden)
        opening_hidden = "active" in hidden
        values = {"new": new, "ended": ended, "active": active}
        told.append(tuple(None if row in hidden else value for row, value in values.items()))
    return tuple(told)


def narrowed(worlds, told, cells):
    """By what the page tells: the values that each hidden cell has in the worlds in which it tells just that."""
    possible = defaultdict(lambda: defaultdict(set))
    for world in worlds:
        page = told(world)
        for place, value in cells(world):
            possible[page][place].add(value)
    return possible


def hidden_places(page):
    flat = [value for row in page for value in row] if page and isinstance(page[0], tuple) else page
    return [place for place, value in enumerate(flat) if value is None]


@pytest.mark.parametrize("order", [HIDDEN_WITH_A_SMALL_ONE, (0, 1, 2, 3), (3, 2, 1, 0)])
def test_a_hidden_age_class_keeps_five_values_for_whoever_knows_the_program(order):
    possible = narrowed(
        product(range(20), repeat=4),
        lambda parts: told_of_parts(parts, order),
        lambda parts: enumerate((*parts, sum(parts))),
    )
    pages = {told_of_parts(parts, order) for parts in product(range(SMALL), repeat=4)}
    narrow = [page for page in pages for place in hidden_places(page) if len(possible[page][place]) < LEAST]
    assert narrow == []
    assert any(hidden_places(page) for page in pages)


def worlds_of(months, openings, numbers):
    for opening in range(openings):
        for flow in product(product(range(numbers), repeat=2), repeat=months):
            if all(active >= 0 for active in turns(opening, flow)):
                yield opening, flow


def turns(opening, flow):
    active = opening
    for new, ended in flow:
        active += new - ended
        yield active


def cells_of(world):
    opening, flow = world
    rows = [
        value
        for (new, ended), active in zip(flow, turns(opening, flow), strict=True)
        for value in (new, ended, active)
    ]
    return enumerate(rows)


@pytest.mark.parametrize(("months", "large", "small"), [(1, 16, SMALL), (2, 12, 7)])
def test_a_hidden_month_keeps_five_values_also_beside_the_months_around_it(months, large, small):
    possible = narrowed(worlds_of(months, 20, large), lambda world: told_of_months(*world), cells_of)
    pages = {told_of_months(*world) for world in worlds_of(months, small, small)}
    narrow = [page for page in pages for place in hidden_places(page) if len(possible[page][place]) < LEAST]
    assert narrow == []


def test_nought_is_hidden_like_one_to_four():
    assert {hidden_of_parts((value, 20, 20, 20), HIDDEN_WITH_A_SMALL_ONE) for value in range(5)} == {
        frozenset({0, 1})
    }
    assert hidden_of_parts((5, 20, 20, 20), HIDDEN_WITH_A_SMALL_ONE) == frozenset()


def test_where_nothing_is_small_nothing_is_hidden():
    assert hidden_of_flow(Flow(5, 5, 5), opening_hidden=False) == frozenset()


def test_a_program_that_hides_only_the_small_ones_is_caught_by_the_same_reader():
    worlds = list(product(range(12), repeat=2))

    def careless(parts):
        return (*(part if part >= LEAST else None for part in parts), sum(parts))

    possible = narrowed(worlds, careless, enumerate)
    assert any(len(possible[careless(parts)][0]) < LEAST for parts in worlds if parts[0] < LEAST <= parts[1])
