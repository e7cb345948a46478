"""While the rehabilitation runs (T17–T22): steps 11–15 of Ville's path."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from plans.models.period import LAST
from reviews import limits
from reviews.facts import Facts
from reviews.limits import Limit
from reviews.next_step import Actor, NextStep, is_late, people
from reviews.situations.intake import unrecorded
from reviews.situations.preparation import delivery
from soskuntoutus.organisation.roles import Permission
from soskuntoutus.ui import dates


def end(facts: Facts) -> NextStep | None:
    """T22: the service ends on its last decided day, after the evaluation; then the place is free."""
    last = facts.period.last_day
    if facts.evaluation is None or facts.today < last or (facts.going_on and facts.today == last):
        return None
    return NextStep(
        code="end",
        title=_("End the service"),
        body=_("The last decided day is %(day)s. Write how it went; the place is free the day after.")
        % {"day": dates.day_long(last)},
        actor=_workers(facts, Permission.END_REHABILITATION),
        url=reverse("plans:end", args=[facts.client.uuid]),
        button=_("Write the end note"),
        icon="flag",
        limits=(limits.period_end(facts.period),),
        then=_("After that: the client plan is brought up to date, and the follow-up in three months."),
        late=last < facts.today,
    )


def evaluation(facts: Facts) -> NextStep | None:
    """T19: the period is evaluated with the client; without it nothing follows (HEL-6)."""
    window = limits.evaluation(facts)
    if facts.evaluation or facts.today < window.opens.date:
        return None
    meeting = next((visit for visit in facts.agreed if visit.mode == "negotiation"), None)
    agreed = (Limit(meeting.planned_at, _("agreed")),) if meeting else ()
    return NextStep(
        code="evaluation",
        title=_("Go on with the evaluation")
        if facts.begun("evaluation")
        else _("Evaluate the period with the client"),
        body=_(
            "Period %(number)d ends on %(day)s. Ask the client about each goal before you say your own view."
        )
        % {"number": facts.period.number, "day": dates.day_long(facts.period.last_day)},
        actor=_workers(facts, Permission.EVALUATE),
        url=reverse("reviews:evaluation", args=[facts.client.uuid]),
        button=_("Open the evaluation"),
        icon="speech",
        limits=(*agreed, Limit(window.due), limits.period_end(facts.period)),
        then=_("After that: a decision to continue before the period ends, or the end of the service."),
        late=facts.period.last_day < facts.today,
    )


def continuation(facts: Facts) -> NextStep | None:
    """T20: the decision to continue is signed before the period ends."""
    if facts.evaluation is None or not facts.going_on:
        return None
    bounds = (limits.period_end(facts.period),)
    return NextStep(
        code="continuation",
        title=_("Make the decision to continue"),
        body=_("The evaluation proposes a new period. Without a decision the service ends with the period."),
        actor=people(facts, facts.own_worker, permission=Permission.DECIDE),
        url=reverse("plans:decision", args=[facts.client.uuid]),
        button=_("Go on with the decision") if facts.begun("decision") else _("Write the decision"),
        icon="sign",
        limits=bounds,
        then=_("After that: the next period begins the day after this one."),
        late=is_late(facts, bounds),
    )


def what_follows(facts: Facts) -> NextStep | None:
    """T21: what follows is agreed on, so that nobody is left with nothing (VISIO-18, HEL-15)."""
    if facts.follow_ons or (facts.running and facts.evaluation is None):
        return None
    full = facts.period.number == LAST and facts.running
    return NextStep(
        code="what_follows",
        title=_("Agree on what follows"),
        body=_(
            "The year is full. If the need goes on, offer a new assessment. "
            "Agree with the client on what follows."
        )
        if full
        else _("Propose a service or an activity that suits the client, and agree on who meets them there."),
        actor=_workers(facts, Permission.REHABILITATE),
        url=reverse("reviews:follow_on", args=[facts.client.uuid]),
        button=_("Propose what follows"),
        icon="right",
        limits=(limits.period_end(facts.period),),
        then=_("After that: the client and the new instructor meet."),
    )


def handover_meeting(facts: Facts) -> NextStep | None:
    """The client meets the new instructor before the service ends (a warm handover)."""
    waiting = next((row for row in facts.follow_ons if row.met_on is None), None)
    if waiting is None:
        return None
    return NextStep(
        code="handover_meeting",
        title=_("Meet the new instructor together"),
        body=_("Go along with the client: %(service)s.") % {"service": waiting.partner or waiting.service},
        actor=_workers(facts, Permission.REHABILITATE),
        url=reverse("reviews:follow_on_meeting", args=[facts.client.uuid, waiting.pk]),
        button=_("Record the meeting"),
        icon="people",
        limits=(limits.period_end(facts.period),),
        then=_("After that: the service ends on its last day."),
    )


def ending(facts: Facts) -> NextStep | None:
    """All is agreed on; the service lasts to its last decided day."""
    if facts.evaluation is None:
        return None
    last = facts.period.last_day
    return NextStep(
        code="ending",
        title=_("The service ends on %(day)s") % {"day": dates.day(last)},
        body=_(
            "The evaluation is done and what follows is agreed on. The end note is written on the last day."
        ),
        actor=_workers(facts, Permission.END_REHABILITATION),
        limits=(limits.period_end(facts.period),),
        then=_("After that: the client plan is brought up to date."),
    )


def meetings(facts: Facts) -> NextStep:
    """The meetings keep the rhythm of the plan (HEL-9)."""
    meeting = facts.next_meeting()
    actor = _workers(facts, Permission.REHABILITATE)
    bounds = (limits.period_end(facts.period),)
    then = _("The evaluation opens on %(day)s") % {"day": dates.day(limits.evaluation(facts).opens.date)}
    if meeting:
        return NextStep(
            code="meeting_agreed",
            title=_("Meet the client"),
            body=_("The next meeting has been agreed on."),
            actor=people(facts, meeting.worker, permission=Permission.REHABILITATE),
            limits=(Limit(meeting.planned_at, _("agreed")), *bounds),
            then=then,
        )
    return NextStep(
        code="meetings",
        title=_("Agree on the next meeting"),
        body=_since(facts),
        actor=actor,
        url=reverse("plans:visit_plan", args=[facts.client.uuid]),
        button=_("Agree on a meeting"),
        icon="calendar",
        limits=bounds,
        then=then,
    )


def _since(facts: Facts) -> str:
    if facts.last_met_on is None or facts.last_met_on < facts.rehabilitation.started_on:
        return _("The service has started. No meeting has been agreed on yet.")
    days = (facts.today - facts.last_met_on).days
    return ngettext(
        "%(days)d day since the latest meeting. No new one has been agreed on.",
        "%(days)d days since the latest meeting. No new one has been agreed on.",
        days,
    ) % {"days": days}


def _workers(facts: Facts, permission: Permission) -> Actor:
    return people(facts, facts.responsible, facts.own_worker, permission=permission)


SITUATIONS = (
    delivery,
    end,
    evaluation,
    continuation,
    what_follows,
    handover_meeting,
    ending,
    unrecorded,
    meetings,
)
