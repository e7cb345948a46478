"""Forms of the organisation: days in force, and rights in units."""

from datetime import date

from django import forms
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from soskuntoutus.organisation.models import Unit
from soskuntoutus.organisation.roles import UnitRight
from soskuntoutus.ranges import last_day, span
from soskuntoutus.ui.forms import ActionForm
from soskuntoutus.ui.moments import DateField
from soskuntoutus.ui.widgets import Digits, Picks

INDENT = "\u2003"  # an em space: a browser shows it at the start of an option


class Days(forms.MultiWidget):
    """The first day and the last day of a range, each as one types it."""

    template_name = "organisation/_days.html"
    use_fieldset = True

    def __init__(self, attrs=None):
        super().__init__({"first": Digits("date"), "last": Digits("date")}, attrs)

    def decompress(self, value):
        return [value.lower, last_day(value)] if value else [None, None]


class DaysField(forms.MultiValueField):
    """From the first day to the last, both included; the database keeps the day after the last."""

    widget = Days
    default_error_messages = {
        "incomplete": _("Fill in the first day."),
        "backwards": _("The last day cannot be before the first."),
    }

    def __init__(self, **kwargs):
        super().__init__((DateField(), DateField(required=False)), require_all_fields=False, **kwargs)

    def compress(self, data_list: list[date | None]) -> DateRange | None:
        first, last = data_list or (None, None)
        if first is None:
            return None
        if last and last < first:
            raise ValidationError(self.error_messages["backwards"], code="backwards")
        return span(first, last)

    def prepare_value(self, value):
        if not isinstance(value, DateRange):
            return value
        pairs = zip(self.fields, self.widget.decompress(value), strict=True)
        return [field.prepare_value(day) for field, day in pairs]


class ValueField(forms.JSONField):
    """A number, or texts by language; empty before it is given."""

    def __init__(self, **kwargs):
        super().__init__(**{**kwargs, "widget": forms.Textarea({"rows": 4, "cols": 60})})

    def prepare_value(self, value):
        return "" if value is None else super().prepare_value(value)


class UnitField(forms.ModelChoiceField):
    """A unit chosen from the tree."""

    def label_from_instance(self, obj):
        return INDENT * obj.depth + str(obj)


class RightForm(ActionForm):
    """Which right, in which unit, for which group of users."""

    unit = UnitField(
        label=pgettext_lazy("ui", "Unit"), queryset=Unit.objects.none(), empty_label=_("Choose a unit")
    )
    right = forms.TypedChoiceField(
        label=_("Right"), choices=UnitRight, coerce=UnitRight, widget=Picks(layout="rows")
    )
    group = forms.ModelChoiceField(
        label=_("Group of users"),
        queryset=Group.objects.order_by("name"),
        empty_label=_("Choose a group of users"),
        help_text=_("The right counts for those of the group whose post of the day allows it."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = Unit.objects.in_tree_order()
