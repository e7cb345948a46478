"""The eight stages of a client's way, each done when its fact is there."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from plans.models.period import LAST
from reviews import limits
from reviews.facts import Facts
from soskuntoutus.ui import dates
from soskuntoutus.ui.parts import Stage


@dataclass(frozen=True)
class _Planned:
    """A stage before it is known which one the client stands at."""

    name: str
    done: bool
    when: str


def stages_of(facts: Facts) -> tuple[Stage, ...]:
    """Where the client stands: the first stage whose fact is missing is now, what follows is later."""
    if facts.matter is None:
        return ()
    planned = list(_stages(facts))
    now = next((place for place, stage in enumerate(planned) if not stage.done), len(planned))

    def state(place: int) -> str:
        if place == now:
            return "paused" if facts.rehabilitation and facts.rehabilitation.interrupted else "now"
        return "done" if place < now else "later"

    return tuple(Stage(stage.name, state(place), stage.when) for place, stage in enumerate(planned))


def _stages(facts: Facts) -> Iterator[_Planned]:
    matter, assessment = facts.matter, facts.assessment
    yield _Planned(pgettext("stage", "Contact"), bool(matter.taken_at), dates.day(matter.received_on))
    yield _Planned(
        pgettext("stage", "Assessment"),
        assessment is not None,
        dates.day(assessment.signed_on) if assessment else "",
    )
    planned_on = facts.first_signed_on("client_plan")
    yield _Planned(pgettext("stage", "Plan"), facts.planned, dates.day(planned_on) if planned_on else "")
    yield _decision(facts)
    yield _period(facts)
    yield _evaluation(facts)
    yield _what_follows(facts)
    yield _follow_up(facts)


def _decision(facts: Facts) -> _Planned:
    name = pgettext("stage", "Decision")
    if facts.periods:
        return _Planned(name, True, dates.day(facts.periods[0].decision.decided_on))
    return _Planned(name, False, _by(limits.implementation(facts)))


def _period(facts: Facts) -> _Planned:
    period = facts.period
    number = period.number if period else 1
    name = pgettext("stage", "Period %(number)d") % {"number": number}
    if period is None:
        first_day = (
            facts.rehabilitation.anchor if facts.slot and not facts.lapsed and facts.rehabilitation else None
        )
        return _Planned(name, False, dates.day(first_day) if first_day else "")
    over = bool(period.evaluated_on or facts.ended_on or period.last_day < facts.today)
    start, end = (f"{day.day}.{day.month}." for day in (period.starts, period.last_day))
    return _Planned(name, over, f"{start}{dates.DASH}{end}")


def _evaluation(facts: Facts) -> _Planned:
    period = facts.period
    last = bool(period and period.number == LAST) or bool(facts.evaluation and not facts.going_on)
    name = pgettext("stage", "Final evaluation") if last else pgettext("stage", "Evaluation")
    if period is None:
        return _Planned(name, False, "")
    if period.evaluated_on:
        return _Planned(name, True, dates.day(period.evaluated_on))
    window = limits.evaluation(facts)
    meeting = facts.next_meeting("negotiation")
    agreed = meeting and window.opens.date <= limits.day_of(meeting.planned_at) <= period.last_day
    when = (
        dates.day(meeting.planned_at) if agreed else _("target %(day)s") % {"day": dates.day(window.due.date)}
    )
    return _Planned(name, bool(facts.ended_on), when)


def _what_follows(facts: Facts) -> _Planned:
    name = pgettext("stage", "What follows")
    if facts.ended_on:
        return _Planned(name, True, dates.day(facts.ended_on))
    return _Planned(name, False, _by(limits.period_end(facts.period)) if facts.period else "")


def _follow_up(facts: Facts) -> _Planned:
    name = pgettext("stage", "Follow-up")
    if facts.follow_up:
        return _Planned(name, True, dates.day(facts.follow_up.made_on))
    return _Planned(name, False, dates.day(limits.follow_up(facts).day) if facts.ended_on else "")


def _by(limit: limits.Limit) -> str:
    return _("by %(day)s") % {"day": dates.day(limit.day)}
