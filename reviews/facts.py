"""What is known of a client's way, read in the same number of queries for one client as for a hundred."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.fields.json import KeyTextTransform

from clients.models import Assessment, Assignment, Client, Document, Matter
from plans.models import Decision, Delivery, Goal, Interruption, Period, Referral, Rehabilitation, Visit
from plans.models.period import LAST
from reviews.models import Evaluation, FollowOn, FollowUp
from soskuntoutus import clock
from soskuntoutus.organisation.models import User, Value

LASTING = ("assessment", "client_plan")
TELL_STRENGTHS = ("service_plan", "client_plan", "assessment")
STATUTORY = (
    Q(content__over_75=True) | Q(content__top_care_allowance=True) | Q(content__child_special_support=True)
)


@dataclass(frozen=True)
class Facts:
    """One client's matter and all that has come of it, as it stands today."""

    client: Client
    today: date
    values: Mapping[str, Any]
    matter: Matter | None = None
    all_assignments: Sequence[Assignment] = ()
    all_papers: Sequence[Document] = ()
    rehabilitation: Rehabilitation | None = None
    all_follow_ons: Sequence[FollowOn] = ()
    agreed: Sequence[Visit] = ()

    # People

    @cached_property
    def assignments(self) -> Sequence[Assignment]:
        """Who works, worked or will work with the client; without what was given up before it began."""
        return [row for row in self.all_assignments if row.released_at is None]

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

    @cached_property
    def papers(self) -> Sequence[Document]:
        """The papers of the matter; the assessment and the client plan outlast theirs."""
        return [
            paper
            for paper in self.all_papers
            if self.matter and (paper.matter_id == self.matter.pk or paper.kind in LASTING)
        ]

    def signed(self, kind: str) -> Document | None:
        """The paper of a kind that is in force."""
        found = (
            paper for paper in self.papers if paper.kind == kind and paper.signed_at and not paper.replaced_at
        )
        return max(found, key=lambda paper: paper.signed_at, default=None)

    def first_signed_on(self, kind: str) -> date | None:
        """The day the first version of such a paper was signed in this matter."""
        days = (
            clock.day_of(paper.signed_at) for paper in self.papers if paper.kind == kind and paper.signed_at
        )
        return min(days, default=None)

    def begun(self, kind: str) -> bool:
        """Whether such a paper is being written."""
        return any(paper.kind == kind and not paper.signed_at for paper in self.papers)

    @property
    def statutory(self) -> bool:
        """Whether the law sets a time limit for beginning the assessment (36 §)."""
        return any(paper.kind == "triage" and paper.statutory for paper in self.papers)

    @property
    def assessment(self) -> Assessment | None:
        """The signed assessment of service needs that is in force."""
        return getattr(self.signed("assessment"), "assessment", None)

    @property
    def planned(self) -> bool:
        """Whether there is a client plan, or a written reason why none is made (39 §)."""
        without = (
            self.assessment and not self.assessment.plan_needed and self.signed("assessment").no_plan_reason
        )
        return bool(self.signed("client_plan") or without)

    @property
    def referral(self) -> Referral | None:
        """The newest proposal of social rehabilitation that has not been withdrawn."""
        sent = (getattr(paper, "referral", None) for paper in self.papers if paper.kind == "referral")
        standing = [referral for referral in sent if referral and not referral.withdrawn_at]
        return max(standing, key=lambda referral: referral.sent_at, default=None)

    @property
    def strengths(self) -> str:
        """What the newest signed paper says of the client's strengths."""
        told = [
            paper
            for paper in self.all_papers
            if paper.kind in TELL_STRENGTHS and paper.signed_at and not paper.replaced_at and paper.strengths
        ]
        return max(told, key=lambda paper: paper.signed_at).strengths if told else ""

    # The rehabilitation

    @cached_property
    def periods(self) -> Sequence[Period]:
        """The periods that the rehabilitation's decisions granted, the first one first."""
        if self.rehabilitation is None:
            return ()
        found = []
        for paper in self.all_papers:
            period = getattr(getattr(paper, "decision", None), "period", None)
            if period and period.rehabilitation_id == self.rehabilitation.pk:
                period.served_on = paper.served_on
                found.append(period)
        return sorted(found, key=lambda period: period.number)

    @property
    def follow_ons(self) -> Sequence[FollowOn]:
        """What has been proposed to follow the rehabilitation."""
        newest = self.rehabilitation
        return [row for row in self.all_follow_ons if newest and row.rehabilitation_id == newest.pk]

    @property
    def period(self) -> Period | None:
        """The newest period that has been granted."""
        return self.periods[-1] if self.periods else None

    @property
    def decision(self) -> Decision | None:
        """The newest decision that granted a period."""
        return self.period.decision if self.period else None

    @property
    def evaluation(self) -> Evaluation | None:
        """The evaluation of the newest period."""
        return getattr(self.period, "evaluation", None)

    @property
    def follow_up(self) -> FollowUp | None:
        """How it was found to have gone after the end."""
        return getattr(self.rehabilitation, "follow_up", None)

    @property
    def running(self) -> bool:
        """Whether the rehabilitation has started and not ended."""
        return bool(
            self.rehabilitation and self.rehabilitation.started_on and not self.rehabilitation.ended_on
        )

    @property
    def ended_on(self) -> date | None:
        """The last day of the rehabilitation, if it has ended."""
        return self.rehabilitation.ended_on if self.rehabilitation else None

    @property
    def going_on(self) -> bool:
        """Whether a new period is to follow the newest one, as before or another way."""
        return bool(
            self.evaluation
            and self.evaluation.proposal != Evaluation.Proposal.END
            and self.period.number < LAST
        )

    # Meetings

    @property
    def unrecorded(self) -> Visit | None:
        """The oldest agreed meeting whose time has come and of which nothing is written."""
        return next((visit for visit in self.agreed if visit.planned_at <= clock.now()), None)

    def next_meeting(self, *modes: str) -> Visit | None:
        """The next agreed meeting, of these kinds if any are named."""
        coming = (visit for visit in self.agreed if visit.planned_at > clock.now())
        return next((visit for visit in coming if not modes or visit.mode in modes), None)

    def has_met(self, *modes: str) -> bool:
        """Whether a meeting of one of these kinds has been held in the matter."""
        return bool(self.matter and set(modes) & set(self.matter.met_in))

    @property
    def last_met_on(self) -> date | None:
        """The day of the latest meeting or call in the matter."""
        last = self.matter and self.matter.last_met_at
        return clock.day_of(last) if last else None


