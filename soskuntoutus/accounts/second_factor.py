"""Two-step verification: what proves it, and what a user sees until it is there (settings.MFA_REQUIRED)."""

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest

from soskuntoutus.accounts.facts import facts_in

SETTING_UP = frozenset(
    {"mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "account_reauthenticate", "account_logout"}
)
PROVING = frozenset({"mfa_reauthenticate", "mfa_reauthenticate_webauthn", "account_logout"})


def is_proven(request: HttpRequest) -> bool:
    """Whether this very session has gone through two steps: having a device is not enough."""
    facts = facts_in(request.session)
    records = get_authentication_records(request, request.user)
    return bool(facts and facts.proven) or any(record["method"] == "mfa" for record in records)


def is_wanting(request: HttpRequest) -> bool:
    """Whether the signed-in user must first set up or go through the second step."""
    return settings.MFA_REQUIRED and request.user.is_authenticated and not is_proven(request)


def page_wanted(request: HttpRequest) -> str | None:
    """The page the user is led to instead of the one asked for, if the second step is wanting."""
    if not is_wanting(request):
        return None
    asked = request.resolver_match.view_name
    if is_mfa_enabled(request.user, [Authenticator.Type.TOTP]):
        return None if asked in PROVING else "mfa_reauthenticate"
    if is_mfa_enabled(request.user, [Authenticator.Type.WEBAUTHN]):
        return None if asked in PROVING else "mfa_reauthenticate_webauthn"
    return None if asked in SETTING_UP else "mfa_index"


def note_proof(request: HttpRequest) -> None:
    """The session has just been shown a working second step."""
    facts = facts_in(request.session)
    if facts is not None:
        facts.proven = True
        facts.note(request.session)
