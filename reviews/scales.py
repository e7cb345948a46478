"""Each goal on its scale from −2 to +2, with where it began and where each voice last saw it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import pgettext

from plans.forms.goal import signed
from plans.models import Goal, Rehabilitation
from plans.models.goal import LEVELS
from reviews.models import Rating
from soskuntoutus.ui.templatetags.ui import initials


@dataclass(frozen=True)
class Pin:
    """A mark on the scale: a letter to see, words to hear."""

    kind: str
    letter: str
    words: str


@dataclass(frozen=True)
class Level:
    """One level of a goal's scale."""

    number: str
    words: str
    expected: bool
    pins: tuple[Pin, ...]


@dataclass(frozen=True)
class Scale:
    """One goal, its five levels, and the day of the ratings that stand on them."""

    goal: Goal
    levels: tuple[Level, ...]
    rated_on: date | None

    @property
    def drawn(self) -> bool:
        """Whether the levels have words: without them there is nothing to measure by."""
        return bool(self.goal.levels)


def scales_of(rehabilitation: Rehabilitation, *, worker: str) -> list[Scale]:
    """The goals in force, each with its newest ratings; `worker` is who stands for the worker's voice."""
    goals = list(rehabilitation.goals.current())
    ratings = (
        Rating.objects.filter(goal__rehabilitation=rehabilitation).exclude(level=None).exclude(voice="shared")
    )
    by_line: dict[int, list[Rating]] = {}
    for rating in ratings.select_related("goal", "evaluation").order_by("evaluation__held_on"):
        line = by_line.setdefault(rating.goal.line, [])
        line[:] = [each for each in line if each.evaluation_id == rating.evaluation_id] + [rating]
    names = {"client": rehabilitation.client.first_names, "worker": worker}
    return [_scale(goal, by_line.get(goal.line, ()), names) for goal in goals]


def _scale(goal: Goal, ratings: Iterable[Rating], names: dict[str, str]) -> Scale:
    ratings = list(ratings)
    levels = tuple(
        Level(
            signed(level),
            goal.levels.get(str(level), ""),
            level == 0,
            tuple(_pins(goal, level, ratings, names)),
        )
        for level in LEVELS
    )
    return Scale(goal, levels, ratings[0].evaluation.held_on if ratings else None)


def _pins(goal: Goal, level: int, ratings: list[Rating], names: dict[str, str]):
    if goal.baseline == level:
        yield Pin(
            "base", pgettext("letter for the level at the start", "S"), pgettext("level", "at the start")
        )
    for rating in ratings:
        if rating.level == level:
            name = names[rating.voice]
            yield Pin(
                rating.voice, initials(name)[:1], pgettext("level", "rated by %(name)s") % {"name": name}
            )
