"""Units as a tree, and the days when they are closed."""

from django.contrib import admin
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from soskuntoutus import clock
from soskuntoutus.organisation.administration import Dated, InForce, Page, Rows
from soskuntoutus.organisation.forms import INDENT
from soskuntoutus.organisation.models import Closure, Unit


class ClosureRows(Rows):
    """When the unit is closed."""

    model = Closure
    removable = True


@admin.register(Unit)
class UnitPage(Page):
    """Every unit below the one it is part of."""

    list_display = ["indented", "kind", "workers", "adopted_on"]
    list_filter = ["kind"]
    list_per_page = 500  # a tree is not cut in pages
    search_fields = ["name_fi", "name_sv", "oid"]
    fieldsets = [
        (None, {"fields": ["parent", "kind", "name_fi", "name_sv"]}),
        (_("On decisions and letters"), {"fields": ["address", "phone"]}),
        (_("Operating model"), {"fields": ["adopted_on", "oid"]}),
    ]
    inlines = [ClosureRows]

    def get_queryset(self, request):
        holds = Q(posts__during__contains=clock.today(), posts__user__is_active=True)
        workers = Count("posts__user", filter=holds, distinct=True)
        return super().get_queryset(request).in_tree_order().annotate(workers=workers)

    def get_ordering(self, request):
        return Unit.objects.in_tree_order().query.order_by

    @admin.display(description=pgettext_lazy("ui", "Unit"))
    def indented(self, unit):
        return f"{INDENT * unit.depth}{unit}"

    @admin.display(description=_("people today"), ordering="workers")
    def workers(self, unit):
        return unit.workers


@admin.register(Closure)
class ClosurePage(Dated, Page):
    """All closed days together."""

    removable = True
    list_display = ["unit", "days", "holds"]
    list_filter = [InForce, "unit"]
    list_select_related = ["unit"]
