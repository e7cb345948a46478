"""Two-step verification: required where the settings say so, and nothing of ours is seen until it is there."""

import re
import time
from datetime import timedelta
from uuid import UUID

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.conf import settings as django_settings
from django.test import Client as Browser
from django.urls import Resolver404, URLPattern, get_resolver, resolve, reverse

from soskuntoutus import clock
from soskuntoutus.audit.models import Event
from soskuntoutus.demo.cast import PASSWORD
from tests.accounts.conftest import Door
from tests.accounts.totp import STEP, code

OURS = {"clients", "plans", "groups", "reviews", "organisation", "accounts", "admin"}
FOR_PATHS = {"uuid": UUID(int=1), "pk": 1, "kind": "client_plan", "object_id": 1, "app_label": "organisation"}
SECRET_IN_PAGE = re.compile(r"<code>([A-Z2-7]{16,})</code>")
ANYWHERE = frozenset(
    {"account_login", "mfa_login_webauthn", "healthz", "set_language", "mfa_authenticate"}
) | {
    "openid_connect_login",
    "openid_connect_callback",
}


@pytest.fixture
def required(settings, world):
    settings.MFA_REQUIRED = True
    return world


def urls() -> list[tuple[str, str]]:
    """Every address of the service with the name of its view."""
    found = set(_walk(get_resolver(django_settings.ROOT_URLCONF), "/", ""))
    return sorted((name, url) for name, url in found if _leads_somewhere(url))


def _walk(resolver, prefix, space):
    for entry in resolver.url_patterns:
        route = prefix + _filled(str(entry.pattern))
        if isinstance(entry, URLPattern):
            yield f"{space}{entry.name}", route
        else:
            yield from _walk(entry, route, f"{space}{entry.namespace}:" if entry.namespace else space)


def _filled(route: str) -> str:
    route = re.sub(r"\(\?P<\w+>[^)]*\)", "1", route).removeprefix("^").removesuffix("$")
    return re.sub(r"<(?:\w+:)?(\w+)>", lambda part: str(FOR_PATHS.get(part[1], 1)), route)


def _leads_somewhere(url: str) -> bool:
    try:
        resolve(url)
    except Resolver404:
        return False
    return True


def where(answer) -> str:
    return (
        answer.headers["Location"].split("?")[0] if "Location" in answer.headers else str(answer.status_code)
    )


# Until it is there


def test_no_page_of_the_service_is_reached_without_the_second_step(required, signed_in):
    browser = signed_in("niklas")
    walked = 0
    for name, url in urls():
        if name.split(":")[0] not in OURS:
            continue
        for ask in (browser.get, browser.post):
            assert where(ask(url)) == reverse("mfa_index"), (name, url)
        walked += 1
    assert walked > 60


def test_of_the_libraries_pages_only_those_that_set_it_up_open(required, signed_in):
    open_to_them = set()
    for name, url in urls():
        if ":" in name or name in ANYWHERE:
            continue
        browser = signed_in("niklas")
        if where(browser.get(url)) != reverse("mfa_index"):
            open_to_them.add(name)
    assert open_to_them <= {
        "mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "account_reauthenticate", "account_logout"
    }  # fmt: skip


def test_the_administration_is_no_way_round(required, signed_in):
    assert where(signed_in("antti").get(reverse("admin:index"))) == reverse("mfa_index")


def test_the_page_to_set_it_up_shows_nothing_of_the_service(required, signed_in):
    page = signed_in("niklas").get(reverse("mfa_index")).content.decode()
    assert 'class="nav"' not in page
    assert "/account/" not in page
    assert reverse("account_logout") in page


def test_where_it_is_not_required_the_password_is_enough(world, signed_in):
    assert signed_in("niklas").get("/clients/").status_code == 200


def test_a_device_is_not_enough_this_session_must_have_used_it(required, signed_in, app):
    browser = signed_in("niklas")
    secret = app(required.niklas)
    for name in (
        "clients:list",
        "mfa_view_recovery_codes",
        "mfa_index",
        "mfa_add_webauthn",
        "mfa_activate_totp",
    ):
        assert where(browser.get(reverse(name))) == reverse("mfa_reauthenticate"), name
    proof = browser.post(f"{reverse('mfa_reauthenticate')}?next=/clients/", {"code": code(secret)})
    assert proof.headers["Location"] == "/clients/"
    assert browser.get("/clients/").status_code == 200


# Setting it up


