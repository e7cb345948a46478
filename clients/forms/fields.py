"""Fields that know how a person is identified and reached."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from clients import identity

NUMBER = re.compile(r"\+?[0-9][0-9 ()/-]{3,28}")


class IdentityCodeField(forms.CharField):
    """A personal identity code in its one written form; a wrong one is told beside the field."""

    def __init__(self, **kwargs):
        super().__init__(
            **{"widget": forms.TextInput({"class": "input--code", "spellcheck": "false"}), **kwargs}
        )

    def clean(self, value):
        value = super().clean(value)
        return identity.clean(value) if value else ""


class PhoneField(forms.CharField):
    """A phone number as it is dialled."""

    def __init__(self, **kwargs):
        super().__init__(**{"widget": forms.TextInput({"inputmode": "tel"}), "max_length": 30, **kwargs})

    def clean(self, value):
        value = super().clean(value)
        if value and not NUMBER.fullmatch(value):
            raise ValidationError(_("Write the phone number in digits, such as 040 123 4567."), code="phone")
        return value
