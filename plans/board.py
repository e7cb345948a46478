"""Who has room and from when: a unit's workers and their slots, week by week (HEL-16, domain.md 4.1)."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Literal

from django.db.models import OuterRef, QuerySet, Subquery

from clients.models import Assignment, Client
from clients.models.sight import ENCLOSED
from plans.models import period_bounds
from soskuntoutus import clock
from soskuntoutus.organisation.models import Post, Unit, User, Value
from soskuntoutus.organisation.roles import Title

WEEKS = 18
RESPONSIBLE = (Title.SOCIAL_WORKER, Title.SOCIAL_INSTRUCTOR)


@dataclass(frozen=True)
class Block:
    """A stretch of a worker's time: somebody's, promised, or free. No client where there is no sight."""

    kind: Literal["taken", "booked", "free"]
    first: date
    last: date | None
    weeks: int
    client: Client | None = None
    reserved_until: date | None = None


@dataclass(frozen=True)
class Row:
    """One slot of one worker; `free_from` is the first day on which three months fit in."""

    worker: User
    blocks: Sequence[Block]
    free_from: date


@dataclass(frozen=True)
class Month:
    """A heading over the weeks that begin in a month."""

    first: date
    weeks: int
    now: bool


@dataclass(frozen=True)
class Board:
    """The table, and the clients whose names stand on it."""

    months: Sequence[Month]
    rows: Sequence[Row]
    clients: Sequence[Client]

    def free_from(self, worker: User) -> date | None:
        """The first day on which the worker has three months free; None for somebody not on the board."""
        return min((row.free_from for row in self.rows if row.worker == worker), default=None)


def workers_of(unit: Unit) -> QuerySet[User]:
    """Those of the unit who may be responsible for a rehabilitation, with their title as `post_title`."""
    units = Unit.objects.within([unit])
    posts = Post.objects.filter(unit__in=units, title__in=RESPONSIBLE, during__contains=clock.today())
    title = posts.filter(user=OuterRef("pk")).order_by("pk").values("title")[:1]
    workers = User.objects.filter(is_active=True, posts__in=posts)
    return workers.annotate(post_title=Subquery(title)).distinct()


def board_of(unit: Unit, *, seen_by: User, moving: Client | None = None) -> Board:
    """The slots of the unit's workers from today on, for reserving one of them to a client.

    A client out of the viewer's sight has no name here. The moving client's reservation is in nobody's way.
    """
    workers, allowed = list(workers_of(unit)), Value.of(Value.Key.SLOTS_PER_WORKER)
    days = _first_days(clock.today())
    taken: dict[tuple[int, int], list[Assignment]] = defaultdict(list)
    for row in Assignment.objects.open().slots().filter(worker__in=workers).order_by("during"):
        taken[row.worker_id, row.slot].append(row)
    keys = {row.client_id for rows in taken.values() for row in rows}
    seen = Client.objects.visible_to(seen_by, ENCLOSED).with_relation(seen_by, ENCLOSED).in_bulk(keys)
    rows = []
    for worker in workers:
        slots = max([allowed, *(slot for key, slot in taken if key == worker.pk)])
        for held in (taken[worker.pk, slot] for slot in range(1, slots + 1)):
            others = [row for row in held if row.confirmed_at or moving is None or row.client_id != moving.pk]
            rows.append(Row(worker, _blocks(held, days, seen), first_free_day(others)))
    shown = {block.client for row in rows for block in row.blocks if block.client}
    return Board(_months(days), rows, sorted(shown, key=lambda client: client.pk))


def first_free_day(taken: Iterable[Assignment]) -> date:
    """The first day, today at the earliest, from which three months meet no taken day."""
    today, ranges = clock.today(), [row.during for row in taken]
    days = sorted({today, *(during.upper for during in ranges if during.upper > today)})
    return next(day for day in days if not any(_meets(during, *period_bounds(day, 1)) for during in ranges))


def _meets(during, first: date, last: date) -> bool:
    return during.lower <= last and first < during.upper


def _first_days(today: date) -> list[date]:
    """The days that the columns stand for: today, then each Monday."""
    monday = today - timedelta(days=today.weekday())
    return [today, *(monday + timedelta(weeks=week) for week in range(1, WEEKS))]


def _blocks(taken: Sequence[Assignment], days: Sequence[date], seen: dict[int, Client]) -> list[Block]:
    """A week belongs to whoever has its first day; free time reaches from one taken range to the next."""

    def holder(day: date) -> Assignment | None:
        return next((row for row in taken if row.during.lower <= day < row.during.upper), None)

    blocks = []
    for row, group in groupby(days, key=holder):
        columns = list(group)
        if row is None:
            ended = [each.during.upper for each in taken if each.during.upper <= columns[0]]
            coming = [each.during.lower for each in taken if each.during.lower > columns[0]]
            first = max([clock.today(), *ended])
            blocks.append(Block("free", first, min(coming) - clock.ONE_DAY if coming else None, len(columns)))
        else:
            kind, client = ("taken" if row.confirmed_at else "booked"), seen.get(row.client_id)
            until = None if row.confirmed_at else row.reserved_until
            blocks.append(Block(kind, row.during.lower, row.last_day, len(columns), client, until))
    return blocks


def _months(days: Sequence[date]) -> list[Month]:
    grouped = groupby(days, key=lambda day: (day.year, day.month))
    months = [list(group) for _, group in grouped]
    return [Month(month[0], len(month), now=month[0] == days[0]) for month in months]
