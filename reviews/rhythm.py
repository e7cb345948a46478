"""The rhythm of meetings with the groups taken into account, which the plans do not know (domain.md 4.4)."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import pgettext

from clients.models import Assignment
from groups.models import Attendance, Enrolment, Session
from plans.models import Interruption, Period, Rehabilitation, Visit, WorkForm
from plans.rhythm import Contact, Rhythm, rhythm
from soskuntoutus import clock
from soskuntoutus.organisation.models import Closure, Unit, Value
from soskuntoutus.ui import parts

ORDINARY = (Assignment.Part.OWN_WORKER, Assignment.Part.HANDLER)
FARTHEST_PAUSE = timedelta(days=366)
ATTENDED = {
    Attendance.Presence.PRESENT: "group",
    Attendance.Presence.TOLD: "cancel",
    Attendance.Presence.ABSENT: "miss",
}


@dataclass(frozen=True)
class Pace:
    """One rehabilitation's meetings, alone and in groups: how they keep the rhythm, and week by week."""

    rehabilitation: Rehabilitation
    work_forms: Sequence[WorkForm]
    visits: Sequence[Visit]
    attended: Sequence[tuple[date, str]]
    enrolments: Sequence[Enrolment]
    paused: Collection[date]

    @cached_property
    def rhythm(self) -> Rhythm | None:
        """How often the client is met, or None where nothing is running."""
        started_on = self.rehabilitation.started_on
        if self.rehabilitation.ended_on or not started_on or started_on > clock.today():
            return None
        return rhythm(
            started_on=started_on,
            work_forms=self.work_forms,
            meetings=self._met(),
            agreed=self._agreed(),
            paused=self.paused,
            usual_days=Value.of(Value.Key.RHYTHM_DAYS),
            first_meeting_days=Value.of(Value.Key.FIRST_MEETING_DAYS),
        )

    def weeks_in(self, period: Period | None) -> parts.Rhythm | None:
        """The meetings of a period week by week, or None where no period has been granted."""
        if period is None:
            return None
        first, this_monday = _monday(period.starts), _monday(clock.today())
        mondays = [first + timedelta(weeks=week) for week in range((period.last_day - first).days // 7 + 1)]
        alone, together = _grouped(self._marks_alone()), _grouped(self._marks_in_groups())
        return parts.Rhythm(
            [parts.Week(monday.isocalendar().week, now=monday == this_monday) for monday in mondays],
            [
                parts.Row(pgettext("rhythm", "Individual"), [alone[monday] for monday in mondays]),
                parts.Row(pgettext("rhythm", "Group"), [together[monday] for monday in mondays]),
            ],
        )

    def _met(self) -> Iterator[tuple[date, Contact]]:
        for visit in self.visits:
            if visit.held_at:
                yield clock.day_of(visit.held_at), Contact.INDIVIDUAL
        for day, presence in self.attended:
            if presence == Attendance.Presence.PRESENT:
                yield day, Contact.GROUP

    def _agreed(self) -> Iterator[tuple[datetime, Contact]]:
        """What the own worker agrees for the clientship is none of the rehabilitation's meetings."""
        for visit in self.visits:
            ours = visit.mode == Visit.Mode.NEGOTIATION or visit.carries_out
            if ours and _kind_of(visit) == "plan" and visit.planned_at > clock.now():
                yield visit.planned_at, Contact.INDIVIDUAL
        for enrolment in self.enrolments:
            for day in _coming_sessions(enrolment):
                yield enrolment.group.begins_at(day), Contact.GROUP

    def _marks_alone(self) -> Iterator[tuple[date, parts.Meeting]]:
        for visit in self.visits:
            yield _monday(clock.day_of(visit.at)), _kind_of(visit)

    def _marks_in_groups(self) -> Iterator[tuple[date, parts.Meeting]]:
        for day, presence in self.attended:
            yield _monday(day), ATTENDED[presence]
        for enrolment in self.enrolments:
            for day in _coming_sessions(enrolment):
                if day not in enrolment.held_on:
                    yield _monday(day), "plangroup"


def pace_of(rehabilitation: Rehabilitation) -> Pace:
    """The pace of one rehabilitation."""
    return paces_of([rehabilitation])[rehabilitation.pk]


def paces_of(rehabilitations: Iterable[Rehabilitation]) -> dict[int, Pace]:
    """The pace of each rehabilitation by its key; as many queries for one as for a hundred."""
    rows = list(rehabilitations)
    clients = {row.client_id for row in rows}
    forms = WorkForm.objects.filter(rehabilitation__in=rows)
    forms = _grouped((form.rehabilitation_id, form) for form in forms)
    visits = _grouped((visit.client_id, visit) for visit in _visits(rows))
    attended = Attendance.objects.filter(client__in=clients).order_by("session__held_on")
    attended = attended.values_list("client", "session__held_on", "presence")
    attended = _grouped((client, (day, presence)) for client, day, presence in attended)
    enrolments = _grouped((row.client_id, row) for row in _enrolments(clients))
    paused = _paused(rows)
    return {
        row.pk: Pace(
            row,
            forms[row.pk],
            [each for each in visits[row.client_id] if each.rehabilitation_id == row.pk or not each.held_at],
            attended[row.client_id],
            enrolments[row.client_id],
            frozenset(paused[row.pk]),
        )
        for row in rows
    }


def _visits(rehabilitations: list[Rehabilitation]) -> QuerySet[Visit]:
    """Theirs, and what their clients were not met at. A call does not count: no plan can say so yet."""
    part_in_it = Assignment.objects.in_force().exclude(part__in=ORDINARY)
    carries_out = part_in_it.filter(client=OuterRef("client"), worker=OuterRef("worker"))
    ours = Q(rehabilitation__in=rehabilitations)
    ours |= Q(client__in={row.client_id for row in rehabilitations}, held_at=None)
    return (
        Visit.objects.filter(ours)
        .exclude(mode=Visit.Mode.CALL)
        .defer("words", "client_words")
        .annotate(carries_out=Exists(carries_out))
        .order_by("held_at", "planned_at")
    )


def _enrolments(clients: Collection[int]) -> QuerySet[Enrolment]:
    """Each with the days from today on of which a session has been written down."""
    held = Session.objects.filter(group=OuterRef("group"), held_on__gte=clock.today())
    return (
        Enrolment.objects.filter(client__in=clients)
        .select_related("group")
        .annotate(held_on=ArraySubquery(held.values("held_on")))
    )


def _coming_sessions(enrolment: Enrolment) -> Iterator[date]:
    return (day for day in enrolment.group.meeting_days if day >= clock.today() and day in enrolment.during)


def _kind_of(visit: Visit) -> parts.Meeting:
    if visit.held_at:
        return "held"
    if visit.missed:
        return "miss"
    return "cancel" if visit.cancelled_by else "plan"


def _paused(rehabilitations: list[Rehabilitation]) -> Mapping[int, list[date]]:
    """By rehabilitation: its interruptions, and the closures of the responsible worker's unit or above."""
    interruptions = Interruption.objects.filter(rehabilitation__in=rehabilitations)
    pauses = [(row.rehabilitation_id, day) for row in interruptions for day in _days(row.during)]
    closed = _grouped((row.unit_id, day) for row in Closure.objects.all() for day in _days(row.during))
    if closed:
        tree, units = Unit.objects.tree(), _units_of(rehabilitations)
        for row in rehabilitations:
            above = tree.path(units.get(row.client_id))
            pauses += ((row.pk, day) for unit in above for day in closed[unit])
    return _grouped(pauses)


def _units_of(rehabilitations: list[Rehabilitation]) -> dict[int, int]:
    """By client: the unit of the worker who is responsible today."""
    responsible = Assignment.objects.in_force().filter(
        part=Assignment.Part.RESPONSIBLE, client__in=[row.client_id for row in rehabilitations]
    )
    return dict(responsible.values_list("client", "unit"))


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _days(during) -> Iterator[date]:
    last = min(during.upper or date.max, clock.today() + FARTHEST_PAUSE)
    day = during.lower
    while day < last:
        yield day
        day += clock.ONE_DAY


def _grouped(pairs: Iterable[tuple]) -> Mapping:
    grouped = defaultdict(list)
    for key, value in pairs:
        grouped[key].append(value)
    return grouped
