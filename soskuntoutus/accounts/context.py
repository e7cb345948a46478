"""What every page knows of the session: when it ends, and whether the second step is still wanting."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from soskuntoutus import clock
from soskuntoutus.accounts import second_factor
from soskuntoutus.accounts.facts import facts_in

WARNED_BEFORE = 120
"""Seconds in which one can read the warning and go on (WCAG 2.2.1 asks for twenty)."""


@dataclass(frozen=True)
class Ends:
    """In how many seconds the session ends when nothing is done, and at the latest."""

    unused: int
    at_most: int
    warned: int

    @property
    def minutes(self) -> int:
        return self.unused // 60


def session(request: HttpRequest) -> dict[str, Any]:
    """Nothing is asked before it is drawn."""
    return {"session_ends": lambda: _ends(request), "account_layout": lambda: _layout(request)}


def _ends(request: HttpRequest) -> Ends | None:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated or second_factor.is_wanting(request):
        return None
    if (facts := facts_in(request.session)) is None:
        return None
    unused = int(settings.SESSION_IDLE.total_seconds())
    left = settings.SESSION_AT_MOST - (clock.real_now() - facts.began_at)
    return Ends(unused, max(int(left.total_seconds()), 0), min(WARNED_BEFORE, unused // 2))


def _layout(request: HttpRequest) -> str:
    """Until the second step is there, no page of the account has the service's header."""
    return "ui/door.html" if second_factor.is_wanting(request) else "base.html"