def test_an_app_is_taken_into_use_with_its_first_code(committed_world, settings):
    settings.MFA_REQUIRED = True
    door = Door()
    door.try_("niklas")
    page = door.browser.get(reverse("mfa_activate_totp")).content.decode()
    secret = SECRET_IN_PAGE.search(page)[1]
    assert "data:image/svg+xml;base64," in page
    answer = door.browser.post(reverse("mfa_activate_totp"), {"code": code(secret)})
    assert where(answer) == reverse("mfa_view_recovery_codes")
    codes = door.browser.get(reverse("mfa_view_recovery_codes")).content.decode()
    assert len(re.findall(r"<li><code>\d{8}</code></li>", codes)) == 10
    assert door.browser.get("/clients/").status_code == 200
    deeds = set(Event.objects.filter(actor=committed_world.niklas.uuid).values_list("verb", flat=True))
    assert {"sign_in", "mfa.added totp", "mfa.added recovery_codes"} <= deeds


def test_a_wrong_first_code_takes_nothing_into_use(required, signed_in):
    browser = signed_in("niklas")
    browser.get(reverse("mfa_activate_totp"))
    page = browser.post(reverse("mfa_activate_totp"), {"code": "000000"}).content.decode()
    assert "Koodi ei ole oikein" in page
    assert not Authenticator.objects.exists()


def test_the_secret_is_not_readable_in_the_database(world, app):
    secret = app(world.niklas)
    assert secret not in str(Authenticator.objects.get().data)


# Signing in with it


@pytest.fixture
def secret(world, app):
    return app(world.niklas)


@pytest.fixture
def half_in(secret) -> Browser:
    """A browser that has given the password."""
    door = Door()
    assert where(door.try_("niklas", next="/groups/")) == reverse("mfa_authenticate")
    return door.browser


def test_the_password_alone_does_not_sign_in(half_in):
    assert where(half_in.get("/clients/")) == reverse("account_login")


def test_the_code_signs_in_and_leads_to_the_page_asked_for(half_in, secret):
    assert where(half_in.post(reverse("mfa_authenticate"), {"code": code(secret)})) == "/groups/"
    assert half_in.get("/clients/").status_code == 200


def test_a_code_opens_once(secret):
    shown = code(secret)
    answers = []
    for _ in range(2):
        door = Door()
        door.try_("niklas")
        answers.append(door.browser.post(reverse("mfa_authenticate"), {"code": shown}).status_code)
    assert answers == [302, 200]


def test_a_code_of_the_minute_before_does_not_open(half_in, secret):
    assert (
        half_in.post(reverse("mfa_authenticate"), {"code": code(secret, time.time() - 2 * STEP)}).status_code
        == 200
    )


def test_wrong_codes_are_counted_and_on_record(half_in, secret, deeds):
    for _ in range(5):
        half_in.post(reverse("mfa_authenticate"), {"code": "000000"})
    page = half_in.post(reverse("mfa_authenticate"), {"code": code(secret)}).content.decode()
    assert "Liian monta yritystä" in page
    assert deeds() == ["mfa.failed totp"] * 5


def test_a_recovery_code_opens_once(secret, world):
    spare = RecoveryCodes.activate(world.niklas).get_unused_codes()[0]
    answers = []
    for _ in range(2):
        door = Door()
        door.try_("niklas")
        answers.append(door.browser.post(reverse("mfa_authenticate"), {"code": spare}).status_code)
    assert answers == [302, 200]


# Giving it up


def test_the_last_step_stays_where_it_is_required(required, signed_in, secret):
    browser = signed_in("niklas")
    browser.post(reverse("mfa_authenticate"), {"code": code(secret)})
    page = browser.post(reverse("mfa_deactivate_totp")).content.decode()
    assert "pakollinen" in page
    assert Authenticator.objects.exists()


def test_where_it_is_not_required_it_is_given_up_with_a_fresh_password(world, signed_in, secret, deeds):
    browser = signed_in("niklas")
    browser.post(reverse("mfa_authenticate"), {"code": code(secret)})
    session = browser.session
    session["sign_in"] |= {"began": (clock.real_now() - timedelta(minutes=6)).isoformat()}
    session.save()
    asked = browser.post(reverse("mfa_deactivate_totp"))
    assert where(asked) == reverse("account_reauthenticate")
    browser.post(asked.headers["Location"], {"password": PASSWORD})
    browser.post(reverse("mfa_deactivate_totp"))
    assert not Authenticator.objects.exists()
    assert "mfa.removed totp" in deeds()
