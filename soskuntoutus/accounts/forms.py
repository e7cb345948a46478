"""Allauth's forms in our words (settings.ACCOUNT_FORMS and MFA_FORMS)."""

from allauth.account.forms import LoginForm
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class SignIn(LoginForm):
    """The first step of signing in. Its fields are called login and password."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = pgettext_lazy("ui", "User name")
        self.fields["login"].error_messages["required"] = _("Write your user name.")
        self.fields["login"].widget.attrs |= {"autocapitalize": "none", "spellcheck": "false"}
        self.fields["password"].label = pgettext_lazy("ui", "Password")
        self.fields["password"].error_messages["required"] = _("Write your password.")


class _Code:
    """Digits that are typed from a telephone."""

    label = _("Code from the app, or a recovery code")

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["code"]
        field.label = self.label
        field.error_messages["required"] = _("Write the code.")
        field.widget.attrs |= {
            "inputmode": "numeric",
            "class": "input--date",
            "autocomplete": "one-time-code",
        }


class SignInCode(_Code, AuthenticateForm):
    """The second step of signing in."""


class ProofCode(_Code, ReauthenticateForm):
    """The second step again, before a change to how one signs in."""


class FirstCode(_Code, ActivateTOTPForm):
    """The first code from an app that is being taken into use."""

    label = _("Code from the app")


class _Named:
    """A passkey has a name that tells its owner which device it is in."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name of the passkey")
        self.fields["name"].help_text = _("For example: work phone.")
        self.fields["name"].error_messages["required"] = _("Write a name.")


class NewPasskey(_Named, AddWebAuthnForm):
    """A passkey that is being made."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["passwordless"].label = _("Sign in with this alone, without a password")
        self.fields["passwordless"].help_text = _("Asks for your fingerprint, face or PIN each time.")
        self.fields["passwordless"].initial = True


class PasskeyName(_Named, EditWebAuthnForm):
    """Another name for a passkey."""
