"""Papers of the intake: contact (4018), registration (19001), urgency (1009), and the short notes."""

from django.utils.translation import gettext_lazy as _

from clients.schemas.fields import (
    CHOICE,
    CODE,
    CODES,
    DATE,
    LONG,
    TEXT,
    TICK,
    Field,
    Schema,
    Section,
    always,
    register,
    when,
)
from soskuntoutus.organisation.models import Code

LANGUAGES = (("fi", _("Finnish")), ("sv", _("Swedish")))
PROTECTION = (("yes", _("In force")), ("no", _("Not in force")), ("unknown", _("Not known")))
GROUNDS = (
    ("cannot_answer", _("The person is evidently unable to answer for their own care, health or safety.")),
    ("child", _("The interest of a child necessarily requires it.")),
)

CONTACT = register(
    Schema(
        kind="contact",
        title=_("Contact with the authority responsible for social welfare"),
        code="1506.4018",
        sections=(
            Section(
                _("Who it is about"),
                (
                    Field("last_name", _("Last name"), TEXT, typed=False),
                    Field("first_names", _("First names"), TEXT, typed=False),
                    Field("language", _("Language of service"), CHOICE, choices=LANGUAGES, typed=False),
                    Field("protection", _("Protection order"), CHOICE, choices=PROTECTION, typed=False),
                ),
            ),
            Section(
                _("Who made contact"),
                (
                    Field("party", _("Party"), CODE, always, system=Code.System.CONTACT_PARTY),
                    Field("reporter_name", _("Name of the person making contact"), TEXT, always),
                    Field("reporter_title", _("Job title"), TEXT),
                    Field("reporter_organisation", _("Organisation"), TEXT),
                    Field(
                        "reporter_contact",
                        _("Contact details"),
                        TEXT,
                        always,
                        missing=_(
                            "Write how to reach whoever made contact. If it was the person themselves, "
                            "their phone number is enough."
                        ),
                    ),
                ),
            ),
            Section(
                _("What it is about"),
                (
                    Field("needs", _("Subject matter"), CODES, always, system=Code.System.SUPPORT_NEED),
                    Field(
                        "description",
                        _("Description of the situation and the concern"),
                        LONG,
                        when("channel", "notification"),
                    ),
                    Field(
                        "ground",
                        _("Ground for a notification without consent (35 §)"),
                        CHOICE,
                        when("channel", "notification"),
                        choices=GROUNDS,
                    ),
                ),
            ),
        ),
    )
)

REGISTRATION = register(
    Schema(
        kind="registration",
        title=_("Note on the initiation of a matter"),
        code="1506.19001",
        sections=(Section(_("Initiation"), (Field("received_on", _("Date of initiation"), DATE, always),)),),
    )
)

TRIAGE = register(
    Schema(
        kind="triage",
        title=_("Assessment of urgency"),
        code="1506.1009",
        sections=(
            Section(
                _("Measures"),
                (
                    Field("measures", _("Measures"), LONG, always),
                    Field(
                        "urgency",
                        _("Assessment of the urgency of the matter"),
                        CODE,
                        always,
                        system=Code.System.URGENCY,
                    ),
                ),
            ),
            Section(
                _("Who the law sets a time limit for (36 §)"),
                (
                    Field("over_75", _("Over 75 years old"), TICK),
                    Field("top_care_allowance", _("Receives the highest care allowance"), TICK),
                    Field("child_special_support", _("A child who needs special support"), TICK),
                ),
            ),
        ),
    )
)

FOLLOW_UP = register(
    Schema(
        kind="follow_up",
        title=_("Follow-up after the service"),
        code="1506.19005",
        sections=(
            Section(
                _("How things are now"),
                (
                    Field("attached", _("Is the client taking part in what was agreed"), TEXT, always),
                    Field("client_words", _("In the client's own words"), LONG),
                    Field("words", _("What was found out and agreed"), LONG, always),
                ),
            ),
        ),
    )
)
