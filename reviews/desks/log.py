"""The log as the data protection officer searches it: who, when, which page and why; never content, never a name."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import CharField, F, Q, QuerySet, Value
from django.db.models.functions import Cast
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


class Pages(Paginator):
    """Counts no further than it lets one turn."""

    @cached_property
    def count(self) -> int:
        return self.object_list[: MOST + 1].count()

    @property
    def overflows(self) -> bool:
        """Whether there are more rows than can be turned."""
        return self.count > MOST


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


def rows_of(search: LogSearch) -> QuerySet:
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
    first, *rest = [part.order_by().values_list(*COLUMNS) for part in parts or [_shown(search).none()]]
    return first.union(*rest, all=True).order_by("-at") if rest else first.order_by("-at")


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


def between(first_day, last_day) -> tuple[datetime, datetime]:
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
    return rows.annotate(about=F("client"), what=F("purpose"), asked=_nothing(200), tie=F("relation"))


def _events(search: LogSearch) -> QuerySet:
    rows = _within(Event.objects.all(), search)
    return rows.annotate(about=F("client"), what=F("verb"), asked=F("subject"), tie=_nothing(20))


def _within(rows: QuerySet, search: LogSearch) -> QuerySet:
    first, after = between(search.first_day, search.last_day)
    rows = rows.filter(Q(at__gte=first) & Q(at__lt=after))
    return rows.filter(actor=search.person) if search.person else rows


def _nothing(length: int) -> Cast:
    """An empty text of the other part's own type, so that the parts can be read in order side by side."""
    return Cast(Value(""), CharField(max_length=length))


def _refusal(asked: str) -> str:
    """What was asked for and refused, without the identifier it was asked about."""
    page = asked.partition("/")[0]
    return _("Was refused: %(page)s") % {"page": PAGES.get(page) or page}
