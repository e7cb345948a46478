"""What is counted of a month when it has turned: the whole city at once, never by worker or by unit."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Q, QuerySet

from plans.models import Decision, Referral, Rehabilitation
from reviews.disclosure import Flow
from soskuntoutus import clock

AGES = (30, 60, 90)
"""The last day of each age class of those who wait; the fourth class has none."""


@dataclass(frozen=True)
class Counts:
    """The true numbers of a month. They live as long as it takes to publish them."""

    flow: Flow
    waiting: Sequence[int]


def counts_of(month: date) -> Counts:
    """Count a month that is over, from the facts as they stand now."""
    turn = clock.add_months(month, 1)
    started = Rehabilitation.objects.filter(started_on__lt=turn)
    ended = started.filter(ended_on__gte=month, ended_on__lt=turn).count()
    new = started.filter(started_on__gte=month).count()
    active = started.filter(Q(ended_on=None) | Q(ended_on__gte=turn)).count()
    classes = [0] * (len(AGES) + 1)
    for received_at in _waiting(turn).values_list("matter__received_at", flat=True):
        days = (turn - clock.ONE_DAY - clock.day_of(received_at)).days
        classes[bisect_left(AGES, days)] += 1
    return Counts(Flow(new, ended, active), classes)


def first_month() -> date | None:
    """The month in which the first rehabilitation started."""
    first = Rehabilitation.objects.exclude(started_on=None).order_by("started_on").first()
    return first and first.started_on.replace(day=1)


def _waiting(turn: date) -> QuerySet[Referral]:
    """One proposal of each matter in which nothing had begun or been refused when the month turned."""
    moment = datetime.combine(turn, time(), clock.HELSINKI)
    refused = Decision.objects.filter(outcome=Decision.Outcome.REFUSED, decided_on__lt=turn)
    return (
        Referral.objects.filter(sent_at__lt=moment)
        .filter(Q(withdrawn_at=None) | Q(withdrawn_at__gte=moment))
        .filter(Q(matter__closed_on=None) | Q(matter__closed_on__gte=turn))
        .exclude(accepted=False, answered_at__lt=moment)
        .exclude(rehabilitations__started_on__lt=turn)
        .exclude(rehabilitations__ended_on__lt=turn)
        .exclude(matter__in=refused.values("document__matter"))
        .order_by("matter_id")
        .distinct("matter_id")
    )
