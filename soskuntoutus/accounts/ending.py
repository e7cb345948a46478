"""Why a session no longer holds: too long unused, too old, or given for rights that have changed."""

from enum import StrEnum

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from soskuntoutus import clock
from soskuntoutus.accounts.facts import facts_in, rights_of


class Reason(StrEnum):
    """Why, as the log names it."""

    UNUSED = "unused"
    AGE = "age"
    RIGHTS = "rights"
    ACCOUNT = "account"


def reason_to_end(request: HttpRequest) -> Reason | None:
    """Why the session of a signed-in user ends now, if it does."""
    facts = facts_in(request.session)
    if facts is None or clock.real_now() - facts.began_at >= settings.SESSION_AT_MOST:
        return Reason.AGE
    return Reason.RIGHTS if facts.rights != rights_of(request.user) else None


def reason_it_ended(request: HttpRequest) -> Reason | None:
    """Why somebody who is not signed in had a session until now, if they had."""
    if request.session.lost:
        return Reason.UNUSED
    return Reason.ACCOUNT if request.was_signed_in else None


def was_signed_in(request: HttpRequest) -> bool:
    """Whether the session says that somebody is in; asked before it is known whether they may be."""
    return SESSION_KEY in request.session


def sentence(reason: Reason) -> str:
    """What the user is told on the sign-in page."""
    minutes = settings.SESSION_IDLE.seconds // 60
    hours = int(settings.SESSION_AT_MOST.total_seconds()) // 3600
    said = {
        Reason.UNUSED: ngettext(
            "Your session has ended: it was unused for %(minutes)d minute, or you ended it elsewhere.",
            "Your session has ended: it was unused for %(minutes)d minutes, or you ended it elsewhere.",
            minutes,
        )
        % {"minutes": minutes},
        Reason.AGE: ngettext(
            "Your session has ended: it holds for %(hours)d hour at most.",
            "Your session has ended: it holds for %(hours)d hours at most.",
            hours,
        )
        % {"hours": hours},
        Reason.RIGHTS: _("Your session has ended: your posts or groups have changed."),
        Reason.ACCOUNT: _("Your session has ended: your password was changed or your account was closed."),
    }
    return " ".join([said[reason], _("Sign in again and you come back to where you were.")])
