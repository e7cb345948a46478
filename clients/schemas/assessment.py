"""Assessment of service needs of a person of working age (1012): SHL 36 and 37 §."""

from django.utils.translation import gettext_lazy as _

from clients.schemas.fields import (
    CHOICE,
    CODE,
    CODES,
    DATE,
    LONG,
    TEXT,
    TICK,
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

FORMS = (
    ("individual", _("individual work")),
    ("group", _("group activity")),
    ("overlap", _("individual work and group side by side")),
    ("alternate", _("individual work and group in turns")),
)


def _recurring_or_long(content: dict) -> bool:
    return bool(content.get("continues")) and content.get("nature") in {"2", "3"}


def _no_plan_though_long(content: dict) -> bool:
    return bool(content.get("continues")) and content.get("nature") == "3" and content.get("plan") is False


ASSESSMENT = register(
    Schema(
        kind="assessment",
        title=_("Assessment of service needs for people of working age"),
        code="1506.1012",
        permission=Permission.ASSESS,
        sections=(
            Section(
                _("The assessment"),
                (
                    Field("initiated_on", _("Date of initiation"), DATE, typed=False),
                    Field(
                        "initiation_reasons",
                        _("Reasons for the initiation"),
                        CODES,
                        system=Code.System.SUPPORT_NEED,
                    ),
                    Field("started_on", _("Date when the assessment of service needs began"), DATE, always),
                    Field("participants", _("Persons who took part"), TEXT),
                    Field("absent_authorities", _("Authorities that did not take part"), TEXT),
                    Field("special_support", _("The client has a right to special support"), YES_NO, always),
                    Field(
                        "special_support_reason",
                        _("Reasons for the right to special support"),
                        LONG,
                        when("special_support"),
                    ),
                ),
            ),
            Section(
                _("The client's situation"),
                (
                    Field("strengths", _("Strengths and resources"), LONG),
                    Field("services", _("Earlier and present services"), LONG),
                    Field("own_actions", _("The client's own actions to meet the need for support"), LONG),
                    Field("housing", _("Housing"), LONG),
                    Field("immigration", _("Immigration and integration"), LONG),
                    Field("education", _("Education and competence"), LONG),
                    Field("work", _("Working life"), LONG),
                    Field("economy", _("Financial situation"), LONG),
                    Field("no_income", _("No income"), TICK),
                    Field("financial_difficulties", _("Financial difficulties"), TICK),
                    Field("payment_default", _("Payment default entry"), TICK),
                    Field("health", _("State of health"), LONG),
                    Field("substances", _("Use of intoxicants and addictions"), LONG),
                    Field("relations", _("Social relations"), LONG),
                    Field("network", _("Mapping of the network of close persons"), LONG),
                    Field(
                        "close_person_support",
                        _("The close person's own need for support has been looked into"),
                        TICK,
                    ),
                    Field("life", _("Life management"), LONG),
                    Field("functioning_need", _("The need for rehabilitation must be looked into"), YES_NO),
                    Field(
                        "functioning_need_words",
                        _("Description of the need for rehabilitation"),
                        LONG,
                        when("functioning_need"),
                    ),
                ),
            ),
            Section(
                _("The need for support"),
                (
                    Field(
                        "client_view",
                        _("Assessment of the need for support by the client and close persons"),
                        VOICE,
                        always,
                    ),
                    Field(
                        "needs",
                        _("A professional's assessment of the need for support"),
                        CODES,
                        always,
                        system=Code.System.SUPPORT_NEED,
                    ),
                    Field("conclusions", _("The professional's conclusions"), LONG, always),
                ),
            ),
            Section(
                _("What the client benefits from"),
                (
                    Field("rehabilitation", _("Social rehabilitation is proposed"), YES_NO, always),
                    Field(
                        "rehabilitation_reasons",
                        _("Reasons for social rehabilitation"),
                        LONG,
                        when("rehabilitation"),
                    ),
                    Field(
                        "rehabilitation_form",
                        _("Form of the rehabilitation"),
                        CHOICE,
                        when("rehabilitation"),
                        choices=FORMS,
                    ),
                    Field("own_will", _("The client's own will to change"), VOICE, when("rehabilitation")),
                ),
            ),
            Section(
                _("How it goes on"),
                (
                    Field("continues", _("The clientship continues"), YES_NO, always),
                    Field(
                        "nature",
                        _("Assessment of the nature of the need for support"),
                        CODE,
                        when("continues"),
                        system=Code.System.SUPPORT_NATURE,
                    ),
                    Field("own_worker", _("The client needs an own worker"), YES_NO, always),
                    Field("plan", _("A client plan is made"), YES_NO, always),
                    Field("activation_plan", _("An activation plan is made"), YES_NO),
                    Field("employment_plan", _("A multisectoral employment plan is made"), YES_NO),
                    Field(
                        "no_plan_reason", _("Reasons why no client plan is made"), LONG, _no_plan_though_long
                    ),
                ),
            ),
        ),
    )
)


def recurring_or_long(content: dict) -> bool:
    """Whether the need is recurring or long-term: then an own worker is named (42 §)."""
    return _recurring_or_long(content)
