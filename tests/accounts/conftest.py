import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client as Browser

from soskuntoutus.audit.models import Event
from soskuntoutus.demo.cast import PASSWORD

LOGIN = "/accounts/login/"


class Door:
    """A browser at the sign-in page."""

    def __init__(self, **headers: str):
        self.browser = Browser(
            headers={"user-agent": "Mozilla/5.0 (Windows NT 10.0) Firefox/140.0"} | headers
        )

    def try_(self, username: str, password: str = PASSWORD, **facts: str):
        """Send the sign-in form once."""
        return self.browser.post(LOGIN, {"login": username, "password": password, **facts})


@pytest.fixture
def door() -> Door:
    return Door()


@pytest.fixture
def signed_in(world):
    """Sign one of the cast in by password, in a browser of their own."""

    def sign_in(username: str = "niklas") -> Browser:
        door = Door()
        assert door.try_(username).status_code == 302
        return door.browser

    return sign_in


@pytest.fixture
def app():
    """Give a user an authenticator app; returns its secret."""

    def give(user) -> str:
        secret = generate_totp_secret()
        TOTP.activate(user, secret)
        assert Authenticator.objects.filter(user=user).exists()
        return secret

    return give


@pytest.fixture
def deeds():
    """What the log says was done, from here on."""
    last = Event.objects.order_by("-pk").values_list("pk", flat=True).first() or 0

    def since() -> list[str]:
        return list(Event.objects.filter(pk__gt=last).order_by("pk").values_list("verb", flat=True))

    return since
