"""Which figures stay hidden, so that no hidden one can be worked out from those that are told (domain.md 7.2).

Whoever reads the page also reads this file. So what is hidden follows from positions and public sums alone, never
from which number is the smallest, and a hidden figure keeps at least five possible values for them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

LEAST = 5
"""The smallest figure that is told. Nought is hidden like one to four: told, it would leave the others four values."""


@dataclass(frozen=True)
class Flow:
    """A month of the service: who came, who left, and who was there when the month turned."""

    new: int
    ended: int
    active: int


def is_small(value: int) -> bool:
    """Whether so few people are counted that the figure could tell of one of them."""
    return value < LEAST


def hidden_of_parts(parts: Sequence[int], also_hide: Sequence[int]) -> frozenset[int]:
    """The places of the parts to hide beside their told sum; all of them where the sum itself is small.

    A small part takes the first part in the order of `also_hide` with it, and the next one as long as what is hidden
    together is under nine: from nine on each of two keeps five values.
    """
    if is_small(sum(parts)):
        return frozenset(range(len(parts)))
    hidden = {place for place, part in enumerate(parts) if is_small(part)}
    if not hidden:
        return frozenset()
    for number, place in enumerate([place for place in also_hide if place not in hidden]):
        if number and sum(parts[each] for each in hidden) >= 2 * LEAST - 1:
            break
        hidden.add(place)
    return frozenset(hidden)


def hidden_of_flow(month: Flow, *, opening_hidden: bool) -> frozenset[str]:
    """The figures of a month to hide, knowing that active = active a month ago + new − ended.

    New and ended hide each other, for their difference is told by the turns of the month. Where a turn is hidden they
    are hidden on both sides of it, or they would tell it.
    """
    hidden = {"active"} if is_small(month.active) else set()
    if hidden or opening_hidden or is_small(month.new) or is_small(month.ended):
        hidden |= {"new", "ended"}
    return frozenset(hidden)
