"""What binds a worker in the next two weeks: limits, contacts and evaluations, and the papers left half written."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from clients.models import Client, Document
from reviews.caseload import Desk
from reviews.desks.slips import SlipKind, slips_of
from reviews.journey import Journey
from reviews.limits import Limit, bounds_of
from soskuntoutus import clock
from soskuntoutus.organisation.models import User

AHEAD = timedelta(days=14)


@dataclass(frozen=True)
class Bound:
    """A limit of one client's matter within the next two weeks, or already passed."""

    client: Client
    what: str
    limit: Limit

    @property
    def state(self) -> str:
        """Late only past a day that the sum does not reach; a passed target with grace left is due."""
        when, today = self.limit.when, clock.today()
        if getattr(when, "latest", self.limit.day) < today:
            return "late"
        return "due" if self.limit.day - today <= timedelta(days=7) else "wait"


@dataclass(frozen=True)
class HalfWritten:
    """A paper that the user has begun and not signed."""

    client: Client
    paper: Document

    @property
    def begun_at(self) -> datetime:
        """When it was begun."""
        return self.paper.created_at


@dataclass(frozen=True)
class Ahead:
    """What the day's own page adds to its appointments."""

    bounds: Sequence[Bound]
    slips: Sequence[SlipKind]
    half_written: Sequence[HalfWritten]


def ahead_of(user: User, desk: Desk) -> Ahead:
    """Read from the facts the desk already has: no question more to the database."""
    kinds = slips_of(desk.journeys, desk.paces, ())
    return Ahead(
        bounds=_bounds(desk.journeys),
        slips=[kind for kind in kinds if kind.key in ("contact", "evaluation")],
        half_written=_half_written(user, desk.journeys),
    )


def _bounds(journeys: Iterable[Journey]) -> list[Bound]:
    until = clock.today() + AHEAD
    found = (
        Bound(journey.client, what, limit) for journey in journeys for what, limit in bounds_of(journey.facts)
    )
    near = (bound for bound in found if bound.limit.day <= until)
    return sorted(near, key=lambda bound: (bound.limit.day, bound.client.pk))


def _half_written(user: User, journeys: Iterable[Journey]) -> list[HalfWritten]:
    found = (
        HalfWritten(journey.client, paper)
        for journey in journeys
        for paper in journey.facts.all_papers
        if paper.signed_at is None and paper.created_by_id == user.pk
    )
    return sorted(found, key=lambda each: each.begun_at, reverse=True)
