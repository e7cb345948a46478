"""Papers of the rehabilitation: referral 8004, service plan 15021, decision 11052, start 19002, end 19012."""

from django.utils.translation import gettext_lazy as _

from clients.schemas.assessment import FORMS
from clients.schemas.fields import (
    CHOICE,
    DATE,
    LONG,
    TEXT,
    TICK,
    VOICE,
    Field,
    Schema,
    Section,
    always,
    register,
    when,
)
from soskuntoutus.organisation.roles import Permission

LEGAL_BASIS = _("Social Welfare Act 1301/2014 sections 14, 17 and 45")
REASONS_MIN = 200

REFERRAL = register(
    Schema(
        kind="referral",
        title=_("Referral within social welfare"),
        code="1506.8004",
        permission=Permission.REFER,
        sections=(
            Section(
                _("What is proposed"),
                (
                    Field("receiver", _("Recipient"), TEXT, typed=False),
                    Field("purpose", _("Purpose and content of the referral"), LONG, always),
                    Field("background", _("Background information"), LONG),
                    Field("wishes", _("The client's wishes about place, time and group"), VOICE),
                    Field(
                        "client_agrees",
                        _("The client agrees to the proposal"),
                        TICK,
                        always,
                        missing=_("Ask the client first: the proposal needs the client's consent."),
                    ),
                ),
            ),
            Section(
                _("What the rehabilitation is for (17 §)"),
                (
                    Field("functioning", _("How it strengthens social functioning"), LONG),
                    Field("exclusion", _("How it prevents exclusion"), LONG),
                    Field("inclusion", _("How it promotes inclusion"), LONG),
                ),
                help=_("An empty purpose is no obstacle: say what applies."),
            ),
        ),
    )
)

SERVICE_PLAN = register(
    Schema(
        kind="service_plan",
        title=_("Implementation plan within services for people of working age"),
        code="1506.15021",
        permission=Permission.REHABILITATE,
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
                _("The client"),
                (
                    Field("strengths", _("Strengths and resources of the client"), LONG, always),
                    Field("situation", _("Description of the client's situation"), LONG),
                    Field("functioning", _("The client's health and functioning"), LONG),
                ),
            ),
            Section(
                _("Goals and how the work is done"),
                (
                    Field("goals", _("Goals to be set"), VOICE, typed=False),
                    Field("work_form", _("Work form"), CHOICE, choices=FORMS, typed=False),
                    Field("every_days", _("Days between meetings"), TEXT, typed=False),
                    Field("responsible", _("Person responsible for the service"), TEXT, typed=False),
                ),
            ),
            Section(
                _("The service"),
                (
                    Field("content", _("Content and implementation of the service"), LONG, always),
                    Field("next_steps", _("Agreed next steps"), LONG),
                    Field("disagreements", _("Differing views"), LONG),
                    Field("review_on", _("Review of the plan"), DATE, always, carried=False),
                ),
            ),
        ),
    )
)

OUTCOMES = (("granted", _("Granted")), ("partial", _("Granted in part")), ("refused", _("Not granted")))
PROVISIONS = (
    ("own", _("Own production")),
    ("purchase", _("Purchased service")),
    ("voucher", _("Service voucher")),
)

DECISION = register(
    Schema(
        kind="decision",
        title=_("Decision on service for people of working age"),
        code="1506.11052",
        permission=Permission.DECIDE,
        by_leaders=True,
        sections=(
            Section(
                _("Outcome"),
                (
                    Field("outcome", _("Type of outcome"), CHOICE, always, choices=OUTCOMES),
                    Field(
                        "provision",
                        _("How the granted service is provided"),
                        CHOICE,
                        when("outcome", "granted"),
                        choices=PROVISIONS,
                    ),
                    Field("individual", _("Individual meetings"), TEXT, when("outcome", "granted")),
                    Field("group", _("Group activity"), TEXT),
                ),
            ),
            Section(
                _("Reasons"),
                (
                    Field("text", _("Decision and reasons"), LONG, always, min_length=REASONS_MIN),
                    Field("legal_basis", _("Legal basis of the decision"), TEXT, always),
                ),
            ),
            Section(
                _("For more information"),
                (
                    Field("info_name", _("Who gives more information"), TEXT, always),
                    Field("info_phone", _("Phone of the person who gives more information"), TEXT, always),
                    Field(
                        "info_address",
                        _("Postal address of the person who gives more information"),
                        TEXT,
                        always,
                    ),
                ),
            ),
        ),
    )
)

START_NOTE = register(
    Schema(
        kind="start_note",
        title=_("Note on the beginning of a social service"),
        code="1506.19002",
        permission=Permission.REHABILITATE,
        sections=(
            Section(
                _("Beginning"),
                (Field("started_on", _("Begins on"), DATE, always), Field("words", _("Description"), LONG)),
            ),
        ),
    )
)

END_NOTE = register(
    Schema(
        kind="end_note",
        title=_("Note on the end of a social service"),
        code="1506.19012",
        permission=Permission.END_REHABILITATION,
        sections=(
            Section(
                _("End"),
                (
                    Field("ended_on", _("Date of ending"), DATE, always),
                    Field("reason", _("Reason for ending"), TEXT, always),
                    Field("words", _("Reasons for the end"), LONG, always),
                ),
            ),
        ),
    )
)
