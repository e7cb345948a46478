"""Which unit is part of which. There are a few dozen units, so the whole is read at once."""

from collections.abc import Iterable


class Tree:
    """The units by their keys: key and parent's key, in the order in which siblings stand."""

    def __init__(self, parents: Iterable[tuple[int, int | None]]):
        self._parents = dict(parents)

    def path(self, unit: int) -> list[int]:
        """The unit and all that it is part of, nearest first."""
        found = []
        while unit is not None and unit not in found:
            found.append(unit)
            unit = self._parents.get(unit)
        return found

    def below(self, tops: set[int]) -> set[int]:
        """These units and everything that is part of them."""
        return {unit for unit in self._parents if tops.intersection(self.path(unit))}

    def in_line(self, one: int, other: int) -> bool:
        """Whether one is the other, above it or below it."""
        return one in self.path(other) or other in self.path(one)

    def depth(self, unit: int) -> int:
        """How many units this one is part of."""
        return len(self.path(unit)) - 1

    def in_order(self) -> list[int]:
        """Every unit after the one it is part of."""
        places = {unit: place for place, unit in enumerate(self._parents)}
        return sorted(self._parents, key=lambda unit: [places[above] for above in reversed(self.path(unit))])
