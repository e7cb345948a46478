"""Every situation of a client's way from contact to closing; the first one that holds is the next step."""

from reviews.facts import Facts
from reviews.next_step import NextStep
from reviews.situations import afterwards, intake, preparation, rehabilitation

SITUATIONS = (
    *intake.SITUATIONS,
    *afterwards.SITUATIONS,
    *rehabilitation.SITUATIONS,
    *preparation.SITUATIONS,
)


def next_step_of(facts: Facts) -> NextStep | None:
    """The one next step, or nothing for a client without a matter."""
    if facts.matter is None:
        return None
    return next(step for situation in SITUATIONS if (step := situation(facts)))
