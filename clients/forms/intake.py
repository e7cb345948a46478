"""What came in, how urgent it is, and who takes it."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from clients.access import Purpose
from clients.forms.document import DocumentForm
from clients.forms.fields import IdentityCodeField, PhoneField
from clients.models import Client, Matter
from clients.schemas.fields import NO, YES
from clients.schemas.intake import CONTACT, TRIAGE
from soskuntoutus import clock
from soskuntoutus.organisation.models import Post, Unit, User
from soskuntoutus.organisation.roles import MAY, Permission, UnitRight
from soskuntoutus.ui.forms import ActionForm
from soskuntoutus.ui.moments import MomentField
from soskuntoutus.ui.parts import Choice
from soskuntoutus.ui.widgets import Picks

THE_PERSON = "1"  # party code 1243: the person themselves

CHANNELS = [
    (Matter.Channel.CONTACT, Choice(_("Contact (35 §)"), _("The person has consented to it."))),
    (
        Matter.Channel.NOTIFICATION,
        Choice(
            _("Notification of need for social care (35 §)"),
            _("From an authority or a professional, without consent, on a ground of the law."),
        ),
    ),
    (Matter.Channel.APPLICATION, Choice(_("Application"), _("The person asks for help themselves."))),
    (
        Matter.Channel.OBSERVATION,
        Choice(_("Noticed in our own work"), _("Someone here has seen that help may be needed.")),
    ),
    (
        Matter.Channel.OTHERWISE,
        Choice(
            _("Otherwise come to notice (34 §)"),
            _("From anyone else without consent: a neighbour, a relative, a landlord."),
        ),
    ),
]


class WholePaper(DocumentForm):
    """A short paper that is complete as it is written: its gaps are told with all else to put right."""

    def clean(self):
        typed = super().clean()
        for name, sentence in self.schema.missing({**typed, **self.content()}).items():
            if name not in self.errors:
                self.add_error(name, sentence)
        return typed


class ContactForm(WholePaper):
    """What came in, from whom and about whom."""

    received_at = MomentField(
        label=_("When did it come"),
        help_text=_("The time limits count from this day, not from the day of typing."),
    )
    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Which unit it is for"), empty_label=None)
    consent = forms.TypedChoiceField(
        label=_("Has the person consented to the contact"),
        error_messages={"required": _("Say whether the person has consented.")},
        choices=[("yes", YES), ("no", NO)],
        coerce=lambda answer: answer == "yes",
        widget=Picks,
    )
    channel = forms.ChoiceField(
        label=_("How it came"),
        choices=CHANNELS,
        widget=Picks(layout="rows"),
        help_text=_(
            "Without the person's consent this is not a contact: choose a notification, or otherwise come to "
            "notice. No message is left unrecorded."
        ),
    )
    last_name = forms.CharField(label=_("Last name"), max_length=100)
    first_names = forms.CharField(label=_("First names"), max_length=100)
    identity_code = IdentityCodeField(
        label=_("Identity code"), required=False, help_text=_("If it is known. Such as 131052-308T.")
    )
    language = forms.ChoiceField(
        label=_("Language of service"), choices=Client.Language, widget=Picks, initial=Client.Language.FINNISH
    )
    phone = PhoneField(label=_("Phone number"), required=False)
    protected = forms.TypedChoiceField(
        label=_("Protection order"),
        choices=[("yes", _("In force")), ("no", _("Not in force")), ("unknown", _("Not known"))],
        coerce={"yes": True, "no": False, "unknown": None}.get,
        widget=Picks,
        help_text=_("Ask. Not known is not the same as no."),
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, user: User):
        super().__init__(CONTACT, data, initial={})
        self.fields["received_at"].initial = clock.now()
        units = units_to_record_for(user)
        self.fields["unit"].queryset = units
        self.fields["unit"].initial = units.filter(pk=getattr(user.unit, "pk", None)).first() or units.first()
        for name in ("reporter_name", "reporter_contact"):
            self.fields[name].help_text = _("May be left empty if the person made contact themselves.")
        self.fields["ground"].help_text = _("For a notification only.")
        self.fields["description"].help_text = _("Needed in a notification.")
        for name in ("reporter_name", "reporter_contact", "description", "ground"):
            self.fields[name].required, self.fields[name].depends = False, True
        self.fieldsets = [
            (_("When and how"), ["received_at", "unit", "consent", "channel", "ground"], ""),
            (
                _("Who it is about"),
                [("last_name", "first_names"), "identity_code", "phone", "protected", "language"],
                "",
            ),
            (
                _("Who made contact"),
                ["party", "reporter_name", ("reporter_title", "reporter_organisation"), "reporter_contact"],
                "",
            ),
            (_("What it is about"), ["needs", "description"], ""),
        ]

    def clean(self):
        typed = self.cleaned_data
        if typed.get("party") == THE_PERSON:
            name = f"{typed.get('first_names', '')} {typed.get('last_name', '')}"
            typed["reporter_name"] = typed.get("reporter_name") or name
            if typed.get("phone") and not typed.get("reporter_contact"):
                # The number itself stays in one place, where a protection order hides it.
                with override(typed.get("language")):
                    typed["reporter_contact"] = str(_("The person's own phone number"))
        return super().clean()

    def refuse(self, refusal: ValidationError) -> None:
        """What the law says of consent belongs beside how the matter came."""
        for name, errors in refusal.update_error_dict({}).items():
            for error in errors:
                place = "channel" if error.code == "consent" else name
                self.add_error(place if place in self.fields else None, error)


class TriageForm(WholePaper):
    """How urgent the matter is (36 §)."""

    def __init__(self, data: Mapping[str, Any] | None = None):
        super().__init__(TRIAGE, data, initial={})


class TakingForm(ActionForm):
    """Who takes the matter: whoever leads the unit chooses, anyone else takes it themselves."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, matter: Matter, user: User):
        super().__init__(data)
        self.user = user
        self.leads = matter.unit_id in user.entrusted(UnitRight.LEAD)
        if self.leads:
            self.fields["worker"] = WorkerField(workers_of(matter.unit), label=_("Who takes the matter"))

    def clean(self):
        return {"worker": self.user, **super().clean()}


class WorkerField(forms.ModelChoiceField):
    """A worker, with the title of today."""

    def __init__(self, queryset: QuerySet[User], **kwargs):
        super().__init__(queryset, empty_label=None, widget=Picks(layout="rows"), **kwargs)

    def label_from_instance(self, obj):
        return Choice(str(obj), obj.title)


class OpeningForm(ActionForm):
    """Why protected contact details are opened."""

    purpose = forms.ChoiceField(
        label=_("For what do you need them"), choices=Purpose, widget=Picks(layout="rows")
    )


def units_to_record_for(user: User) -> QuerySet[Unit]:
    """The units the user registers for, is on duty in or leads, and the units of the user's own posts."""
    units = {post.unit_id for post in user.posts_today}
    for right in UnitRight:
        units |= user.entrusted(right)
    return Unit.objects.filter(pk__in=units)


def workers_of(unit: Unit) -> QuerySet[User]:
    """The people of the unit, and below it, who may take a matter today."""
    titles = [title for title, permissions in MAY.items() if Permission.TAKE_MATTER in permissions]
    units = Unit.objects.within([unit])
    posts = Post.objects.filter(unit__in=units, title__in=titles, during__contains=clock.today())
    return User.objects.filter(is_active=True, pk__in=posts.values("user"))
