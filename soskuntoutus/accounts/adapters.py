"""What allauth asks of us: accounts are the organisation's own, and what happens to them is on record."""

from datetime import timedelta

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from soskuntoutus import clock
from soskuntoutus.accounts import attempts, directory, second_factor
from soskuntoutus.accounts.facts import facts_in
from soskuntoutus.audit.record import record
from soskuntoutus.organisation.models import User

WRONG = _("The code is not right, or it has been used already. Wait for the next one and try again.")


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up; what is told does not depend on who exists."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _("The user name or the password is not right."),
        "incorrect_password": _("The password is not right."),
        "enter_current_password": _("The password you have now is not right."),
        "incorrect_code": WRONG,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def validation_error(self, code: str, *args) -> ValidationError:
        if code in ("too_many_login_attempts", "rate_limited"):
            return ValidationError(attempts.sentence(), code=code)
        return super().validation_error(code, *args)

    def is_reauthentication_required(self, *, app: str, **facts) -> bool:
        """Who has just signed in need not show it once more."""
        began = facts_in(self.request.session)
        fresh = timedelta(seconds=app_settings.REAUTHENTICATION_TIMEOUT)
        just_now = began is not None and clock.real_now() - began.began_at < fresh
        return not just_now and super().is_reauthentication_required(app=app, **facts)

    def authentication_failed(self, request: HttpRequest, **credentials) -> None:
        record(None, "sign_in.failed", attempts.named(credentials.get("username", "")))

    def post_login(self, request: HttpRequest, user: User, *, signal_kwargs=None, **facts):
        if directory.vouches_for_two_steps((signal_kwargs or {}).get("sociallogin")):
            second_factor.note_proof(request)
        record(user, "sign_in", user)
        return super().post_login(request, user, signal_kwargs=signal_kwargs, **facts)

    def logout(self, request: HttpRequest) -> None:
        record(request.user, "sign_out", request.user)
        super().logout(request)

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:
        """Told to who has shown a passkey or come from the directory; a password does not get this far."""
        return render(request, "account/account_inactive.html", status=403)

    def set_password(self, user: User, password: str) -> None:
        """A new password ends every other session (Django asks for the password a session began with)."""
        super().set_password(user, password)
        record(user, "password.changed", user)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return settings.ACCOUNT_PAGE


class MFAAdapter(DefaultMFAAdapter):
    """The second step: its secrets are stored encrypted, and the last one stays where it is required."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": WRONG,
        "cannot_delete_authenticator": _("Two-step verification is required. Add a passkey first."),
        "cannot_generate_recovery_codes": _("Set up two-step verification first."),
    }

    def encrypt(self, text: str) -> str:
        return Fernet(settings.FIELD_KEY).encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return Fernet(settings.FIELD_KEY).decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        others = Authenticator.objects.filter(user=authenticator.user).exclude(pk=authenticator.pk)
        steps = others.exclude(type=Authenticator.Type.RECOVERY_CODES)
        return not settings.MFA_REQUIRED or steps.exists()

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:  # noqa: A002 - allauth's
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return _("Passkey %(number)d") % {"number": number}