def facts_of(clients: Iterable[Client]) -> dict[int, Facts]:
    """The facts of each client by its key; what belongs together is read together."""
    clients = list(clients)
    day = clock.today()
    values = Value.in_force(day)
    matters = _newest(_matters(clients))
    assignments = _by_client(
        Assignment.objects.filter(client__in=clients)
        .select_related("worker", "unit")
        .order_by("during", "pk")
    )
    papers = _by_client(_papers(clients))
    rehabilitations = _newest(_rehabilitations(clients, day))
    follow_ons = _grouped(
        (row.rehabilitation.client_id, row)
        for row in FollowOn.objects.filter(rehabilitation__client__in=clients).select_related(
            "rehabilitation", "service", "partner"
        )
    )
    agreed = _by_client(
        Visit.objects.filter(client__in=clients)
        .planned()
        .select_related("worker")
        .order_by("planned_at", "pk")
    )
    return {
        client.pk: Facts(
            client=client,
            today=day,
            values=values,
            matter=matters.get(client.pk),
            all_assignments=assignments[client.pk],
            all_papers=papers[client.pk],
            rehabilitation=rehabilitations.get(client.pk),
            all_follow_ons=follow_ons[client.pk],
            agreed=agreed[client.pk],
        )
        for client in clients
    }


def _matters(clients: list[Client]) -> QuerySet[Matter]:
    """Every matter with the kinds of meeting held in it and when the latest was, the newest last."""
    held = Visit.objects.held().filter(matter=OuterRef("pk"))
    return (
        Matter.objects.filter(client__in=clients)
        .select_related("unit")
        .annotate(
            met_in=ArraySubquery(held.order_by().values("mode").distinct()),
            last_met_at=Subquery(held.order_by("-held_at").values("held_at")[:1]),
        )
        .order_by("-closed_on", "received_at")
    )


def _papers(clients: list[Client]) -> QuerySet[Document]:
    """Every paper without its words, with what came of it."""
    served = Delivery.objects.filter(decision__document=OuterRef("pk")).order_by("-served_on")
    return (
        Document.objects.filter(client__in=clients)
        .defer("content")
        .select_related(
            "signed_by",
            "assessment",
            "referral__to_unit",
            "referral__answered_by",
            "decision__period__evaluation",
        )
        .annotate(
            no_plan_reason=KeyTextTransform("no_plan_reason", "content"),
            strengths=KeyTextTransform("strengths", "content"),
            statutory=Case(When(STATUTORY, then=True), default=False),
            served_on=Subquery(served.values("served_on")[:1]),
        )
        .order_by("created_at", "pk")
    )


def _rehabilitations(clients: list[Client], day: date) -> QuerySet[Rehabilitation]:
    goals = Goal.objects.filter(rehabilitation=OuterRef("pk")).current()
    pauses = Interruption.objects.filter(rehabilitation=OuterRef("pk"), during__contains=day)
    return (
        Rehabilitation.objects.filter(client__in=clients)
        .select_related("follow_up")
        .annotate(has_goals=Exists(goals), interrupted=Exists(pauses))
        .order_by("anchor", "pk")
    )


def _by_client(rows: Iterable) -> Mapping[int, list]:
    return _grouped((row.client_id, row) for row in rows)


def _grouped(pairs: Iterable[tuple[int, Any]]) -> Mapping[int, list]:
    grouped = defaultdict(list)
    for key, row in pairs:
        grouped[key].append(row)
    return grouped


def _newest(rows: QuerySet) -> dict[int, Any]:
    """The last row of each client, in the order of the query."""
    return {row.client_id: row for row in rows}
