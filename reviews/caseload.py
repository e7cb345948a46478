"""What a worker's day holds: who is met, what waits, whose rehabilitation runs; and what slips in a unit."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from django.urls import reverse
from django.utils.translation import gettext as _

from clients.models import Assignment, Client, Relation
from clients.models.sight import ENCLOSED
from groups.models import Group
from plans.board import Board, board_of
from plans.models import Rehabilitation
from plans.rhythm import Rhythm
from plans.views.meetings import title_of
from plans.waiting import Case, cases_of
from reviews.desks.slips import SlipKind, slips_of
from reviews.journey import Journey, journeys_of
from reviews.next_step import NextStep
from reviews.rhythm import Pace, paces_of
from soskuntoutus import clock
from soskuntoutus.organisation.models import Unit, User
from soskuntoutus.ui import parts

AHEAD = timedelta(days=14)
OWN = (Relation.ASSIGNED, Relation.GRANTED, Relation.INTAKE)
SOON = timedelta(days=7)


@dataclass(frozen=True)
class Appointment:
    """One agreed meeting or group session."""

    at: datetime
    title: str
    url: str
    client: Client | None = None
    with_whom: str = ""
    record_url: str = ""

    @property
    def day(self) -> date:
        """The Helsinki day of it."""
        return clock.day_of(self.at)

    @property
    def unwritten(self) -> bool:
        """Whether its time has come and nothing is written of it."""
        return bool(self.record_url) and self.at <= clock.now()


@dataclass(frozen=True)
class Waiting:
    """A next step that is this user's to take."""

    client: Client
    step: NextStep

    @property
    def state(self) -> str:
        """Due in the week before the day that binds the step, waiting before that."""
        return "due" if self.step.due and self.step.due - clock.today() <= SOON else "wait"


@dataclass(frozen=True)
class Place:
    """A rehabilitation the user is responsible for."""

    journey: Journey
    pace: Pace

    @property
    def rhythm(self) -> Rhythm | None:
        """How often the client is met, once the service has started."""
        return self.pace.rhythm

    @property
    def weeks(self) -> parts.Rhythm | None:
        """The meetings of the newest period week by week."""
        return self.pace.weeks_in(self.journey.facts.period)


@dataclass(frozen=True)
class Desk:
    """A worker's day."""

    now: Sequence[Appointment]
    ahead: Sequence[tuple[date, Sequence[Appointment]]]
    waiting: Sequence[Waiting]
    places: Sequence[Place]
    others: Sequence[tuple[Journey, str]]
    clients: Sequence[Client]
    journeys: Sequence[Journey]
    paces: Mapping[int, Pace]


def desk_of(user: User) -> Desk:
    """The day of somebody who works with clients, in the same number of queries however many there are."""
    journeys = journeys_of(Client.objects.visible_to(user, OWN).with_relation(user, OWN))
    waiting = waiting_for(user, journeys)
    mine = [journey for journey in journeys if journey.client.relation != Relation.INTAKE]
    responsible = [
        journey for journey in mine if journey.facts.responsible == user and not journey.facts.ended_on
    ]
    paces = paces_of(journey.facts.rehabilitation for journey in mine if journey.facts.rehabilitation)
    others = [(journey, _part(journey, user)) for journey in mine if journey not in responsible]
    shown = {journey.client for journey in mine} | {each.client for each in waiting}
    appointments = sorted([*_meetings(user, mine), *_sessions(user)], key=lambda each: each.at)
    today = clock.today()
    return Desk(
        now=[each for each in appointments if each.day <= today],
        ahead=_by_day(each for each in appointments if each.day > today),
        waiting=waiting,
        places=[Place(each, paces[each.facts.rehabilitation.pk]) for each in responsible],
        others=others,
        clients=sorted(shown, key=lambda client: client.pk),
        journeys=mine,
        paces=paces,
    )


def waiting_for(user: User, journeys: Iterable[Journey]) -> list[Waiting]:
    """The next steps this user can take now, the late ones first, then by the day that binds them."""
    steps = ((journey.client, journey.next_step) for journey in journeys if journey.next_step)
    found = [Waiting(client, step) for client, step in steps if step.url and step.concerns(user)]
    return sorted(found, key=lambda each: (not each.step.late, each.step.due or date.max, each.client.pk))


