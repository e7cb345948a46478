"""What is known of a client's way, read in the same number of queries for one client as for a hundred."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Max, Q, QuerySet
from django.db.models.fields.json import KeyTextTransform

from clients.models import Assessment, Assignment, Client, Document, Matter
from plans.models import Decision, Goal, Interruption, Period, Referral, Rehabilitation, Visit
from plans.models.period import LAST
from reviews.models import Evaluation, FollowOn, FollowUp
from soskuntoutus import clock
from soskuntoutus.organisation.models import User, Value

STATUTORY = Q(content__over_75=True) | Q(content__top_care_allowance=True) | Q(content__child_special_support=True)


@dataclass(frozen=True)
class Facts:
    """One client's matter and all that has come of it, as it stands today."""

    client: Client
    today: date
    values: Mapping[str, Any]
    matter: Matter | None = None
    statutory: bool = False
    assignments: Sequence[Assignment] = ()
    assessment: Assessment | None = None
    papers: Sequence[Document] = ()
    referral: Referral | None = None
    rehabilitation: Rehabilitation | None = None
    periods: Sequence[Period] = ()
    interrupted: bool = False
    decisions: Sequence[Decision] = ()
    evaluation: Evaluation | None = None
    goals: int = 0
    follow_ons: Sequence[FollowOn] = ()
    follow_up: FollowUp | None = None
    agreed: Sequence[Visit] = ()
    met: Mapping[str, tuple[int, date]] = field(default_factory=dict)

    # People

    def in_part(self, *parts: str) -> tuple[User, ...]:
        """Who works with the client today in one of these parts."""
        return tuple(row.worker for row in self.assignments if row.part in parts and self.today in row.during)

    @property
    def own_worker(self) -> User | None:
        """The own worker of today (SHL 42 §)."""
        return next(iter(self.in_part("own_worker")), None)

    @property
    def slot(self) -> Assignment | None:
        """The newest row by which somebody is, was or will be responsible for the rehabilitation."""
        rows = (row for row in self.assignments if row.part == "responsible")
        return max(rows, key=lambda row: (row.during.lower, row.pk), default=None)

    @property
    def lapsed(self) -> bool:
        """Whether the reservation ran out without a decision."""
        return bool(self.slot and not self.slot.confirmed_at and self.slot.reserved_until < self.today)

    @property
    def responsible(self) -> User | None:
        """Who is responsible for the rehabilitation, also while only reserved."""
        return None if self.slot is None or self.lapsed else self.slot.worker

    # Papers

    def signed(self, kind: str) -> Document | None:
        """The paper of a kind that is in force."""
        found = (paper for paper in self.papers if paper.kind == kind and paper.signed_at and not paper.replaced_at)
        return next(found, None)

    def first_signed_on(self, kind: str) -> date | None:
        """The day the first version of such a paper was signed in this matter."""
        days = (clock.day_of(paper.signed_at) for paper in self.papers if paper.kind == kind and paper.signed_at)
        return min(days, default=None)

    def begun(self, kind: str) -> bool:
        """Whether such a paper is being written."""
        return any(paper.kind == kind and not paper.signed_at for paper in self.papers)

    @property
    def planned(self) -> bool:
        """Whether there is a client plan, or a written reason why none is made (39 §)."""
        without = self.assessment and not self.assessment.plan_needed and self.assessment.no_plan_reason
        return bool(self.signed("client_plan") or without)

    # The rehabilitation

    @property
    def period(self) -> Period | None:
        """The newest period that has been granted."""
        return self.periods[-1] if self.periods else None

    @property
    def running(self) -> bool:
        """Whether the rehabilitation has started and not ended."""
        return bool(self.rehabilitation and self.rehabilitation.started_on and not self.rehabilitation.ended_on)

    @property
    def ended_on(self) -> date | None:
        """The last day of the rehabilitation, if it has ended."""
        return self.rehabilitation.ended_on if self.rehabilitation else None

    @property
    def going_on(self) -> bool:
        """Whether a new period is to follow the newest one, as before or another way."""
        return bool(self.evaluation and self.evaluation.proposal != Evaluation.Proposal.END and self.period.number < LAST)

    # Meetings

    @property
    def unrecorded(self) -> Visit | None:
        """The oldest agreed meeting whose time has come and of which nothing is written."""
        return next((visit for visit in self.agreed if visit.planned_at <= clock.now()), None)

    def next_meeting(self, *modes: str) -> Visit | None:
        """The next agreed meeting, of these kinds if any are named."""
        coming = (visit for visit in self.agreed if visit.planned_at > clock.now())
        return next((visit for visit in coming if not modes or visit.mode in modes), None)

    def times_met(self, *modes: str) -> int:
        """How many meetings of these kinds have been held in the matter."""
        return sum(count for mode, (count, _) in self.met.items() if mode in modes)

    @property
    def last_met_on(self) -> date | None:
        """The day of the latest meeting or call in the matter."""
        return max((last for _, last in self.met.values()), default=None)


