"""What slips among the clients of a unit, by kind, from facts; another kind is another function in the list."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from clients.models import Client
from plans.rhythm import Rhythm
from plans.waiting import Case
from reviews import limits
from reviews.journey import Journey
from reviews.limits import Limit
from reviews.rhythm import Pace
from soskuntoutus import clock

RUNS_OUT = timedelta(days=21)  # in which the next decision is prepared: from the day the evaluation opens
LAPSES = timedelta(days=7)


@dataclass(frozen=True)
class Slip:
    """One client in whose matter something falls behind, whose it is to do, and the day or rhythm it slips from."""

    client: Client
    url: str
    whose: str
    late: bool
    limit: Limit | None = None
    rhythm: Rhythm | None = None

    @property
    def urgency(self) -> tuple:
        """The late ones first, then the nearest day."""
        days = -self.rhythm.days if self.rhythm else (self.limit.day - clock.today()).days
        return not self.late, days, self.client.pk


@dataclass(frozen=True)
class SlipKind:
    """One way in which work slips, and those in whose matter it does."""

    key: str
    title: str
    slips: Sequence[Slip]

    @property
    def late(self) -> int:
        """How many of them are late already."""
        return sum(slip.late for slip in self.slips)


def slips_of(journeys: Iterable[Journey], paces: Mapping[int, Pace], cases: Iterable[Case]) -> list[SlipKind]:
    """Every kind in which somebody slips, in the order of the client's way."""
    journeys = list(journeys)
    found = [
        SlipKind("referral", _("Referrals not answered in time"), _in_order(_unanswered(cases))),
        *(
            SlipKind(key, title, _in_order(slip for each in journeys if (slip := find(each, paces))))
            for key, title, find in KINDS
        ),
    ]
    return [kind for kind in found if kind.slips]


def contact(journey: Journey, paces: Mapping[int, Pace]) -> Slip | None:
    """The client has not been met as often as was agreed (HEL-9, domain.md 4.4)."""
    pace = paces.get(journey.facts.rehabilitation.pk) if journey.facts.running else None
    rhythm = pace.rhythm if pace else None
    if rhythm is None or rhythm.state == "ok":
        return None
    return _slip(journey, late=rhythm.state == "overdue", rhythm=rhythm)


def evaluation(journey: Journey, _paces: Mapping[int, Pace]) -> Slip | None:
    """The evaluation of the period is open and not held; late after its last working day (HEL-6)."""
    facts = journey.facts
    if not facts.running or facts.period is None or facts.evaluation:
        return None
    window = limits.evaluation(facts)
    if window.opens.date > facts.today:
        return None
    passed = window.due.date < facts.today
    return _slip(
        journey,
        late=window.last_day.date < facts.today,
        limit=Limit(window.last_day, _("the last day")) if passed else Limit(window.due),
    )


def decision(journey: Journey, _paces: Mapping[int, Pace]) -> Slip | None:
    """The decision in force runs out, and neither a new one nor the end has been signed (PROSOS-9)."""
    facts = journey.facts
    if not facts.running or facts.period is None or facts.period.last_day - facts.today > RUNS_OUT:
        return None
    limit = limits.period_end(facts.period)
    return _slip(journey, late=limit.passed(facts.today), limit=limit)


def reservation(journey: Journey, _paces: Mapping[int, Pace]) -> Slip | None:
    """A reserved slot is about to lapse without a decision."""
    slot = journey.facts.slot
    if slot is None or slot.confirmed_at or slot.reserved_until - clock.today() > LAPSES:
        return None
    return _slip(journey, late=False, limit=limits.reservation(journey.facts))


KINDS: Sequence[tuple[str, str, Callable[[Journey, Mapping[int, Pace]], Slip | None]]] = (
    ("reservation", _("Reservations about to lapse"), reservation),
    ("contact", _("Meetings behind the rhythm"), contact),
    ("evaluation", _("Evaluations to be held"), evaluation),
    ("decision", _("Decisions running out"), decision),
)


def _unanswered(cases: Iterable[Case]) -> Iterator[Slip]:
    for case in cases:
        if case.answer_is_late:
            url = reverse("plans:referral_detail", args=[case.referral.uuid])
            yield Slip(case.client, url, str(case.referral.to_unit), late=True, limit=Limit(case.answer_due))


def _slip(journey: Journey, **facts) -> Slip:
    whose = journey.facts.responsible or journey.facts.own_worker or ""
    return Slip(journey.client, reverse("reviews:client", args=[journey.client.uuid]), str(whose), **facts)


def _in_order(slips: Iterable[Slip]) -> list[Slip]:
    return sorted(slips, key=lambda slip: slip.urgency)
