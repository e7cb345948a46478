"""Client plan within services for people of working age (15020): SHL 39 §."""

from django.utils.translation import gettext_lazy as _

from clients.schemas.fields import (
    CODES,
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
from soskuntoutus.organisation.models import Code
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
                    Field("place", _("Place"), TEXT, carried=False),
                    Field("participants", _("Participants"), TEXT, always),
                ),
            ),
            Section(
                _("The situation"),
                (
                    Field("strengths", _("Strengths and resources"), LONG),
                    Field("situation", _("Description of the client's situation"), LONG),
                    Field(
                        "current_services",
                        _("Services that the client has at present"),
                        CODES,
                        system=Code.System.FOLLOW_ON_SERVICE,
                    ),
                    Field("supporting", _("Situation factors that support"), LONG),
                    Field("hindering", _("Situation factors that hinder"), LONG),
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
                    Field("method", _("Method"), TEXT),
                    Field("suggestion", _("The client's suggestion"), VOICE),
                    Field("starts_and_lasts", _("Estimated start and duration"), TEXT),
                    Field("other_activity", _("Other rehabilitating activity that is not a service"), LONG),
                    Field(
                        "responsibilities",
                        _("Service providers taking part and their responsibilities"),
                        LONG,
                    ),
                    Field("private_persons", _("Private persons taking part and their tasks"), LONG),
                    Field("own_worker_meetings", _("Meetings of the client and the own worker"), TEXT),
                    Field("expected_duration", _("Estimate of the duration of the clientship"), TEXT),
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
