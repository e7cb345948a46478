import logging

from django.apps import AppConfig
from django.conf import settings
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "soskuntoutus.accounts"
    label = "accounts"
    verbose_name = _("Signing in")

    def ready(self):
        from soskuntoutus.accounts import listening  # noqa: PLC0415 - models are there only now

        listening.begin(self)
        if settings.PRODUCTION and not settings.MFA_REQUIRED:
            logging.getLogger(__name__).warning("MFA_REQUIRED is off: a password alone opens this service.")
