"""Each goal on its scale from −2 to +2: where it began, and where each voice last saw it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from clients.models import Client
from plans.models import Goal
from plans.models.goal import LEVELS

Placed = tuple[int, int, str, int, date]
"""One rating: the rehabilitation's key, the goal's line, the voice, the level, the day of the evaluation."""


@dataclass(frozen=True)
class Pin:
    """Who stands on a level: a letter to see, words to hear."""

    kind: str
    letter: str
    words: str


@dataclass(frozen=True)
class Level:
    """One of the five levels: its sign, what it means for this goal, and who stands on it."""

    sign: str
    words: str
    expected: bool
    pins: Sequence[Pin]


@dataclass(frozen=True)
class Scale:
    """One goal, its five levels, and the day of the ratings that stand on them."""

    goal: Goal
    levels: Sequence[Level]
    rated_on: date | None

    @property
    def drawn(self) -> bool:
        """Whether there is anything to draw: words for the levels, a beginning, or a rating."""
        return bool(self.goal.levels or self.goal.baseline is not None or self.rated_on)


@dataclass
class _Rated:
    """What one evaluation said of a goal."""

    held_on: date | None = None
    levels: dict[str, int] = field(default_factory=dict)


def signed(level: int) -> str:
    """−2, 0, +1: as levels are written."""
    return f"−{-level}" if level < 0 else f"+{level}" if level else "0"


def scales_of(goals: Iterable[Goal], ratings: Iterable[Placed], client: Client) -> list[Scale]:
    """The goals in their order, each with what its newest evaluation said; the ratings come oldest first."""
    newest: dict[tuple[int, int], _Rated] = {}
    for rehabilitation, line, voice, level, held_on in ratings:
        rated = newest.setdefault((rehabilitation, line), _Rated())
        if rated.held_on != held_on:
            rated.held_on, rated.levels = held_on, {}
        rated.levels[voice] = level
    nothing = _Rated()
    return [_scale(goal, newest.get((goal.rehabilitation_id, goal.line), nothing), client) for goal in goals]


def _scale(goal: Goal, rated: _Rated, client: Client) -> Scale:
    pins = _pins(goal, rated.levels, client)
    levels = [
        Level(signed(level), goal.levels.get(str(level), ""), level == 0, pins[level]) for level in LEVELS
    ]
    return Scale(goal, levels, rated.held_on)


def _pins(goal: Goal, rated: Mapping[str, int], client: Client) -> dict[int, list[Pin]]:
    places = [
        (goal.baseline, Pin("base", pgettext("pin", "S"), _("level at the start"))),
        (rated.get("client"), Pin("client", client.first_names[:1], _("the client's view"))),
        (rated.get("worker"), Pin("worker", pgettext("pin", "W"), _("the worker's view"))),
    ]
    return {level: [pin for at, pin in places if at == level] for level in LEVELS}
