from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlansConfig(AppConfig):
    name = "plans"
    label = "plans"
    verbose_name = _("Plans")

    def ready(self):
        from plans import schemas  # noqa: F401, PLC0415 - registers this app's kinds of paper
