from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReviewsConfig(AppConfig):
    name = "reviews"
    label = "reviews"
    verbose_name = _("Reviews")

    def ready(self):
        from reviews import schemas  # noqa: F401, PLC0415 - registers this app's kinds of paper
