"""One who walks through the service in a browser, as one person of the cast after another, on the demo's days."""

import re
from datetime import date
from pathlib import Path

from playwright.sync_api import Page, expect

from soskuntoutus.demo.cast import PASSWORD
from soskuntoutus.demo.models import DemoDay
from soskuntoutus.ui import dates

ISO = re.compile(r"\d{4}-\d\d-\d\d")


class Walker:
    """Signs in, follows the one next step, types, presses, and keeps a picture of each step."""

    def __init__(self, page: Page, pictures: Path):
        self.page, self.pictures = page, pictures
        self.client = ""

    def be(self, username: str, day: str) -> None:
        """Be this person on this day, signed in with their own password."""
        DemoDay.set(date.fromisoformat(day))
        self.page.context.clear_cookies()
        self.page.goto("/accounts/login/")
        self.page.locator("[name=login]").fill(username)
        self.page.locator("[name=password]").fill(PASSWORD)
        self.page.get_by_role("button", name="Kirjaudu tunnuksella").click()
        expect(self.page.get_by_role("button", name="Kirjaudu tunnuksella")).to_have_count(0)

    def open_client(self) -> None:
        """Open the client's page."""
        self.page.goto(self.client)

    def take_next_step(self, title: str) -> None:
        """Open the client's page, see that this is what comes next, and press its one button."""
        self.open_client()
        card = self.page.locator(".next")
        expect(card).to_contain_text(title)
        card.locator(".hds-button").first.click()

    def type(self, typed: dict) -> None:
        """Fill a form by the names of its fields, as a person would type the values."""
        for name, value in typed.items():
            self._answer(name, value)

    def press(self, button: str) -> None:
        """Press a button of the page by what it says, once it is the only one that says so."""
        with self.page.expect_navigation():  # the text is kept first, and then the form is sent
            self.page.get_by_role("button", name=button, exact=True).click()

    def submit(self) -> None:
        """Press the form's own button, the last one of the page."""
        with self.page.expect_navigation():
            self.page.locator("main form button.hds-button, .actionbar button.hds-button").last.click()

    def told(self, message: str) -> None:
        """The service said this after the deed."""
        expect(self.page.get_by_role("status").filter(has_text=message)).to_have_count(1)

    def refused(self, sentence: str) -> None:
        """The summary of what stands in the way says this, and has the focus."""
        expect(self.page.locator("#error-summary, .note--error").first).to_contain_text(sentence)

    def picture(self, step: int) -> None:
        """Keep what the page looks like now."""
        self.page.screenshot(path=self.pictures / f"ville-{step:02}.png", full_page=True)

    def status_of(self, address: str) -> int:
        """What the service answers this person there."""
        return self.page.request.get(address).status

    def _answer(self, name: str, value) -> None:
        fields = self.page.locator(f'main [name="{name}"]')
        kind = fields.first.get_attribute("type")
        if kind == "radio":
            self.page.locator(f'main [name="{name}"][value="{value}"]').check()
        elif kind == "checkbox":
            for chosen in value if isinstance(value, list) else [None] if value else []:
                exact = f'[value="{chosen}"]' if chosen is not None else ""
                self.page.locator(f'main [name="{name}"]{exact}').check()
        elif fields.first.evaluate("field => field.tagName") == "SELECT":
            fields.select_option(str(value))
        else:
            text = str(value)
            fields.fill(dates.plain(date.fromisoformat(text)) if ISO.fullmatch(text) else text)
