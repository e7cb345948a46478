"""What the shared parts of a page are told: plain facts and finished words, no model."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal


@dataclass(frozen=True)
class Link:
    """One item of the navigation; `short` is the word at the thumb on a phone."""

    label: str
    url: str
    icon: str
    current: bool = False
    count: int | None = None
    short: str = ""


@dataclass(frozen=True)
class Navigation:
    """Where this user may go: the items of the header, and what the user's own menu knows."""

    links: Sequence[Link] = ()
    user_title: str = ""
    looked_url: str = ""
    search_url: str = ""

    def __iter__(self) -> Iterator[Link]:
        return iter(self.links)

    def __len__(self) -> int:
        return len(self.links)


@dataclass(frozen=True)
class Stage:
    """A stage of the client's journey, with the date of the fact that brought it."""

    name: str
    state: Literal["done", "now", "paused", "later"]
    when: str = ""


@dataclass(frozen=True)
class Mark:
    """A day marked on the period band: dashed for a target, solid for the law, a diamond for an agreement."""

    kind: Literal["target", "law", "fact"]
    day: date
    text: str


@dataclass(frozen=True)
class Week:
    """A column of the rhythm table."""

    number: int
    now: bool = False


Meeting = Literal["held", "group", "cancel", "miss", "plan", "plangroup"]


@dataclass(frozen=True)
class Row:
    """A row of the rhythm table: the meetings of each week, in the order of the weeks."""

    name: str
    weeks: Sequence[Sequence[Meeting]]


@dataclass(frozen=True)
class Rhythm:
    """Meetings by the week."""

    weeks: Sequence[Week]
    rows: Sequence[Row]


@dataclass(frozen=True)
class Entry:
    """A line of the timeline."""

    kind: Literal["planned", "held", "group", "miss", "paper", "event", "note", "addendum"]
    icon: str
    title: str
    when: str = ""
    url: str = ""
    text: str = ""
    voice: str = ""
    by: Sequence[str] = ()
    state: Literal["", "ok", "due", "late", "wait", "info"] = ""
    state_text: str = ""
    act: str = ""
    act_url: str = ""


@dataclass(frozen=True)
class Guard:
    """One thing that must be in place before a deed; what is missing links to where it is put right."""

    text: str
    met: bool
    url: str = ""


@dataclass(frozen=True)
class Choice:
    """The label of a radio button or checkbox that says more than one line."""

    text: str
    more: str = ""
    icon: str = ""
    tone: Literal["", "in", "told", "out"] = ""

    def __str__(self) -> str:
        return str(self.text)  # which may be waiting for its language
