"""Signing in: the same answer whoever one tries to be, a limit on tries, and all of it on record."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core.cache import caches
from django.core.management import call_command
from django.db import connection
from django.urls import NoReverseMatch, reverse

from soskuntoutus.audit.models import Event
from soskuntoutus.demo.cast import PASSWORD
from soskuntoutus.organisation.models import User
from tests.accounts.conftest import LOGIN, Door

CHANGING = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')
WRONG = "väärä salasana tässä"


def told(answer, typed: str) -> str:
    """What the page says, apart from what changes by itself and what was typed."""
    return CHANGING.sub("", answer.content.decode()).replace(typed, "…")


@pytest.fixture
def closed(world):
    """Hanna's account is closed."""
    User.objects.filter(pk=world.hanna.pk).update(is_active=False)
    return world


def test_nobody_signs_up(client, db):
    with pytest.raises(NoReverseMatch):
        reverse("account_signup")
    assert client.get("/accounts/signup/").status_code == 404
    assert client.post("/accounts/signup/", {"username": "uusi", "password1": PASSWORD}).status_code == 404


def test_the_password_opens_the_page_that_was_asked_for(world, door):
    assert door.try_("niklas", next="/clients/").headers["Location"] == "/clients/"


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:1"]
)
def test_after_signing_in_one_stays_here(world, door, elsewhere):
    assert door.try_("niklas", next=elsewhere).headers["Location"] == "/"


# Who exists is not told


@pytest.mark.parametrize(
    ("username", "password"),
    [("nobody-here", PASSWORD), ("niklas", WRONG), ("hanna", PASSWORD), ("hanna", WRONG)],
)
def test_unknown_wrong_and_closed_are_answered_alike(closed, username, password):
    known = Door().try_("niklas", WRONG)
    answer = Door().try_(username, password)
    assert (answer.status_code, told(answer, username)) == (known.status_code, told(known, "niklas"))


@pytest.mark.parametrize(
    ("username", "password"),
    [("nobody-here", PASSWORD), ("niklas", WRONG), ("hanna", PASSWORD), ("hanna", WRONG)],
)
def test_each_refusal_costs_one_hashing(closed, monkeypatch, username, password):
    counted = []
    encode = MD5PasswordHasher.encode

    def counting(self, password, salt):
        counted.append(salt)
        return encode(self, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counting)
    assert Door().try_(username, password).status_code == 200
    assert len(counted) == 1


# Limits


@pytest.mark.parametrize("username", ["niklas", "nobody-here"])
def test_after_five_wrong_tries_the_right_one_waits_too_and_is_told_how_long(world, username):
    for _ in range(5):
        Door().try_(username, WRONG)
    answer = Door().try_(username)
    assert answer.status_code == 200
    assert "Yritä uudelleen 5 minuutin kuluttua." in answer.content.decode()


def test_another_user_is_not_held_up_by_it(world):
    for _ in range(5):
        Door().try_("niklas", WRONG)
    assert Door().try_("sanna").status_code == 302


def test_the_right_password_is_not_counted(world):
    for _ in range(8):
        assert Door().try_("niklas").status_code == 302


def test_one_address_that_tries_many_names_is_held_up(world):
    for number in range(30):
        Door().try_(f"name{number}", WRONG)
    answer = Door().try_("sanna")
    assert "Liian monta yritystä" in answer.content.decode()


def test_a_flood_is_turned_away_on_a_page_of_ours(world):
    for _ in range(120):
        Door().browser.post(LOGIN, {})
    answer = Door().browser.post(LOGIN, {})
    assert answer.status_code == 429
    assert "Yritä uudelleen minuutin kuluttua." in answer.content.decode()


def test_the_counts_are_shared_by_all_processes(committed, settings):
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "counts"}
    }
    call_command("createcachetable", verbosity=0)

    def guess(_number):
        try:
            return Door().try_("nobody-here", WRONG).content.decode()
        finally:
            caches.close_all()
            connection.close()

    with ThreadPoolExecutor(4) as processes:
        answers = list(processes.map(guess, range(12)))
    assert sum("Liian monta yritystä" not in answer for answer in answers) == 5


# On record


def test_signing_in_and_out_is_on_record(world, deeds, door):
    door.try_("niklas")
    door.browser.post(reverse("account_logout"))
    assert deeds() == ["sign_in", "sign_out"]
    assert set(Event.objects.order_by("-pk").values_list("actor", flat=True)[:2]) == {world.niklas.uuid}


def test_a_failure_names_a_known_user_and_no_doer(world, door):
    door.try_("niklas", WRONG)
    failure = Event.objects.get(verb="sign_in.failed")
    assert (failure.actor, failure.subject) == (None, f"organisation.User:{world.niklas.uuid}")


def test_a_failure_keeps_nothing_of_what_was_typed(world):
    for typed in ("vahingossa-salasana", "VAHINGOSSA-salasana", "toinen"):
        Door().try_(typed, WRONG)
    marks = list(Event.objects.filter(verb="sign_in.failed").order_by("pk").values_list("subject", flat=True))
    assert all(re.fullmatch(r"unknown:[0-9a-f]{16}", mark) for mark in marks)
    assert marks[0] == marks[1] != marks[2]
