"""Signing in as one does it: an app, a passkey, the warning before the session ends, the way out."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from soskuntoutus import clock
from soskuntoutus.accounts.models import SignIn
from soskuntoutus.demo.cast import PASSWORD
from tests.accounts.totp import code

NARROW = {"width": 390, "height": 844}


@pytest.fixture
def shot(page, artefacts):
    """A picture at both widths; neither scrolls sideways."""

    def take(name):
        for size in (NARROW, {"width": 1280, "height": 900}):
            page.set_viewport_size(size)
            assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], name
            page.screenshot(path=artefacts / f"{name}-{size['width']}.png", full_page=True)

    return take


@pytest.fixture
def sign_in(page):
    def sign_in(username="niklas"):
        page.goto("/accounts/login/")
        page.get_by_label("Käyttäjätunnus").fill(username)
        page.get_by_label("Salasana").fill(PASSWORD)
        page.get_by_role("button", name="Kirjaudu tunnuksella").click()

    return sign_in


def open_menu(page):
    page.locator("details.me summary").click()


def sign_out(page):
    open_menu(page)
    page.locator(".me__menu").get_by_role("button", name="Kirjaudu ulos").click()
    page.wait_for_url("**/accounts/login/")


def test_an_app_is_taken_into_use_and_the_next_sign_in_asks_for_it(page, axe, sign_in, shot, settings):
    settings.MFA_REQUIRED = True
    sign_in()
    page.wait_for_url("**/accounts/mfa/**")
    assert axe(page) == []
    shot("mfa-index")
    page.get_by_role("link", name="Ota sovellus käyttöön").click()
    assert axe(page) == []
    assert page.evaluate("document.querySelector('.qr').naturalWidth") > 0
    shot("totp")
    secret = page.locator(".secret code").inner_text()
    page.get_by_label("Sovelluksen koodi").fill(code(secret))
    page.get_by_role("button", name="Ota käyttöön").click()
    page.wait_for_url("**/recovery-codes/")
    assert axe(page) == []
    shot("recovery-codes")
    spare = page.locator(".codes code").first.inner_text()
    page.get_by_role("link", name="Siirry töihin").click()
    sign_out(page)
    sign_in()
    page.wait_for_url("**/mfa/authenticate/**")
    assert axe(page) == []
    shot("second-step")
    page.get_by_label("Sovelluksen koodi tai palautuskoodi").fill(spare)
    page.get_by_role("button", name="Kirjaudu", exact=True).click()
    page.wait_for_url(re.compile(r"localhost:\d+/$"))
    open_menu(page)
    page.get_by_role("link", name="Oma tili").click()
    assert axe(page) == []
    shot("account")


def test_a_passkey_is_made_and_signs_in_alone(page, axe, sign_in, shot):
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    device = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": device | {"isUserVerified": True}})
    sign_in()
    page.goto(reverse("mfa_add_webauthn"))
    assert axe(page) == []
    shot("passkey-new")
    page.get_by_label("Pääsyavaimen nimi").fill("Työpuhelin")
    page.get_by_role("button", name="Luo pääsyavain").click()
    page.wait_for_url("**/recovery-codes/")
    page.goto(reverse("mfa_list_webauthn"))
    assert page.get_by_role("rowheader", name="Työpuhelin").is_visible()
    assert axe(page) == []
    shot("passkeys")
    sign_out(page)
    page.get_by_role("button", name="Kirjaudu pääsyavaimella").click()
    page.wait_for_url(re.compile(r"localhost:\d+/$"))
    assert page.locator("details.me").is_visible()


def test_a_passkey_that_is_not_there_is_told_in_a_sentence(page):
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    device = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": device | {"isUserVerified": True}})
    page.goto("/accounts/login/")
    assert not page.get_by_text("Pääsyavainta ei käytetty").is_visible()
    page.get_by_role("button", name="Kirjaudu pääsyavaimella").click()
    page.get_by_role("alert").get_by_text("Pääsyavainta ei käytetty").wait_for()


def test_before_the_idle_end_one_press_goes_on(page, axe, sign_in, shot):
    page.clock.install()
    sign_in()
    page.goto("/clients/")
    warning = page.get_by_role("alertdialog")
    page.clock.fast_forward(timedelta(minutes=597).total_seconds() * 1000)
    assert not warning.is_visible()
    page.clock.fast_forward(62_000)
    warning.wait_for()
    assert re.search(r"kello \d\d?\.\d\d", warning.inner_text())
    assert axe(page) == []
    shot("ending")
    assert page.evaluate("document.activeElement.textContent") == "Jatka työtä"
    before = SignIn.objects.get(user__username="niklas").expire_date
    with page.expect_response("**/account/stay/") as answer:
        page.keyboard.press("Enter")
    assert answer.value.status == 204
    warning.wait_for(state="hidden")
    assert SignIn.objects.get(user__username="niklas").expire_date > before
    page.clock.fast_forward(120_000)
    assert not warning.is_visible()


def test_an_unused_page_leaves_by_itself_and_says_why(page, sign_in):
    page.clock.install()
    sign_in()
    page.goto("/clients/?page=1")
    SignIn.objects.update(expire_date=clock.real_now() - timedelta(seconds=1))
    page.clock.fast_forward(599 * 60_000)
    page.get_by_role("alertdialog").wait_for()
    page.clock.fast_forward(64_000)
    page.wait_for_url("**/accounts/login/?next=/clients/*")
    assert page.get_by_text("Istuntosi on päättynyt").is_visible()
    page.get_by_label("Käyttäjätunnus").fill("niklas")
    page.get_by_label("Salasana").fill(PASSWORD)
    page.get_by_role("button", name="Kirjaudu tunnuksella").click()
    page.wait_for_url("**/clients/?page=1")


def test_who_keeps_unsaved_text_may_keep_the_page(page, sign_in):
    page.clock.install()
    sign_in()
    page.goto("/clients/")
    page.evaluate("document.addEventListener('session:ended', event => event.preventDefault())")
    page.clock.fast_forward(599 * 60_000)
    page.clock.fast_forward(64_000)
    page.get_by_role("alertdialog").get_by_text("Istunto on päättynyt.").wait_for()
    assert page.url.endswith("/clients/")


def test_work_in_another_tab_is_work(page, sign_in):
    page.clock.install()
    sign_in()
    page.goto("/clients/")
    page.clock.fast_forward(599 * 60_000)
    page.get_by_role("alertdialog").wait_for()
    other = page.context.new_page()
    other.clock.install(time=page.evaluate("Date.now()") / 1000)
    other.goto("/groups/")
    page.get_by_role("alertdialog").wait_for(state="hidden")
    other.close()


def test_after_signing_out_the_back_button_shows_nothing(page, sign_in):
    sign_in()
    page.goto("/clients/")
    assert page.get_by_role("heading", level=1).inner_text() == "Asiakkaat"
    sign_out(page)
    page.go_back()
    page.wait_for_url("**/accounts/login/**")
    assert "Asiakkaat" not in page.content()


def test_the_page_of_sessions_ends_one_elsewhere(page, axe, sign_in, shot, browser):
    elsewhere = browser.new_context()
    there = elsewhere.new_page()
    page.goto("/accounts/login/")
    there.goto(page.url)
    there.locator("#id_login").fill("niklas")
    there.locator("#id_password").fill(PASSWORD)
    there.locator("#id_password").press("Enter")
    there.wait_for_url(re.compile(r"localhost:\d+/$"))
    sign_in()
    page.goto(reverse("accounts:sessions"))
    assert axe(page) == []
    shot("sessions")
    page.get_by_role("button", name="Päätä", exact=True).click()
    page.get_by_text("Istunto on päätetty.").wait_for()
    there.reload()
    assert "/accounts/login/" in there.url
    elsewhere.close()
