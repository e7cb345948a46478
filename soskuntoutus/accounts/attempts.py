"""Attempts to sign in: how many, told in a sentence, and kept in the log without what was typed."""

import hashlib
import hmac

from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings
from django.utils.translation import ngettext

from soskuntoutus.audit.record import name_of
from soskuntoutus.organisation.models import User


class Backend(AuthenticationBackend):
    """Passwords. A closed account is refused like one that does not exist."""

    @classmethod
    def _stash_user(cls, user):
        """Allauth would keep a closed account aside here, to tell whoever knows its password that it is closed."""


def sentence() -> str:
    """When to try again, whoever it is that tries."""
    minutes = settings.SIGN_IN_PAUSE_MINUTES
    return ngettext(
        "Too many attempts. Try again in %(minutes)d minute.",
        "Too many attempts. Try again in %(minutes)d minutes.",
        minutes,
    ) % {"minutes": minutes}


def named(username: str) -> str:
    """How the log names whom somebody tried to be: a known user, or a mark that gives nothing typed away."""
    user = User.objects.filter(username__iexact=username).first()
    if user is not None:
        return name_of(user)
    mark = hmac.new(settings.FIELD_KEY.encode(), username.casefold().encode(), hashlib.sha256)
    return f"unknown:{mark.hexdigest()[:16]}"
