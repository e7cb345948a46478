"""Every situation of a client's way from contact to closing; the first one that holds is the next step."""

from collections.abc import Callable, Sequence

from reviews.facts import Facts
from reviews.next_step import NextStep
from reviews.situations import afterwards, intake, preparation, rehabilitation

Situation = Callable[[Facts], NextStep | None]


def next_step_of(facts: Facts) -> NextStep | None:
    """The one next step, or nothing for a client without a matter."""
    if facts.matter is None:
        return None
    return next(step for situation in _phase(facts) if (step := situation(facts)))


def _phase(facts: Facts) -> Sequence[Situation]:
    """The situations that may hold at this point of the way; the last of each phase always does."""
    if facts.matter.closed_on or facts.ended_on:
        return afterwards.SITUATIONS
    if facts.running:
        return rehabilitation.SITUATIONS
    if facts.assessment:
        return preparation.SITUATIONS
    return intake.ASSESSMENT if facts.matter.taken_at else intake.CONTACT
