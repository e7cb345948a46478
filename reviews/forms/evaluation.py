"""The evaluation of a period: the paper by its schema, and for each goal a ballot in two voices."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from clients.forms.document import DocumentForm
from plans.models import Goal
from plans.models.goal import LEVELS
from plans.scales import signed
from reviews import gas
from reviews.models import Rating
from reviews.schemas import EVALUATION
from soskuntoutus.ui.forms import BoundField, TextField, VoiceField
from soskuntoutus.ui.widgets import Picks, Words

VOICES = tuple(Rating.Voice)
SPOKEN = (Rating.Voice.CLIENT, Rating.Voice.WORKER)


@dataclass(frozen=True)
class Vote:
    """One round or square to tick: this voice at this level."""

    name: str
    value: int
    id: str
    chosen: bool
    label: str


@dataclass(frozen=True)
class Row:
    """One level of a goal, from the best down: its words, and a place for each voice."""

    sign: str
    words: str
    expected: bool
    base: bool
    votes: Sequence[Vote]


@dataclass(frozen=True)
class Ballot:
    """One goal as it is evaluated together."""

    goal: Goal
    rows: Sequence[Row]
    client_words: BoundField
    worker_words: BoundField
    shared: BoundField
    levels: Mapping[str, int | None]

    @property
    def gap(self) -> int:
        """How many steps apart the two voices are."""
        client, worker = (self.levels[voice] for voice in SPOKEN)
        return 0 if client is None or worker is None else abs(client - worker)

    @property
    def agreed(self) -> str:
        """The level agreed on, in writing, or nothing."""
        level = self.levels[Rating.Voice.SHARED]
        return "" if level is None else signed(level)


class EvaluationForm(DocumentForm):
    """Nothing is required of a draft; what both voices ticked and said stays as they left it."""

    def __init__(
        self,
        goals: Sequence[Goal],
        data: Mapping[str, Any] | None = None,
        *,
        initial: dict,
        names: tuple[str, str],
    ):
        super().__init__(EVALUATION, data, initial=initial)
        self.goals, self.names = goals, dict(zip(SPOKEN, names, strict=True))
        kept = initial.get("ratings", {})
        for goal in goals:
            self._add(goal, kept.get(str(goal.uuid), {}))
        self._asked = {
            _name(goal, part) for goal in goals for part in (*VOICES, "client_words", "worker_words")
        }

    def _add(self, goal: Goal, kept: dict) -> None:
        for voice in VOICES:
            self.fields[_name(goal, voice)] = forms.TypedChoiceField(
                label=gettext_lazy("Rating agreed on together"),
                choices=[(level, signed(level)) for level in LEVELS],
                coerce=int,
                empty_value=None,
                required=False,
                initial=kept.get(voice),
                widget=Picks(layout="seg5"),
            )
        self.fields[_name(goal, "client_words")] = VoiceField(
            label=gettext_lazy("In the client's own words"), required=False, initial=kept.get("client_words")
        )
        self.fields[_name(goal, "worker_words")] = TextField(
            label=pgettext_lazy("evaluation", "What the worker has seen"),
            required=False,
            initial=kept.get("worker_words"),
            widget=Words(short=True),
        )

    def clean(self):
        typed = super().clean() or self.cleaned_data
        self._cast = {name: typed.pop(name, None) for name in self._asked}
        return typed

    def content(self) -> dict:
        """The paper, with the ballot in it: what is signed is the whole of what was said."""
        content = super().content()
        if self.is_bound:
            content["ratings"] = {str(goal.uuid): self._said_of(goal) for goal in self.goals}
        return content

    def _said_of(self, goal: Goal) -> dict:
        said = {voice.value: self._cast[_name(goal, voice)] for voice in VOICES}
        words = {part: self._cast[_name(goal, part)] or "" for part in ("client_words", "worker_words")}
        return {"line": goal.line, "client_goal": goal.client_words, **said, **words}

    def ratings(self) -> list[dict]:
        """What the evaluation stores: every goal in every voice, also where nothing was agreed on."""
        said = self.content().get("ratings", {})
        return [
            {
                "goal": goal,
                "voice": voice,
                "level": said[str(goal.uuid)][voice],
                "words": said[str(goal.uuid)].get(f"{voice}_words", ""),
            }
            for goal in self.goals
            for voice in VOICES
        ]

    @property
    def sections(self):
        """The schema's own; the ballot is drawn apart."""
        asked = getattr(self, "_asked", set())
        return [
            section for section in super().sections if not any(row[0].name in asked for row in section.rows)
        ]

    def ballots(self) -> list[Ballot]:
        """The goals as they stand on the page, with what has been ticked."""
        return [self._ballot(goal) for goal in self.goals]

    def _ballot(self, goal: Goal) -> Ballot:
        levels = {voice: _level(self[_name(goal, voice)].value()) for voice in VOICES}
        return Ballot(
            goal,
            [self._row(goal, level, levels) for level in reversed(LEVELS)],
            self[_name(goal, "client_words")],
            self[_name(goal, "worker_words")],
            self[_name(goal, Rating.Voice.SHARED)],
            levels,
        )

    def _row(self, goal: Goal, level: int, levels: Mapping[str, int | None]) -> Row:
        votes = [
            Vote(
                name=_name(goal, voice),
                value=level,
                id=f"id_{_name(goal, voice)}_{level}",
                chosen=levels[voice] == level,
                label=f"{self.names[voice]}: {signed(level)}",
            )
            for voice in SPOKEN
        ]
        return Row(signed(level), goal.levels.get(str(level), ""), level == 0, level == goal.baseline, votes)

    def score(self) -> "Score":
        """The figure of the ratings agreed on so far."""
        shared = [ballot.levels[Rating.Voice.SHARED] for ballot in self.ballots()]
        return Score.of([goal.weight for goal in self.goals], shared, [goal.baseline for goal in self.goals])


@dataclass(frozen=True)
class Score:
    """The goals as one figure (GAS), once each of them has a level agreed on."""

    rated: int
    goals: int
    value: Decimal | None
    baseline: Decimal | None

    @classmethod
    def of(
        cls, weights: Sequence[int], levels: Sequence[int | None], baselines: Sequence[int | None]
    ) -> "Score":
        """No figure for a part of the goals: it would measure something else."""
        return cls(
            rated=sum(level is not None for level in levels),
            goals=len(levels),
            value=None if None in levels else gas.t_score(levels, weights),
            baseline=None if None in baselines else gas.t_score(baselines, weights),
        )

    @property
    def in_words(self) -> str:
        """How many of the goals have been agreed on."""
        return _("%(rated)d / %(goals)d goals") % {"rated": self.rated, "goals": self.goals}


def score_of(ratings: Iterator[Rating] | Sequence[Rating]) -> Score:
    """The figure of a completed evaluation."""
    shared = [rating for rating in ratings if rating.voice == Rating.Voice.SHARED]
    goals = [rating.goal for rating in shared]
    return Score.of(
        [goal.weight for goal in goals],
        [rating.level for rating in shared],
        [goal.baseline for goal in goals],
    )


def _name(goal: Goal, part: str) -> str:
    return f"goal_{goal.line}_{part}"


def _level(value: object) -> int | None:
    """A level as ticked or as kept; anything else is nobody's level."""
    return next((level for level in LEVELS if str(level) == str(value)), None)