def _meetings(user: User, journeys: Iterable[Journey]) -> Iterable[Appointment]:
    """The user's own agreed meetings, and those of the three, whoever agreed on them."""
    until = clock.today() + AHEAD
    for journey in journeys:
        for visit in journey.facts.agreed:
            ours = visit.worker == user or visit.mode == visit.Mode.NEGOTIATION
            if ours and clock.day_of(visit.planned_at) <= until:
                yield Appointment(
                    at=visit.planned_at,
                    title=title_of(visit),
                    url=reverse("reviews:client", args=[journey.client.uuid]),
                    client=journey.client,
                    with_whom="" if visit.worker == user else str(visit.worker),
                    record_url=reverse("plans:visit_record", args=[visit.uuid]),
                )


def _sessions(user: User) -> Iterable[Appointment]:
    today = clock.today()
    for group in Group.objects.filter(leaders__user=user, leaders__during__contains=today).distinct():
        for day in group.meeting_days:
            if today <= day <= today + AHEAD:
                yield Appointment(
                    group.begins_at(day), group.name, reverse("groups:group", args=[group.uuid])
                )


def _by_day(appointments: Iterable[Appointment]) -> list[tuple[date, list[Appointment]]]:
    return [(day, list(rows)) for day, rows in groupby(appointments, key=lambda each: each.day)]


def _part(journey: Journey, user: User) -> str:
    rows = [row for row in journey.facts.assignments if row.worker == user]
    newest = max(rows, key=lambda row: (clock.today() in row.during, row.during.lower), default=None)
    return newest.get_part_display() if newest else Relation(journey.client.relation).label


@dataclass(frozen=True)
class Task:
    """Something that is a leader's to do."""

    client: Client
    title: str
    url: str
    due: date | None
    late: bool

    @property
    def state(self) -> str:
        """Due in the week before its day, waiting before that."""
        return "due" if self.due - clock.today() <= SOON else "wait"


@dataclass(frozen=True)
class UnitDesk:
    """What a supervisor sees of the units they lead."""

    units: Sequence[Unit]
    cases: Sequence[Case]
    boards: Sequence[tuple[Unit, Board]]
    slips: Sequence[SlipKind]
    running: int
    waiting: Sequence[Waiting]
    clients: Sequence[Client]

    @property
    def tasks(self) -> list[Task]:
        """Everything that is the leader's to do, in one list: referrals and the leader's own next steps."""
        steps = [
            Task(each.client, each.step.title, each.step.url, each.step.due, each.step.late)
            for each in self.waiting
        ]
        mine = {(task.client.pk, task.url) for task in steps}
        referrals = [
            task for task in map(_task, self.cases) if task and (task.client.pk, task.url) not in mine
        ]
        return sorted(
            [*steps, *referrals], key=lambda task: (not task.late, task.due or date.max, task.client.pk)
        )


def _task(case: Case) -> Task | None:
    """What the leader does next with a referral; a decision is somebody else's."""
    if case.act == "decide":
        return None
    title = _("Answer the referral") if case.act == "answer" else _("Reserve a worker")
    page = "plans:referral_detail" if case.act == "answer" else "plans:reservation"
    due = case.answer_due.date if case.answer_due else case.limit.latest
    url = reverse(page, args=[case.referral.uuid])
    return Task(case.client, title, url, due, case.answer_is_late or case.state == "late")


def unit_desk_of(user: User) -> UnitDesk:
    """The units a supervisor leads: referrals by the law's limit, free slots, and what slips."""
    led = list(Unit.objects.led_by(user))
    top = [unit for unit in led if unit.parent_id not in {each.pk for each in led}]
    visible = Client.objects.visible_to(user, ENCLOSED).with_relation(user, ENCLOSED)
    cases = cases_of(led, visible.filter(matters__referred_to__in=led).distinct())
    boards = [(unit, board_of(unit, seen_by=user)) for unit in top]
    going_on = (
        Rehabilitation.objects.running()
        .values("client")
        .union(Assignment.objects.open().slots().filter(confirmed_at=None).order_by().values("client"))
    )
    journeys = journeys_of(visible.filter(pk__in=going_on))
    running = [journey for journey in journeys if journey.facts.running]
    paces = paces_of(journey.facts.rehabilitation for journey in running)
    slips = slips_of(journeys, paces, cases)
    own = journeys_of(Client.objects.visible_to(user, OWN).with_relation(user, OWN))
    waiting = waiting_for(user, own)
    shown = [case.client for case in cases] + [client for _, board in boards for client in board.clients]
    shown += [slip.client for kind in slips for slip in kind.slips] + [each.client for each in waiting]
    return UnitDesk(led, cases, boards, slips, len(running), waiting, list(dict.fromkeys(shown)))
