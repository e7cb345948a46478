"""Finding a client, and keeping the contact details of one up to date."""

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clients import identity
from clients.forms.fields import PhoneField
from clients.models import ContactDetails
from soskuntoutus.ui.forms import ActionForm
from soskuntoutus.ui.moments import DateField

LIKE_A_CODE = re.compile(r"[0-9]{6}[-+A-Za-z][0-9]{3}.", re.ASCII)


class SearchForm(ActionForm):
    """What a client is looked for by; sent in the body, so that no name or code stands in an address."""

    q = forms.CharField(
        label=_("Part of the name, or the whole identity code"),
        error_messages={"required": _("Write part of a name, or the whole identity code.")},
        max_length=100,
        widget=forms.TextInput({"type": "search", "spellcheck": "false"}),
    )

    def clean_q(self):
        typed = self.cleaned_data["q"]
        if LIKE_A_CODE.fullmatch(typed):
            identity.clean(typed)  # a mistyped code is said to be one, not "nobody found"
        return typed


class DetailsForm(ActionForm):
    """How the client is reached, and what protects it."""

    shared = True

    phone = PhoneField(label=_("Phone number"), required=False)
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        error_messages={"invalid": _("Write the e-mail address, such as first.last@example.org.")},
    )
    address = forms.CharField(label=_("Postal address"), required=False, max_length=200)
    protected_from = DateField(
        label=_("Protection order from"), required=False, help_text=_("Empty: no protection order.")
    )
    protected_until = DateField(
        label=_("Protection order until"), required=False, help_text=_("Empty: until further notice.")
    )
    secret = forms.BooleanField(
        label=_("Secret contact details"),
        required=False,
        help_text=_("The client has asked that they are not given to others (Act on Openness, section 24)."),
    )

    fieldsets = (
        (_("How to reach the client"), ["phone", "email", "address"], ""),
        (_("Protection"), [("protected_from", "protected_until"), "secret"], ""),
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, details: ContactDetails):
        super().__init__(data, initial={name: getattr(details, name) for name in self.base_fields})
