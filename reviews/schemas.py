"""Papers of looking back: evaluation of a period (15021), and the summary at the end (16009)."""

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
from soskuntoutus.organisation.roles import Permission

PROPOSALS = (
    ("continue", _("Go on with a new period")),
    ("end", _("End the rehabilitation")),
    ("change", _("Go on another way")),
)

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
