"""Who may reach what: every URL of ours × every role × own, next door's or no row × GET, POST, htmx, as one table.

The table is in table.txt. After a change that is meant, write it anew and read the difference:
    WRITE_ACCESS_TABLE=1 python -m pytest tests/access
"""

import logging
import os
from dataclasses import dataclass
from pathlib import Path as File
from uuid import UUID

import pytest
from django.db import transaction
from django.test import Client as Browser

from clients.models import Client
from soskuntoutus.audit.models import Shown
from soskuntoutus.demo.steps import Path
from tests.access import places
from tests.worlds import neighbour

TABLE = File(__file__).parent / "table.txt"
STEP = 12
ROLES = {
    "nobody": None,
    "adviser": "pia",
    "own worker": "sanna",
    "responsible": "niklas",
    "colleague": "hanna",
    "leader": "leena",
    "worker next door": "eeva",
    "leader next door": "tarja",
    "coordination": "katja",
    "administrator": "antti",
    "officer": "tuija",
}
METHODS = ("GET", "POST", "htmx")
ENTITLED = {
    "Ville": {"own worker", "responsible", "leader"},
    "Matti": {"worker next door", "leader next door"},
    "Meri": {"worker next door", "leader next door"},
    "Aada": {"own worker", "leader"},
    "Linnea": {"own worker", "leader"},
}


@pytest.fixture
def crowd(world):
    """Ville in the west and Matti in the east, both in the twelfth step; nobody has been shown to anyone."""
    world.go_with_a_neighbour(STEP)
    assert not Shown.objects.exists()
    return {"Ville": Path(world.cast), "Matti": neighbour(), "nothing": None}


class Visitor(Browser):
    """A browser that takes the answer as it comes: it keeps neither cookies nor the templates that were drawn."""

    def request(self, **request):
        return self.handler(self._base_environ(**request))


@pytest.fixture
def browsers(world, crowd, caplog):
    """One signed-in browser per role; thousands of refusals are no news to the log."""
    caplog.set_level(logging.CRITICAL, "django.request")
    signed_in = {}
    for role, username in ROLES.items():
        signed_in[role] = Visitor()
        if username:
            signed_in[role].force_login(getattr(world, username))
    return signed_in


def ask(browser: Browser, method: str, url: str):
    """One request of which nothing stays; returns the answer and the clients the log says were shown."""
    with transaction.atomic():
        if method == "POST":
            answer = browser.post(url, {})
        else:
            answer = browser.get(url, headers={"HX-Request": "true"} if method == "htmx" else {})
        shown = list(Shown.objects.values_list("client", flat=True))
        transaction.set_rollback(True)
    return answer, shown


def rows_of(place: places.Place) -> tuple[str, ...]:
    return ("Ville", "Matti", "nothing") if place.finds else ("-",)


def lines(browsers, crowd, checked):
    """The table as the service answers now; each answer is checked as it comes."""
    for place in places.ours():
        for row in rows_of(place):
            url = place.url(crowd.get(row) if row != "-" else None)
            for method in METHODS:
                start = f"{place.name:26} {row:8} {method:5}"
                statuses = []
                for role, browser in browsers.items():
                    answer, shown = ask(browser, method, url)
                    statuses.append(f"{answer.status_code:<5}")
                    checked(f"{start} {role}", role, answer, shown)
                yield f"{start} {' '.join(statuses)}".rstrip()


def heading() -> str:
    numbered = [f"{number}={role}" for number, role in enumerate(ROLES, start=1)]
    columns = " ".join(f"{number:<5}" for number in range(1, len(ROLES) + 1))
    return f"# {', '.join(numbered)}\n# {'url':24} {'row':8} {'how':5} {columns.rstrip()}\n"


def test_every_url_answers_every_role_exactly_as_the_table_says(browsers, crowd):
    known = [Marks.of(client) for client in Client.objects.all()]
    hidden = {role: [marks for marks in known if role not in ENTITLED[marks.first]] for role in ROLES}
    faults = []

    def checked(where, role, answer, shown):
        body = text_of(answer)
        faults.extend(
            f"{where}: {mark} is told" for marks in hidden[role] for mark in marks.of_person if mark in body
        )
        faults.extend(f"{where}: {fault}" for fault in unlogged(answer, body, shown, known))

    table = heading() + "\n".join(lines(browsers, crowd, checked)) + "\n"
    if os.environ.get("WRITE_ACCESS_TABLE"):
        TABLE.write_text(table)
    assert faults == [], "\n".join(faults[:50])
    assert table.splitlines() == TABLE.read_text().splitlines()


@dataclass(frozen=True)
class Marks:
    """What a client can be recognised by on a page."""

    uuid: UUID
    first: str
    of_person: tuple[str, ...]

    @classmethod
    def of(cls, client: Client) -> "Marks":
        told = (client.last_name, client.identity_code, str(client.uuid))
        return cls(client.uuid, client.first_names, tuple(mark for mark in told if mark))


def unlogged(answer, body: str, shown: list[UUID], known: list[Marks]) -> list[str]:
    """Clients on the page without exactly one row in the log, and rows for clients that are not on the page."""
    found = [] if len(shown) == len(set(shown)) else ["logged twice"]
    if answer.status_code != 200 or not answer.headers["Content-Type"].startswith("text/html"):
        return found
    for marks in known:
        on_page = any(mark in body for mark in marks.of_person)
        if on_page and marks.uuid not in shown:
            found.append(f"{marks.first} shown, not logged")
        # A part of a page that went through the door may show less than the page.
        if marks.uuid in shown and not on_page and marks.first not in body and "<html" in body:
            found.append(f"{marks.first} logged, not shown")
    return found


def text_of(answer) -> str:
    """The body as text, if it is text."""
    kind = answer.headers.get("Content-Type", "")
    return answer.content.decode() if kind.startswith("text/") else ""


def test_the_table_names_every_url_and_no_other():
    named = {line.split()[0] for line in TABLE.read_text().splitlines() if not line.startswith("#")}
    assert named == {place.name for place in places.ours()}


FAMILIES = {
    "accounts/login/": "200 302 302 302 302 302 302 302 302 302 302",
    "accounts/logout/": "302 200 200 200 200 200 200 200 200 200 200",
    "accounts/mfa/": "302 200 200 200 200 200 200 200 200 200 200",
    "accounts/mfa/webauthn/login/": "302 302 302 302 302 302 302 302 302 302 302",
    "accounts/oidc/": "404 404 404 404 404 404 404 404 404 404 404",
    "accounts/password/": "302 200 200 200 200 200 200 200 200 200 200",
    "accounts/reauthenticate/": "302 200 200 200 200 200 200 200 200 200 200",
    "admin/": "302 302 302 302 302 302 302 302 302 200 302",
    "demo/": "404 404 404 404 404 404 404 404 404 404 404",
    "healthz": "200 200 200 200 200 200 200 200 200 200 200",
    "language/": "302 302 302 302 302 302 302 302 302 302 302",
}


def test_what_libraries_bring_answers_each_role_as_the_family_says(browsers):
    assert sorted(FAMILIES) == places.families()
    told = {
        family: " ".join(
            str(ask(browser, "GET", f"/{family}")[0].status_code) for browser in browsers.values()
        )
        for family in FAMILIES
    }
    assert told == FAMILIES
