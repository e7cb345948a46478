"""What in the log of the last four weeks is worth a look (domain.md 5.5). A finding is a question, not a verdict."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median
from uuid import UUID

from django.db.models import Count, Max, Q, QuerySet
from django.db.models.functions import Lower, TruncDate

from clients.models import Client
from reviews.desks.log import between, mark_of
from soskuntoutus import clock
from soskuntoutus.audit.models import Event, Shown
from soskuntoutus.organisation.models import User

DAYS = 28
SPIKE, TIMES = 20, 3
"""A day is a spike with this many different clients, when that is so many times the person's own usual day."""

REFUSALS = 5
MOST = 100


@dataclass(frozen=True)
class Alert:
    """One finding: whose, about whom if about one, how many, and when last."""

    who: str
    person: UUID
    times: int
    mark: str = ""
    on: date | None = None
    usual: int = 0


@dataclass(frozen=True)
class Alerts:
    """The four lists that can be computed from what is stored."""

    first_day: date
    last_day: date
    same_surname: Sequence[Alert]
    colleagues: Sequence[Alert]
    refused: Sequence[Alert]
    spikes: Sequence[Alert]

    @property
    def count(self) -> int:
        """How many findings there are in all."""
        return sum(map(len, (self.same_surname, self.colleagues, self.refused, self.spikes)))


def alerts() -> Alerts:
    """Find them anew from the log; the days are real ones, as the log's are."""
    last = clock.day_of(clock.real_now())
    first = last - timedelta(days=DAYS - 1)
    people = {user.uuid: user for user in User.objects.all()}
    shown = Shown.objects.filter(Q(at__gte=between(first, last)[0]))
    return Alerts(
        first,
        last,
        same_surname=_same_surname(shown, people),
        colleagues=_colleagues(shown, people),
        refused=_refused(between(first, last)[0], people),
        spikes=_spikes(shown, people),
    )


def _same_surname(shown: QuerySet, people: Mapping[UUID, User]) -> list[Alert]:
    """A professional has been shown a client who has the same last name."""
    names = {user.last_name.casefold() for user in people.values() if user.last_name}
    found = Client.objects.annotate(surname=Lower("last_name")).filter(surname__in=names)
    surnames = dict(found.values_list("uuid", "last_name"))
    return [
        alert
        for alert, client in _viewings(shown, surnames, people)
        if people[alert.person].last_name.casefold() == surnames[client].casefold()
    ]


def _colleagues(shown: QuerySet, people: Mapping[UUID, User]) -> list[Alert]:
    """A client has the whole name of somebody who works here, and others have been shown that client."""
    names = {_whole_name(user.first_name, user.last_name) for user in people.values() if user.last_name}
    last_names = {user.last_name.casefold() for user in people.values() if user.last_name}
    found = Client.objects.annotate(surname=Lower("last_name")).filter(surname__in=last_names)
    colleagues = {
        uuid
        for uuid, first, last in found.values_list("uuid", "first_names", "last_name")
        if _whole_name(first, last) in names
    }
    return [alert for alert, _client in _viewings(shown, colleagues, people)]


def _viewings(
    shown: QuerySet, clients: Iterable[UUID], people: Mapping[UUID, User]
) -> list[tuple[Alert, UUID]]:
    clients = list(clients)
    if not clients:
        return []
    rows = shown.filter(client__in=clients).order_by().values("actor", "client")
    rows = rows.annotate(times=Count("request", distinct=True), latest=Max("at")).order_by("-latest")
    return [
        (
            Alert(
                str(people[row["actor"]]),
                row["actor"],
                row["times"],
                mark_of(row["client"]),
                clock.day_of(row["latest"]),
            ),
            row["client"],
        )
        for row in rows
        if row["actor"] in people
    ]


def _refused(since: datetime, people: Mapping[UUID, User]) -> list[Alert]:
    """A professional has asked many times for what they have no relation or right to."""
    rows = Event.objects.filter(verb="refused", at__gte=since).order_by().values("actor")
    rows = rows.annotate(times=Count("pk"), latest=Max("at")).filter(times__gte=REFUSALS).order_by("-times")
    return [
        Alert(str(people[row["actor"]]), row["actor"], row["times"], on=clock.day_of(row["latest"]))
        for row in rows[:MOST]
        if row["actor"] in people
    ]


def _spikes(shown: QuerySet, people: Mapping[UUID, User]) -> list[Alert]:
    """A day on which a professional was shown many more clients than on their own usual day."""
    rows = shown.order_by().annotate(day=TruncDate("at", tzinfo=clock.HELSINKI)).values("actor", "day")
    days: dict[UUID, dict[date, int]] = defaultdict(dict)
    for row in rows.annotate(clients=Count("client", distinct=True)):
        days[row["actor"]][row["day"]] = row["clients"]
    found = []
    for actor, counts in days.items():
        for day, clients in counts.items():
            usual = median([number for each, number in counts.items() if each != day] or [0])
            if actor in people and clients >= SPIKE and clients >= TIMES * usual:
                found.append(Alert(str(people[actor]), actor, clients, on=day, usual=round(usual)))
    return sorted(found, key=lambda alert: (alert.on, alert.times), reverse=True)[:MOST]


def _whole_name(first: str, last: str) -> tuple[str, str]:
    return (first.split() or [""])[0].casefold(), last.casefold()
