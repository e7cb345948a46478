from django.apps import AppConfig
from django.contrib.admin import apps as admin
from django.utils.translation import gettext_lazy as _


class OrganisationConfig(AppConfig):
    name = "soskuntoutus.organisation"
    label = "organisation"
    verbose_name = _("Organisation")


class AdministrationConfig(admin.AdminConfig):
    default = False
    default_site = "soskuntoutus.organisation.administration.AdministrationSite"
