"""What the log is searched by: sent in the body, so that no identity code stands in an address."""

import re
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clients import identity
from clients.access import Purpose
from clients.models import Client, Relation
from reviews.desks.log import client_with_mark
from reviews.models import LogSearch
from soskuntoutus import clock
from soskuntoutus.organisation.models import User
from soskuntoutus.ui.forms import ActionForm, TextField
from soskuntoutus.ui.moments import DateField
from soskuntoutus.ui.widgets import Picks, Words

A_MONTH = timedelta(days=30)
MARK = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}")


class PersonField(forms.ModelChoiceField):
    """A professional; the log knows them by their identifier."""

    def clean(self, value: Any) -> UUID | None:
        person = super().clean(value)
        return person and person.uuid


class LogSearchForm(ActionForm):
    """Whose deeds, about whom, when, and why the log is opened at all."""

    reason = TextField(
        label=_("Why you search"),
        help_text=_("Stays on record with the search: a request of a client, a suspicion, a routine check."),
        widget=Words(short=True),
    )
    first_day = DateField(label=pgettext_lazy("ui", "From"))
    last_day = DateField(label=pgettext_lazy("ui", "To"))
    person = PersonField(
        label=_("Professional"),
        queryset=User.objects.all(),
        to_field_name="uuid",
        required=False,
        empty_label=_("Anyone"),
    )
    about = forms.CharField(
        label=pgettext_lazy("ui", "Client"),
        required=False,
        max_length=36,
        help_text=_(
            "The whole identity code, or the mark from a list of the log. Names are not searched by."
        ),
        widget=forms.TextInput({"spellcheck": "false"}),
    )
    kind = forms.ChoiceField(
        label=_("What is searched for"),
        choices=LogSearch.Kind,
        required=False,
        widget=Picks(layout="flow"),
    )
    relation = forms.ChoiceField(
        label=_("Relation to the client"),
        choices=[("", _("Any relation")), *Relation.choices],
        required=False,
    )
    purpose = forms.ChoiceField(
        label=_("Protected details were opened for"),
        choices=[("", _("Any purpose, or none")), *Purpose.choices],
        required=False,
    )

    fieldsets = (
        (_("Why and when"), ["reason", ("first_day", "last_day")], ""),
        (_("Who and what"), ["person", "about", "kind", "relation", "purpose"], ""),
    )

    def __init__(self, data=None, *, about: str = ""):
        today = clock.day_of(clock.real_now())
        super().__init__(data, initial={"first_day": today - A_MONTH, "last_day": today, "about": about})

    def clean_about(self) -> UUID | None:
        """The client meant; an unknown code is answered as one of whom the log has nothing."""
        typed = self.cleaned_data["about"].strip()
        if not typed:
            return None
        if MARK.fullmatch(typed.lower()):
            return client_with_mark(typed.lower()) or uuid4()
        try:
            return UUID(typed)
        except ValueError:
            pass
        try:
            code = identity.clean(typed)
        except ValidationError as error:
            raise ValidationError(
                _("Write the whole identity code, or the mark as it stands in the list.")
            ) from error
        found = Client.objects.filter(identity_index=identity.index(code)).values_list("uuid", flat=True)
        return found.first() or uuid4()
