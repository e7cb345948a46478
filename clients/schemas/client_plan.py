"""Client plan within services for people of working age (15020): SHL 39 §."""

from django.utils.translation import gettext_lazy as _

from clients.schemas.fields import (
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

CLIENT_PLAN = register(
    Schema(
        kind="client_plan",
        title=_("Client plan within services for people of working age"),
        code="1506.15020",
        permission=Permission.PLAN,
        per_client=True,
        sections=(
            Section(
                _("The meeting"),
                (
                    Field("met_on", _("Date of the meeting"), DATE, always, carried=False),
                    Field("participants", _("Participants"), TEXT, always),
                ),
            ),
            Section(
                _("The situation"),
                (
                    Field("strengths", _("Strengths and resources"), LONG),
                    Field("situation", _("Description of the client's situation"), LONG),
                    Field("client_assessment", _("The client's assessment of the support"), VOICE, always),
                    Field(
                        "professional_assessment",
                        _("The professional's assessment of the support"),
                        LONG,
                        always,
                    ),
                ),
            ),
            Section(
                _("Goals and services"),
                (
                    Field("goals", _("Goals to be set"), VOICE, always),
                    Field("services", _("Services"), LONG),
                    Field("other_activity", _("Other rehabilitating activity that is not a service"), LONG),
                    Field(
                        "responsibilities",
                        _("Service providers taking part and their responsibilities"),
                        LONG,
                    ),
                    Field("own_worker_meetings", _("Meetings of the client and the own worker"), TEXT),
                ),
            ),
            Section(
                _("Rights and agreement"),
                (
                    Field(
                        "rights_explained",
                        _("The client has been told about rights, duties and alternatives"),
                        YES_NO,
                        always,
                    ),
                    Field("rights_how", _("How it was told"), TEXT, when("rights_explained")),
                    Field("rights_reason", _("Why it was not told"), LONG, when("rights_explained", False)),
                    Field("disagreements", _("Differing views"), LONG),
                    Field("review_on", _("Client plan is reviewed on"), DATE, always, carried=False),
                ),
            ),
            Section(
                _("Looking back"),
                (
                    Field(
                        "evaluation",
                        _("How the goals of the previous plan were reached"),
                        LONG,
                        carried=False,
                    ),
                ),
                help=_("From the second version on."),
            ),
        ),
    )
)
