"""The referrals that a unit has not yet answered or carried out, the law's limit first (SHL 45 §)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from clients.models import Assignment, Client
from plans.models import Referral
from soskuntoutus import clock
from soskuntoutus.clock import Explained
from soskuntoutus.organisation.models import Unit, Value

SOON, LATE = 30, 14  # days before the limit: the unit's head is told; a way must be chosen


@dataclass(frozen=True)
class Case:
    """One referral, the limit it lives under, and what is to be done with it next."""

    referral: Referral
    client: Client
    act: Literal["answer", "reserve", "decide"]
    limit: Explained
    answer_due: Explained | None
    slot: Assignment | None

    @property
    def days_left(self) -> int:
        """Days to the last day that the law allows."""
        return (self.limit.latest - clock.today()).days

    @property
    def state(self) -> Literal["late", "due", "wait"]:
        """How near the limit is."""
        return "late" if self.days_left <= LATE else "due" if self.days_left <= SOON else "wait"

    @property
    def passed(self) -> str:
        """How much of the three months has gone, for the bar."""
        received = self.referral.matter.received_on
        share = (clock.today() - received).days / (self.limit.latest - received).days
        return f"{min(max(share, 0), 1):.0%}"

    @property
    def answer_is_late(self) -> bool:
        """Whether the unit's own target for answering has passed."""
        return self.answer_due is not None and self.answer_due.date < clock.today()


def cases_of(units: Iterable[Unit], clients: Iterable[Client]) -> list[Case]:
    """What waits in these units about these clients, the nearest limit first."""
    seen = {client.pk: client for client in clients}
    sent = Referral.objects.undecided().filter(sent_at__lte=clock.now())
    referrals = sent.filter(to_unit__in=units, client__in=seen)
    reserved = Assignment.objects.slots().filter(client__in=seen, confirmed_at=None)
    slots = {row.client_id: row for row in reserved.select_related("worker")}
    working_days = Value.of(Value.Key.REFERRAL_ANSWER_DAYS)
    cases = [
        _case(referral, seen[referral.client_id], slots.get(referral.client_id), working_days)
        for referral in referrals.select_related("matter", "to_unit")
    ]
    return sorted(cases, key=lambda case: (case.limit.date, case.referral.pk))


def _case(referral: Referral, client: Client, slot: Assignment | None, working_days: int) -> Case:
    limit = clock.implementation_limit(referral.matter.received_on)
    if referral.answered_at:
        return Case(referral, client, "decide" if slot else "reserve", limit, None, slot)
    due = clock.referral_answer_due(clock.day_of(referral.sent_at), working_days=working_days)
    return Case(referral, client, "answer", limit, due, slot)
