"""Every page of ours, and what it says when nothing was filled in: nobody is hindered (WCAG 2.2 AA)."""

import pytest
from django.conf import settings
from django.test import Client as Browser
from playwright.sync_api import Page

from soskuntoutus import clock
from soskuntoutus.demo.models import DemoDay
from soskuntoutus.demo.steps import Path
from tests.access import places
from tests.access.test_access_table import ROLES, TABLE

FIRST = ("responsible", "own worker", "leader", "adviser", "administrator", "officer", "coordination")
WIDTHS = (1280, 390)
NO_PAGE = {"plans:letter", "ui:session"}  # a PDF with tests of its own, and what only a script reads
MAGNIFIED = 320  # 1280 px at 400 %
FORM = "main form[method=post]"
EMPTY_AND_SEND = """selector => {
    const form = document.querySelector(selector);
    for (const field of form.querySelectorAll("input:not([type=hidden]), textarea")) {
        if (field.type === "checkbox" || field.type === "radio") field.checked = false;
        else field.value = "";
    }
    form.submit();
}"""


def readers() -> dict[str, list[str]]:
    """For each page that opens at this step: whose it is; of the start page, everybody's."""
    roles = list(ROLES)
    found: dict[str, list[str]] = {}
    for line in TABLE.read_text().splitlines():
        if line.startswith("#") or line[36:41].strip() != "GET":
            continue
        name, row, statuses = line[:26].strip(), line[27:35].strip(), line[42:].split()
        if row in ("Ville", "-"):
            may = [role for role, status in zip(roles, statuses, strict=True) if status == "200"]
            chosen = [role for role in FIRST if role in may]
            found[name] = chosen if name == "reviews:desk" else chosen[:1]
    return {name: roles for name, roles in found.items() if roles and name not in NO_PAGE}


READERS = readers()


@pytest.fixture
def be(page: Page, committed_world):
    """Become this person, without the sign-in page, which has tests of its own."""
    cookies = {}
    DemoDay.set(clock.today())

    def become(role: str) -> None:
        if role not in cookies:
            visitor = Browser()
            visitor.force_login(getattr(committed_world, ROLES[role]))
            cookies[role] = visitor.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.clear_cookies()
        session = {"name": settings.SESSION_COOKIE_NAME, "value": cookies[role]}
        page.context.add_cookies([{**session, "domain": "localhost", "path": "/"}])

    return become


def barriers(page: Page, axe) -> list[str]:
    """What hinders at each width, and what makes the page scroll sideways when it is magnified."""
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        found += [f"{width} px: {barrier}" for barrier in axe(page)]
    page.set_viewport_size({"width": MAGNIFIED, "height": 900})
    over = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    return found + ([f"{over} px too wide at {MAGNIFIED} px"] if over > 0 else [])


def test_the_pages_of_every_role_are_walked():
    assert set(FIRST) - set(READERS["reviews:desk"]) == {"adviser"}  # whose start page is the intake
    assert len(READERS) > 25


@pytest.mark.step(12)
def test_nobody_is_hindered_on_any_page(page, be, axe, committed_world):
    path, found = Path(committed_world.cast), {}
    for place in places.ours():
        for role in READERS.get(place.name, []):
            be(role)
            page.goto(place.url(path))
            found[f"{place.name} as {role}"] = barriers(page, axe)
    assert {where: what for where, what in found.items() if what} == {}


@pytest.mark.step(12)
def test_nobody_is_hindered_when_nothing_was_filled_in(page, be, axe, committed_world):
    path, found, asked = Path(committed_world.cast), {}, 0
    for place in places.ours():
        for role in READERS.get(place.name, [])[:1]:
            be(role)
            page.goto(place.url(path))
            if page.locator(FORM).count():
                with page.expect_navigation():
                    page.evaluate(EMPTY_AND_SEND, FORM)
                if page.locator("#error-summary").count():
                    asked += 1
                    found[place.name] = barriers(page, axe)
    assert {where: what for where, what in found.items() if what} == {}
    assert asked > 10
