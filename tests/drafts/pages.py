"""An open page as the server sees it: what its form carries, and what it sends while somebody types."""

import re
from html import unescape

from django.test import Client as Browser
from django.urls import reverse

FIELD = re.compile(r'<input type="hidden" name="draft" value="([^"]+)"([^>]*)>')
DATA = re.compile(r'data-([\w-]+)="([^"]*)"')
BASIS = re.compile(r'name="draft-basis" value="([^"]*)"')


class OpenPage:
    """A page opened in a browser; it types and saves as js/drafts.js does."""

    def __init__(self, browser: Browser, url: str):
        self.browser, self.url = browser, url
        self.answer = browser.get(url)
        self.text = unescape(self.answer.content.decode())
        found = FIELD.search(self.text)
        assert found, "The page keeps no drafts."
        self.place, told = found[1], dict(DATA.findall(found[2]))
        self.nonce, self.writer, self.version = told["nonce"], told["writer"], int(told["version"])
        self.basis, self.count = BASIS.search(self.text)[1], 0

    def type(self, settled=None, **typed):
        """Save what is typed; returns the whole answer."""
        self.count += 1
        sent = {
            "place": self.place,
            "writer": self.writer,
            "version": self.version,
            "count": self.count,
            "basis": self.basis,
            "typed": {name: [value] if isinstance(value, str) else value for name, value in typed.items()},
            "settled": settled,
        }
        answer = self.browser.post(reverse("ui:drafts"), sent, content_type="application/json")
        if answer.status_code == 200:
            told = answer.json()
            self.place, self.nonce, self.version = told["place"], told["nonce"], told["version"]
        return answer

    def send(self, **typed):
        """Press the form's button."""
        return self.browser.post(self.url, {"draft": self.place, "draft-basis": self.basis, **typed})


def signed_in(user) -> Browser:
    browser = Browser()
    browser.force_login(user)
    return browser
