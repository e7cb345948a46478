"""Code lists and partners."""

from django.contrib import admin

from soskuntoutus.organisation.administration import Dated, InForce, Page
from soskuntoutus.organisation.models import Code, Partner


@admin.register(Code)
class CodePage(Dated, Page):
    """What may be chosen, and since when."""

    list_display = ["fi", "system", "value", "position", "days", "holds"]
    list_filter = ["system", InForce]
    search_fields = ["fi", "sv", "en", "value"]
    fields = ["system", "value", "fi", "sv", "en", "position", "during"]


@admin.register(Partner)
class PartnerPage(Page):
    """Where clients go on to."""

    list_display = ["name", "kind"]
    list_filter = ["kind"]
    search_fields = ["name", "kind"]
