"""Where a form is written: whose page it is, which page, about what, and which of several begun there."""

import re
from collections.abc import Callable, Mapping
from dataclasses import astuple, dataclass, replace
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, QueryDict
from django.urls import resolve, reverse
from django.utils.module_loading import import_string

SALT = "draft"
THE_ONE = "main"
NONCE = re.compile(r"main|[0-9a-f]{32}")
LONGEST_QUERY = 200


@dataclass(frozen=True)
class Page:
    """A page whose form keeps drafts.

    `name` is what the form is for; `opens` says whether a user may still open the page of a subject;
    `anew` is a page that makes something new each time, so that no earlier draft is put into it.
    """

    name: Callable[[str], str]
    opens: Callable[[Any, str], bool]
    anew: bool = False


def pages() -> Mapping[str, Page]:
    """Every page that keeps drafts, by its URL name (settings.DRAFT_PAGES names the list)."""
    return import_string(settings.DRAFT_PAGES)


@dataclass(frozen=True)
class Key:
    """What a draft is found by."""

    owner: str
    form: str
    subject: str
    nonce: str


@dataclass(frozen=True)
class Writer:
    """One open page: its own mark, the version it knows, and how many times it has saved."""

    uuid: UUID
    version: int = 0
    count: int = 1


@dataclass(frozen=True)
class Place:
    """Where a draft belongs. Travels in the form, signed, so that nobody names a place of their own making."""

    owner: str
    form: str
    subject: str
    nonce: str
    query: str = ""

    @classmethod
    def of(cls, request: HttpRequest, nonce: str) -> "Place":
        """The page that is being answered."""
        match, asked = request.resolver_match, request.GET.copy()
        asked.pop("draft", None)
        subject = "/".join(str(value) for value in match.kwargs.values())
        query = asked.urlencode()
        return cls(
            str(request.user.uuid),
            match.view_name,
            subject,
            nonce,
            query if len(query) <= LONGEST_QUERY else "",
        )

    @classmethod
    def read(cls, token: str, user) -> "Place | None":
        """The place that a form brings back, if this user wrote the form."""
        try:
            place = cls(*signing.loads(token, salt=SALT))
        except signing.BadSignature:
            return None
        return place if place.owner == str(user.uuid) else None

    @property
    def token(self) -> str:
        return signing.dumps(astuple(self), salt=SALT)

    @property
    def key(self) -> Key:
        return Key(self.owner, self.form, self.subject, self.nonce)

    @property
    def page(self) -> Page | None:
        """What the list says of the page; nothing if the page is no more."""
        return pages().get(self.form)

    @property
    def path(self) -> str:
        """The page with nothing put back."""
        address = reverse(self.form, args=self.subject.split("/") if self.subject else [])
        return f"{address}?{self.query}" if self.query else address

    @property
    def url(self) -> str:
        """The page with this draft put back."""
        asked = QueryDict(self.query, mutable=True)
        asked["draft"] = self.nonce
        return f"{self.path.partition('?')[0]}?{asked.urlencode()}"

    def afresh(self) -> "Place":
        """Another one at the same page."""
        return replace(self, nonce=uuid4().hex)

    def open_to(self, user) -> bool:
        """Whether the user could open the page today: by role, and by who is in sight."""
        page = self.page
        if page is None:
            return False
        permission = resolve(self.path.partition("?")[0]).func.permission
        return user.may(permission) and page.opens(user, self.subject)
