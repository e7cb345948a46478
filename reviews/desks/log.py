"""The log as the data protection officer searches it: who, when, which page and why; never content, never a name."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from heapq import merge
from itertools import islice
from operator import itemgetter
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import F, Q, QuerySet, Value
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from clients.models import Client, Relation
from clients.words import PAGES, in_words
from reviews.models import LogSearch
from soskuntoutus import clock
from soskuntoutus.audit.models import Event, Shown
from soskuntoutus.organisation.models import User
from soskuntoutus.ui.dates import day_long
from soskuntoutus.ui.dates import time as time_of

ON_PAGE = 50
MOST = 10_000
"""So many rows are turned page by page; whoever finds more narrows the search."""

MARK = 13
COLUMNS = ("at", "actor", "about", "what", "asked", "tie")


@dataclass(frozen=True)
class Line:
    """One row of the log."""

    when: str
    who: str
    what: str
    mark: str
    relation: str
    refused: bool


class Rows:
    """What a search reads of the log, in one order: each part along its own index, no further than one turns."""

    def __init__(self, parts: Sequence[QuerySet]):
        self._parts = [part.order_by("-at").values_list(*COLUMNS) for part in parts]

    def count(self) -> int:
        """How many rows there are, counted no further than one may turn."""
        return sum(part.order_by()[: MOST + 1].count() for part in self._parts)

    def __getitem__(self, wanted: slice) -> list[tuple]:
        newest = (part[: wanted.stop] for part in self._parts)
        merged = merge(*newest, key=itemgetter(0), reverse=True)
        return list(islice(merged, wanted.start, wanted.stop))


class Pages(Paginator):
    """As many pages as may be turned."""

    @cached_property
    def found(self) -> int:
        """How many rows there are, as far as they were counted."""
        return self.object_list.count()

    @property
    def count(self) -> int:
        return min(self.found, MOST)

    @property
    def overflows(self) -> bool:
        """Whether there are more rows than can be turned."""
        return self.found > MOST


def mark_of(client: UUID) -> str:
    """What stands for a client in the officer's lists: the beginning of an identifier, and nothing of the person."""
    return str(client)[:MARK]


def client_with_mark(mark: str) -> UUID | None:
    """The client whose mark this is."""
    low, high = (mark.ljust(36, filler) for filler in ("0", "f"))
    dashed = [f"{text[:13]}-{text[14:18]}-{text[19:23]}-{text[24:]}" for text in (low, high)]
    return (
        Client.objects.filter(uuid__range=[UUID(text) for text in dashed])
        .values_list("uuid", flat=True)
        .first()
    )


def rows_of(search: LogSearch) -> Rows:
    """What a search finds, the newest first; each part is read along an index of its own."""
    parts = []
    if search.kind in (LogSearch.Kind.ALL, LogSearch.Kind.SHOWN):
        parts.append(_shown(search))
    if not search.relation and not search.purpose:
        if search.kind in (LogSearch.Kind.ALL, LogSearch.Kind.DEEDS):
            deeds = _events(search).exclude(verb="refused")
            parts.append(deeds.filter(client=search.about) if search.about else deeds)
        if search.kind in (LogSearch.Kind.ALL, LogSearch.Kind.REFUSED):
            refused = _events(search).filter(verb="refused")
            parts.append(refused.filter(subject__contains=str(search.about)) if search.about else refused)
    return Rows(parts)


def in_plain_words(rows: Iterable[tuple]) -> list[Line]:
    """These rows with the professionals' names and the words of each page and deed."""
    rows = list(rows)
    names = {user.uuid: str(user) for user in User.objects.filter(uuid__in={row[1] for row in rows})}
    ties = dict(Relation.choices)
    return [
        Line(
            f"{day_long(at)} {time_of(at)}",
            names.get(actor, ""),
            _refusal(asked) if what == "refused" else in_words(what),
            mark_of(about) if about else "",
            str(ties.get(tie, "")),
            refused=what == "refused",
        )
        for at, actor, about, what, asked, tie in rows
    ]


def earlier_searches(user: User) -> Sequence[LogSearch]:
    """The user's own newest searches."""
    return LogSearch.objects.filter(actor=user.uuid)[:10]


def between(first_day: date, last_day: date) -> tuple[datetime, datetime]:
    """From the first moment of a day to the last of another, in Helsinki."""
    return (
        datetime.combine(first_day, time(), clock.HELSINKI),
        datetime.combine(last_day + clock.ONE_DAY, time(), clock.HELSINKI),
    )


def _shown(search: LogSearch) -> QuerySet:
    rows = _within(Shown.objects.all(), search)
    if search.about:
        rows = rows.filter(client=search.about)
    if search.relation:
        rows = rows.filter(relation=search.relation)
    if search.purpose:
        rows = rows.filter(purpose__endswith=f":{search.purpose}")
    return rows.annotate(about=F("client"), what=F("purpose"), asked=Value(""), tie=F("relation"))


def _events(search: LogSearch) -> QuerySet:
    rows = _within(Event.objects.all(), search)
    return rows.annotate(about=F("client"), what=F("verb"), asked=F("subject"), tie=Value(""))


def _within(rows: QuerySet, search: LogSearch) -> QuerySet:
    first, after = between(search.first_day, search.last_day)
    rows = rows.filter(Q(at__gte=first) & Q(at__lt=after))
    return rows.filter(actor=search.person) if search.person else rows


def _refusal(asked: str) -> str:
    """What was asked for and refused, without the identifier it was asked about."""
    page = asked.partition("/")[0]
    return _("Was refused: %(page)s") % {"page": PAGES.get(page) or page}
