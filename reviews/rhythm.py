"""The rhythm of meetings with the groups taken into account, which the plans do not know (domain.md 4.4)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import pgettext

from clients.models import Assignment
from groups.models import Attendance, Enrolment, Session
from plans.models import Interruption, Rehabilitation, Visit, WorkForm
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


def rhythm_of(rehabilitation: Rehabilitation | None) -> Rhythm | None:
    """The rhythm of one rehabilitation, or None where none is running."""
    return rhythms_of([rehabilitation]).get(rehabilitation.pk) if rehabilitation else None


def rhythms_of(rehabilitations: Iterable[Rehabilitation]) -> dict[int, Rhythm]:
    """The rhythm of each running rehabilitation by its key; as many queries for one as for a hundred."""
    today = clock.today()
    running = [
        row for row in rehabilitations if row.started_on and row.started_on <= today and not row.ended_on
    ]
    if not running:
        return {}
    forms = _grouped(
        (row.rehabilitation_id, row) for row in WorkForm.objects.filter(rehabilitation__in=running)
    )
    meetings, agreed, paused = _meetings(running), _agreed(running), _paused(running)
    usual, first = Value.of(Value.Key.RHYTHM_DAYS), Value.of(Value.Key.FIRST_MEETING_DAYS)
    return {
        row.pk: rhythm(
            started_on=row.started_on,
            work_forms=forms[row.pk],
            meetings=meetings[row.client_id],
            agreed=agreed[row.client_id],
            paused=frozenset(paused[row.pk]),
            usual_days=usual,
            first_meeting_days=first,
        )
        for row in running
    }


def weeks_of(rehabilitation: Rehabilitation | None) -> parts.Rhythm | None:
    """The meetings of the present period week by week, or None where no period has been granted."""
    period = rehabilitation.current_period if rehabilitation else None
    if period is None:
        return None
    first = period.starts - timedelta(days=period.starts.weekday())
    mondays = [first + timedelta(weeks=week) for week in range((period.last_day - first).days // 7 + 1)]
    this_monday = clock.today() - timedelta(days=clock.today().weekday())
    alone, together = _grouped(_marks_alone(rehabilitation)), _grouped(_marks_in_groups(rehabilitation))
    return parts.Rhythm(
        [parts.Week(monday.isocalendar().week, now=monday == this_monday) for monday in mondays],
        [
            parts.Row(pgettext("rhythm", "Individual"), [alone[monday] for monday in mondays]),
            parts.Row(pgettext("rhythm", "Group"), [together[monday] for monday in mondays]),
        ],
    )


def _meetings(running: list[Rehabilitation]) -> Mapping[int, list[tuple[date, Contact]]]:
    """By client. A call does not count: no plan can say so yet."""
    visits = Visit.objects.held().exclude(mode=Visit.Mode.CALL).filter(rehabilitation__in=running)
    alone = (
        (client, (clock.day_of(held_at), Contact.INDIVIDUAL))
        for client, held_at in visits.values_list("client", "held_at")
    )
    present = Attendance.objects.filter(client__in=_clients(running), presence=Attendance.Presence.PRESENT)
    together = (
        (client, (day, Contact.GROUP)) for client, day in present.values_list("client", "session__held_on")
    )
    return _grouped((*alone, *together))


def _agreed(running: list[Rehabilitation]) -> Mapping[int, list[tuple[datetime, Contact]]]:
    """By client. What the own worker agrees for the clientship is none of the rehabilitation's meetings."""
    clients = _clients(running)
    part_in_it = Assignment.objects.in_force().exclude(part__in=ORDINARY)
    carries_out = Exists(part_in_it.filter(client=OuterRef("client"), worker=OuterRef("worker")))
    visits = (
        Visit.objects.planned()
        .exclude(mode=Visit.Mode.CALL)
        .filter(client__in=clients, planned_at__gt=clock.now())
    )
    visits = visits.filter(Q(mode=Visit.Mode.NEGOTIATION) | carries_out)
    alone = ((client, (at, Contact.INDIVIDUAL)) for client, at in visits.values_list("client", "planned_at"))
    enrolments = Enrolment.objects.filter(
        client__in=clients, during__endswith__gt=clock.today()
    ).select_related("group")
    together = (
        (row.client_id, (row.group.begins_at(day), Contact.GROUP))
        for row in enrolments
        for day in row.group.meeting_days
        if day >= clock.today() and day in row.during
    )
    return _grouped((*alone, *together))


def _paused(running: list[Rehabilitation]) -> Mapping[int, list[date]]:
    """By rehabilitation: its interruptions, and the closures of the responsible worker's unit or above."""
    interruptions = Interruption.objects.filter(rehabilitation__in=running)
    pauses = [(row.rehabilitation_id, day) for row in interruptions for day in _days(row.during)]
    parents = dict(Unit.objects.values_list("pk", "parent"))
    closed = _grouped((row.unit_id, day) for row in Closure.objects.all() for day in _days(row.during))
    responsible = Assignment.objects.in_force().filter(
        part=Assignment.Part.RESPONSIBLE, client__in=_clients(running)
    )
    units = dict(responsible.values_list("client", "unit"))
    for row in running:
        unit = units.get(row.client_id)
        while unit is not None:
            pauses += ((row.pk, day) for day in closed[unit])
            unit = parents[unit]
    return _grouped(pauses)


def _marks_alone(rehabilitation: Rehabilitation) -> Iterator[tuple[date, parts.Meeting]]:
    ours = Q(rehabilitation=rehabilitation) | Q(client=rehabilitation.client_id, held_at=None)
    for visit in Visit.objects.filter(ours).exclude(mode=Visit.Mode.CALL).order_by("held_at", "planned_at"):
        kind = (
            "held"
            if visit.held_at
            else "miss"
            if visit.missed
            else "cancel"
            if visit.cancelled_by
            else "plan"
        )
        yield _monday(clock.day_of(visit.at)), kind


def _marks_in_groups(rehabilitation: Rehabilitation) -> Iterator[tuple[date, parts.Meeting]]:
    client = rehabilitation.client_id
    attended = (
        Attendance.objects.filter(client=client)
        .order_by("session__held_on")
        .values_list("session__held_on", "presence")
    )
    for day, presence in attended:
        yield _monday(day), ATTENDED[presence]
    for enrolment in Enrolment.objects.filter(client=client).select_related("group"):
        held = set(Session.objects.filter(group=enrolment.group).values_list("held_on", flat=True))
        for day in enrolment.group.meeting_days:
            if day >= clock.today() and day in enrolment.during and day not in held:
                yield _monday(day), "plangroup"


def _clients(running: list[Rehabilitation]) -> list[int]:
    return [row.client_id for row in running]


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
