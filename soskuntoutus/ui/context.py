"""What every page knows: the day, the languages, and where this user may go."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.module_loading import import_string

from soskuntoutus import clock
from soskuntoutus.ui.parts import Navigation

LANGUAGES = {"fi": "Suomeksi", "sv": "På svenska", "en": "In English"}


def page(request: HttpRequest) -> dict[str, Any]:
    """Nothing is asked before it is drawn; settings.NAVIGATION names what turns a request into one."""
    return {
        "today": clock.today,
        "organiser": getattr(settings, "ORGANISER", ""),
        "languages": [(code, LANGUAGES[code]) for code, _ in settings.LANGUAGES],
        "navigation": SimpleLazyObject(lambda: _navigation(request)),
    }


def _navigation(request: HttpRequest) -> Navigation:
    named = getattr(settings, "NAVIGATION", "")
    user = getattr(request, "user", None)
    if not named or user is None or not user.is_authenticated:
        return Navigation()
    return import_string(named)(request)
