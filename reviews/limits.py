"""The days that bind one client's matter: of the law, of the decision, and the city's targets."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from plans.models.period import LAST, MONTHS, Period
from reviews.facts import Facts
from soskuntoutus import clock
from soskuntoutus.clock import EvaluationWindow, Explained, Kind, Step
from soskuntoutus.organisation.models import Value

KEY = Value.Key


class Limit(NamedTuple):
    """A day and what it is the day of; without a label, the section of the law or "target" says it."""

    when: Explained | date | datetime
    label: str = ""

    @property
    def day(self) -> date:
        """The day itself."""
        return day_of(self.when)

    @property
    def is_target(self) -> bool:
        """Whether the city wishes it and no law or decision binds it."""
        return isinstance(self.when, Explained) and self.when.kind == Kind.TARGET

    def passed(self, today: date) -> bool:
        """Whether the day lies behind."""
        return self.day < today


def day_of(when: Explained | date | datetime) -> date:
    """The Helsinki day of a limit, a day or a moment."""
    if isinstance(when, Explained):
        return when.date
    return clock.day_of(when) if isinstance(when, datetime) else when


def assessment_start(facts: Facts) -> Limit:
    """The assessment begins by the seventh working day: law for some, a target for others (36 §)."""
    target = None if facts.statutory else facts.values[KEY.ASSESSMENT_START_WORKING_DAYS]
    return Limit(clock.assessment_start_limit(facts.matter.received_on, target=target))


def implementation(facts: Facts) -> Limit:
    """The service begins within three months of the matter's arrival (45 §)."""
    return Limit(clock.implementation_limit(facts.matter.received_on))


def referral_answer(facts: Facts) -> Limit:
    """The receiving unit answers within so many working days."""
    sent, days = clock.day_of(facts.referral.sent_at), facts.values[KEY.REFERRAL_ANSWER_DAYS]
    return Limit(clock.referral_answer_due(sent, working_days=days))


def reservation(facts: Facts) -> Limit:
    """The last day a reservation holds without a decision."""
    lapses = facts.slot.reserved_until
    reserved = lapses - timedelta(days=facts.values[KEY.RESERVATION_DAYS])
    steps = (
        Step(_("The worker was reserved"), reserved),
        Step(_("The last day the reservation holds"), lapses),
    )
    return Limit(
        Explained(lapses, steps, _("The organiser's operating model"), Kind.FACT), _("the reservation lapses")
    )


def review(facts: Facts) -> Limit | None:
    """The last day a review of the newest decision can be asked for (hallintolaki 49 c §)."""
    served = facts.period and facts.period.served_on
    return Limit(clock.review_limit(served), _("review can be asked for until")) if served else None


def period_end(period: Period) -> Limit:
    """The last day of a period, as the decision says it."""
    steps = (
        Step(_("The first day of the rehabilitation"), period.anchor),
        Step(_("A period lasts three months, counted from the first day"), period.ends),
        *((Step(_("The period ended early"), period.ends_early_on),) if period.ends_early_on else ()),
    )
    return Limit(
        Explained(period.last_day, steps, _("The decision on the period"), Kind.FACT), _("the period ends")
    )


def longest(facts: Facts) -> date:
    """The last day of the year that the rehabilitation may last (HEL-30)."""
    return clock.add_months(facts.rehabilitation.anchor, LAST * MONTHS) - clock.ONE_DAY


def evaluation(facts: Facts) -> EvaluationWindow:
    """When the evaluation of the newest period opens, is wanted, and must be done."""
    return clock.evaluation_window(
        facts.period.last_day,
        opens_days=facts.values[KEY.EVALUATION_OPENS_DAYS],
        due_days=facts.values[KEY.EVALUATION_TARGET_DAYS],
    )


def plan_update(facts: Facts) -> Limit:
    """The client plan is brought up to date soon after the end."""
    return Limit(clock.plan_update_due(facts.ended_on, days=facts.values[KEY.PLAN_UPDATE_DAYS]))


def follow_up(facts: Facts) -> Limit:
    """The follow-up, three months after the end."""
    due = clock.follow_up_due(
        facts.ended_on,
        months=facts.values[KEY.FOLLOW_UP_MONTHS],
        grace_days=facts.values[KEY.FOLLOW_UP_GRACE_DAYS],
    )
    return Limit(due, _("the follow-up falls due"))


def limits_of(facts: Facts) -> Iterator[Limit]:
    """Every limit that still binds the matter, in the order of the client's way."""
    return (limit for _what, limit in bounds_of(facts))


def bounds_of(facts: Facts) -> Iterator[tuple[str, Limit]]:
    """The same limits, each with the deed it is the limit of."""
    if facts.matter is None or facts.matter.closed_on:
        return
    if facts.assessment is None and not facts.last_met_on:
        yield pgettext("limit of", "Begin the assessment"), assessment_start(facts)
    if not (facts.rehabilitation and facts.rehabilitation.started_on):
        yield pgettext("limit of", "Carry out what was asked for"), implementation(facts)
    if facts.referral and facts.referral.answered_at is None:
        yield pgettext("limit of", "Answer the referral"), referral_answer(facts)
    if facts.slot and not facts.slot.confirmed_at:
        yield pgettext("limit of", "Sign the decision"), reservation(facts)
    if (asked := review(facts)) and not asked.passed(facts.today):
        yield pgettext("limit of", "The client may ask for a review"), asked
    if facts.period and not facts.ended_on:
        if facts.evaluation is None:
            yield pgettext("limit of", "Evaluate the period together"), Limit(evaluation(facts).due)
        yield pgettext("limit of", "Continuation or end"), period_end(facts.period)
    if facts.ended_on and not facts.follow_up:
        yield pgettext("limit of", "Ask how it has gone"), follow_up(facts)
