"""The operating model: its values and the delegation rules."""

from django.contrib import admin, messages
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from soskuntoutus import clock
from soskuntoutus.organisation.administration import Dated, InForce, Page
from soskuntoutus.organisation.forms import ValueField
from soskuntoutus.organisation.models import DelegationRule, Value

VALUE_HELP = _("A number as such: 14. A text in each language, in the form of the value before it.")
VALUES_HELP = _(
    "A value in force is not overwritten: give it a last day, then add a new value from the day after."
)


@admin.register(Value)
class ValuePage(Dated, Page):
    """Every number of the operating model; what holds today, and what is missing."""

    list_display = ["key", "said", "days", "holds", "source"]
    list_filter = [InForce]
    search_fields = ["key", "source"]
    fieldsets = [(None, {"fields": ["key", "value", "during", "source"], "description": VALUES_HELP})]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "value":
            kwargs |= {"help_text": VALUE_HELP, "form_class": ValueField}
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    @admin.display(description=_("value"))
    def said(self, value):
        if not isinstance(value.value, dict):
            return value.value
        text = value.value.get(get_language(), value.value.get("fi"))
        return ", ".join(text.values()) if isinstance(text, dict) else text

    def changelist_view(self, request, extra_context=None):
        given = set(Value.objects.filter(during__contains=clock.today()).values_list("key", flat=True))
        for key in Value.Key:
            if key not in given:
                sentence = _("Missing today: %(value)s. The service cannot do what depends on it.")
                self.message_user(request, sentence % {"value": key.label}, messages.WARNING)
        return super().changelist_view(request, extra_context)


@admin.register(DelegationRule)
class DelegationRulePage(Dated, Page):
    """Who may make which decision."""

    list_display = ["kind", "title", "where", "max_months", "days", "holds", "source"]
    list_filter = [InForce, "kind", "title", "unit"]
    list_select_related = ["unit"]
    search_fields = ["source"]
    fieldsets = [
        (
            None,
            {
                "fields": ["kind", "title", "unit", "max_months", "source", "during"],
                "description": _(
                    "The rule allows those who hold the title in public office on the day of signing."
                    " Without a unit it holds everywhere."
                ),
            },
        )
    ]

    @admin.display(description=_("where"), ordering="unit", empty_value=_("everywhere"))
    def where(self, rule):
        return rule.unit
