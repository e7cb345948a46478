"""Papers of looking back: evaluation of a period (15021), and the summary at the end (16009)."""

from collections.abc import Iterator
from operator import itemgetter

from django.utils.translation import gettext_lazy as _

from clients.schemas.fields import (
    CHOICE,
    DATE,
    LONG,
    TEXT,
    VOICE,
    YES_NO,
    Field,
    Schema,
    Section,
    always,
    register,
    when,
)
from plans.scales import signed
from soskuntoutus.organisation.roles import Permission

PROPOSALS = (
    ("continue", _("Go on with a new period")),
    ("end", _("End the rehabilitation")),
    ("change", _("Go on another way")),
)
VOICES = {
    "client": _("The client: %(level)s."),
    "worker": _("The worker: %(level)s."),
    "shared": _("Agreed on together: %(level)s."),
}


def ballot_in_words(ratings: dict[str, dict]) -> list[str]:
    """Goal by goal, where each voice put it, what they said, and what they agreed on."""
    in_order = sorted(ratings.values(), key=itemgetter("line"))
    return [" ".join(_goal_in_words(said)) for said in in_order]


def _goal_in_words(said: dict) -> Iterator[str]:
    yield _("Goal: “%(goal)s”.") % {"goal": said["client_goal"]}
    for voice, sentence in VOICES.items():
        level = said.get(voice)
        yield sentence % {"level": "–" if level is None else signed(level)}
        if words := said.get(f"{voice}_words"):
            yield f"“{words}”"


EVALUATION = register(
    Schema(
        kind="evaluation",
        title=_("Evaluation of a period"),
        code="1506.15021",
        permission=Permission.EVALUATE,
        sections=(
            Section(
                _("The meeting"),
                (
                    Field("held_on", _("Date of the evaluation"), DATE, always),
                    Field("client_present", _("The client took part"), YES_NO, always),
                    Field(
                        "absence_reason",
                        _("Why the client did not take part"),
                        LONG,
                        when("client_present", False),
                    ),
                    Field("participants", _("Participants"), TEXT, always),
                ),
            ),
            Section(
                _("What came of it"),
                (
                    Field("client_words", _("In the client's own words"), VOICE),
                    Field("ratings", _("The goals one by one"), typed=False, told=ballot_in_words),
                    Field("words", _("How the goals were reached"), LONG, always),
                    Field("helped", _("What helped"), LONG),
                ),
            ),
            Section(
                _("How it goes on"),
                (
                    Field("proposal", _("Proposal"), CHOICE, always, choices=PROPOSALS),
                    Field("reasons", _("Reasons for the proposal"), LONG, always),
                ),
            ),
        ),
    )
)
