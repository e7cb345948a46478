"""The administration site: people, units and settings, for administrators of today; no client is in it."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.contrib.postgres.fields import DateRangeField
from django.core.exceptions import FieldDoesNotExist, PermissionDenied
from django.db import models
from django.db.models.fields.reverse_related import ForeignObjectRel
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from soskuntoutus import clock
from soskuntoutus.audit.record import record
from soskuntoutus.organisation.forms import DaysField
from soskuntoutus.organisation.roles import Permission
from soskuntoutus.ranges import last_day
from soskuntoutus.ui import dates
from soskuntoutus.ui.moments import DateField
from soskuntoutus.ui.widgets import Digits

SECTIONS = (
    (_("People"), ("User", "Post", "Group", "ADGroupMapping", "ADGroup")),
    (_("Units"), ("Unit", "Closure")),
    (_("Operating model"), ("Value", "DelegationRule")),
    (_("Lists"), ("Code", "Partner")),
)
THIRD_PARTY_NAMES = {
    "ADGroupMapping": _("Groups of the directory into groups here"),
    "ADGroup": _("Groups of the directory"),
}


class AdministrationSite(admin.AdminSite):
    """Takes only what this package registers, so that no installed library opens a way in by itself."""

    site_header = site_title = _("Administration of social rehabilitation")
    index_title = _("People, units and settings")
    site_url = "/"

    def has_permission(self, request) -> bool:
        """Administrators while they hold the post; a superuser, to make the first administrator."""
        user = request.user
        return (
            user.is_active
            and user.is_staff
            and (user.is_superuser or user.may(Permission.MANAGE_ORGANISATION))
        )

    @method_decorator(secure_admin_login)
    def login(self, request, extra_context=None):
        """The one sign-in with its second factor; whoever is in but may not come here gets 403."""
        if not self.has_permission(request):
            raise PermissionDenied
        return super().login(request, extra_context)

    def register(self, model_or_iterable, admin_class=None, **options) -> None:
        """Turn away what third parties offer: guardian's, allauth's and Django's own pages."""
        if admin_class is not None and issubclass(admin_class, Page):
            super().register(model_or_iterable, admin_class, **options)

    def get_app_list(self, request, app_label=None):
        apps = super().get_app_list(request, app_label)
        if app_label:
            return apps
        found = {model["object_name"]: (app, model) for app in apps for model in app["models"]}
        return [
            {**found[names[0]][0], "name": title, "models": [_named(found[name][1]) for name in names]}
            for title, names in SECTIONS
            if found
        ]


def _named(model: dict) -> dict:
    return {**model, "name": THIRD_PARTY_NAMES.get(model["object_name"], model["name"])}


class ForAdministrators:
    """Who may enter the site may do all that a page offers; no permission row of Django's decides."""

    removable = False  # what was in force is ended, not removed

    def has_module_permission(self, request):
        return self.admin_site.has_permission(request)

    def has_view_permission(self, request, obj=None):
        return self.admin_site.has_permission(request)

    def has_add_permission(self, request, obj=None):
        return self.admin_site.has_permission(request)

    def has_change_permission(self, request, obj=None):
        return self.admin_site.has_permission(request)

    def has_delete_permission(self, request, obj=None):
        return self.removable and self.admin_site.has_permission(request)


PLAIN_DATES = {
    DateRangeField: {"form_class": DaysField},
    models.DateField: {"form_class": DateField, "widget": Digits("date")},
}


class Page(ForAdministrators, admin.ModelAdmin):
    """A page of the administration: what is done is on record, no question goes through clients."""

    formfield_overrides = PLAIN_DATES
    list_per_page = 50
    save_on_top = False

    def lookup_allowed(self, lookup, value, request=None):
        """Refuse questions through what points here, such as ?assignments__isnull=False."""
        try:
            field = self.opts.get_field(lookup.split("__")[0])
        except FieldDoesNotExist:
            return super().lookup_allowed(lookup, value, request)
        return not isinstance(field, ForeignObjectRel) and super().lookup_allowed(lookup, value, request)

    def log_addition(self, request, obj, message):
        record(request.user, "admin.add", obj)
        return super().log_addition(request, obj, message)

    def log_change(self, request, obj, message):
        record(request.user, "admin.change", obj)
        return super().log_change(request, obj, message)

    def log_deletions(self, request, queryset):
        for obj in queryset:
            record(request.user, "admin.delete", obj)
        return super().log_deletions(request, queryset)


class Rows(ForAdministrators, admin.StackedInline):
    """Rows of one thing on the page of another."""

    formfield_overrides = PLAIN_DATES
    extra = 0


class InForce(admin.SimpleListFilter):
    """What holds today, what has ended, what is to come."""

    title = _("in force")
    parameter_name = "in_force"

    def lookups(self, request, model_admin):
        return [
            ("today", pgettext_lazy("ui", "Today")),
            ("coming", pgettext_lazy("ui", "Later")),
            ("ended", pgettext_lazy("ui", "Ended")),
        ]

    def queryset(self, request, queryset):
        today = clock.today()
        conditions = {
            "today": {"during__contains": today},
            "coming": {"during__startswith__gt": today},
            "ended": {"during__endswith__lte": today},
        }
        return queryset.filter(**conditions.get(self.value(), {}))


class Dated:
    """Columns of rows that hold from a day to a day."""

    @admin.display(description=_("from–to"), ordering="during")
    def days(self, obj):
        return dates.span(obj.during.lower, last_day(obj.during)) if obj.during else ""

    @admin.display(description=_("today"), boolean=True)
    def holds(self, obj):
        return clock.today() in obj.during
