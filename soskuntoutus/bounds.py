"""Numbers from the environment that would weaken the service are refused."""

from datetime import timedelta

from django.core.exceptions import ImproperlyConfigured

LONGEST_IDLE = 60
LONGEST_SESSION = 24


def idle(minutes: int, *, production: bool) -> timedelta:
    """How long a session may be unused."""
    if minutes < 1 or (production and minutes > LONGEST_IDLE):
        raise ImproperlyConfigured(f"Set SESSION_IDLE_MINUTES between 1 and {LONGEST_IDLE}.")
    return timedelta(minutes=minutes)


def session(hours: int) -> timedelta:
    """How long a session may last, however busy."""
    if not 1 <= hours <= LONGEST_SESSION:
        raise ImproperlyConfigured(f"Set SESSION_HOURS between 1 and {LONGEST_SESSION}.")
    return timedelta(hours=hours)


def proxies(count: int) -> int:
    """How many proxies of our own stand before the service: by them the true address of a browser is known."""
    if count < 0:
        raise ImproperlyConfigured("Set PROXY_COUNT to the number of your own proxies: 0, 1, 2 …")
    return count