def facts_of(clients: Iterable[Client]) -> dict[int, Facts]:
    """The facts of each client by its key; what belongs together is read together."""
    clients = list(clients)
    day = clock.today()
    values = dict(Value.objects.filter(during__contains=day).values_list("key", "value"))
    about = {"client__in": clients}
    matters = _one_per_client(Matter.objects.filter(**about).select_related("unit").order_by("-closed_on", "received_at"))
    statutory = set(
        Document.objects.filter(STATUTORY, matter__in=matters.values(), kind="triage").values_list("matter", flat=True)
    )
    assignments = _by_client(
        Assignment.objects.filter(**about, released_at=None).select_related("worker", "unit").order_by("during", "pk")
    )
    assessments = _one_per_client(
        Assessment.objects.filter(**about, document__replaced_at=None)
        .annotate(no_plan_reason=KeyTextTransform("no_plan_reason", "document__content"))
        .order_by("signed_on", "pk")
    )
    papers = _by_client(Document.objects.filter(**about).defer("content").order_by("created_at", "pk"))
    referrals = _one_per_client(
        Referral.objects.filter(**about, withdrawn_at=None).select_related("to_unit", "answered_by").order_by("sent_at")
    )
    rehabilitations = _one_per_client(Rehabilitation.objects.filter(**about).order_by("anchor", "pk"))
    of_them = {"rehabilitation__in": rehabilitations.values()}
    periods = _by_rehabilitation(Period.objects.filter(**of_them).order_by("number"))
    interrupted = set(
        Interruption.objects.filter(**of_them, during__contains=day).values_list("rehabilitation", flat=True)
    )
    decisions = _by_rehabilitation(
        Decision.objects.filter(**of_them)
        .select_related("document")
        .defer("document__content")
        .prefetch_related("deliveries")
        .order_by("decided_on", "pk")
    )
    evaluations = {row.period_id: row for row in Evaluation.objects.filter(period__rehabilitation__in=of_them["rehabilitation__in"])}
    goals = dict(
        Goal.objects.filter(**of_them).current().values_list("rehabilitation").annotate(count=Count("pk")).order_by()
    )
    follow_ons = _by_rehabilitation(FollowOn.objects.filter(**of_them).select_related("service", "partner"))
    follow_ups = {row.rehabilitation_id: row for row in FollowUp.objects.filter(**of_them)}
    agreed = _by_client(Visit.objects.filter(**about).planned().select_related("worker").order_by("planned_at", "pk"))
    met = _met(clients)

    def of(client: Client) -> Facts:
        matter = matters.get(client.pk)
        rehabilitation = rehabilitations.get(client.pk)
        referral = referrals.get(client.pk)
        key = rehabilitation.pk if rehabilitation else None
        granted = periods.get(key, ())
        ours = [paper for paper in papers[client.pk] if paper.kind == "client_plan" or (matter and paper.matter_id == matter.pk)]
        return Facts(
            client=client,
            today=day,
            values=values,
            matter=matter,
            statutory=bool(matter and matter.pk in statutory),
            assignments=assignments[client.pk],
            assessment=assessments.get(client.pk),
            papers=ours,
            referral=referral,
            rehabilitation=rehabilitation,
            periods=granted,
            interrupted=key in interrupted,
            decisions=decisions.get(key, ()),
            evaluation=evaluations.get(granted[-1].pk) if granted else None,
            goals=goals.get(key, 0),
            follow_ons=follow_ons.get(key, ()),
            follow_up=follow_ups.get(key),
            agreed=agreed[client.pk],
            met=met.get(matter.pk, {}) if matter else {},
        )

    return {client.pk: of(client) for client in clients}


def _by_client(rows: QuerySet) -> Mapping[int, list]:
    grouped = defaultdict(list)
    for row in rows:
        grouped[row.client_id].append(row)
    return grouped


def _by_rehabilitation(rows: QuerySet) -> dict[int, list]:
    grouped = defaultdict(list)
    for row in rows:
        grouped[row.rehabilitation_id].append(row)
    return dict(grouped)


def _one_per_client(rows: QuerySet) -> dict[int, Any]:
    """The last row of each client, in the order of the query."""
    return {row.client_id: row for row in rows}


def _met(clients: list[Client]) -> dict[int, dict[str, tuple[int, date]]]:
    held = Visit.objects.held().filter(client__in=clients).order_by()
    rows = held.values_list("matter", "mode").annotate(count=Count("pk"), last=Max("held_at"))
    met: dict[int, dict[str, tuple[int, date]]] = defaultdict(dict)
    for matter, mode, count, last in rows:
        met[matter][mode] = (count, clock.day_of(last))
    return met
