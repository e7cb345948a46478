"""From a signed assessment to the first day (T8–T16): steps 6–10 of Ville's path."""

from django.urls import reverse
from django.utils.translation import gettext as _

from reviews import limits
from reviews.facts import Facts
from reviews.limits import Limit
from reviews.next_step import Actor, NextStep, is_late, people
from reviews.situations.intake import unrecorded
from soskuntoutus.organisation.roles import Permission
from soskuntoutus.ui import dates


def own_worker(facts: Facts) -> NextStep | None:
    """The client has an own worker (42 §)."""
    needed = facts.assessment.needs_own_worker or facts.assessment.proposes_rehabilitation
    if facts.own_worker or not needed:
        return None
    return NextStep(
        code="own_worker",
        title=_("Name the own worker"),
        body=_(
            "The own worker stays with the client through the whole clientship, "
            "also after the rehabilitation."
        ),
        actor=people(facts, *facts.in_part("handler"), permission=Permission.NAME_OWN_WORKER),
        url=reverse("clients:own_worker", args=[facts.client.uuid]),
        button=_("Name the own worker"),
        icon="user",
        limits=(limits.implementation(facts),),
        then=_("After that: the client plan is made together."),
        late=is_late(facts, (limits.implementation(facts),)),
    )


def client_plan(facts: Facts) -> NextStep | None:
    """T8: the client plan is made with the client (39 §)."""
    needed = facts.assessment.plan_needed or facts.assessment.proposes_rehabilitation
    if facts.planned or not needed:
        return None
    return NextStep(
        code="client_plan",
        title=_("Make the client plan together"),
        body=_("One plan for all of the client's services. The own worker signs it."),
        actor=_own_worker(facts, Permission.PLAN),
        url=reverse("clients:document_write", args=[facts.client.uuid, "client_plan"]),
        button=_("Go on with the client plan") if facts.begun("client_plan") else _("Write the client plan"),
        icon="doc",
        limits=(limits.implementation(facts),),
        then=_("After that: social rehabilitation is proposed."),
        late=is_late(facts, (limits.implementation(facts),)),
    )


def nothing_proposed(facts: Facts) -> NextStep | None:
    """The assessment does not propose social rehabilitation."""
    if facts.assessment.proposes_rehabilitation or facts.referral:
        return None
    return NextStep(
        code="nothing_proposed",
        title=_("Nothing is waiting"),
        body=_(
            "The assessment does not propose social rehabilitation. The work goes on as the client plan says."
        ),
    )


def proposal(facts: Facts) -> NextStep | None:
    """T9: the own worker proposes social rehabilitation; a returned proposal is read and made again (T11)."""
    referral, bounds = facts.referral, (limits.implementation(facts),)
    if referral and referral.accepted is not False:
        return None
    returned = _("%(who)s returned the proposal on %(day)s: %(reason)s")
    return NextStep(
        code="returned" if referral else "proposal",
        title=_("Read why the proposal was returned, and propose again")
        if referral
        else _("Propose social rehabilitation"),
        body=returned
        % {"who": referral.answered_by, "day": dates.day(referral.answered_at), "reason": referral.reason}
        if referral
        else _("Write what the rehabilitation is for. The assessment and the client plan go along."),
        actor=_own_worker(facts, Permission.REFER),
        url=reverse("plans:referral", args=[facts.client.uuid]),
        button=_("Write the proposal"),
        icon="doc",
        limits=bounds,
        then=_("After that: the receiving unit answers and reserves a worker."),
        late=is_late(facts, bounds),
    )


def answer(facts: Facts) -> NextStep | None:
    """T10–T11: the receiving unit answers; the limit of 45 § runs on."""
    if facts.referral.answered_at:
        return None
    bounds = (limits.referral_answer(facts), limits.implementation(facts))
    return NextStep(
        code="answer",
        title=_("Answer the proposal"),
        body=_("Accept it, or return it with a reason. Waiting for a free worker is no reason."),
        actor=Actor(Permission.ANSWER_REFERRAL, unit=facts.referral.to_unit),
        url=reverse("plans:referral_detail", args=[facts.referral.uuid]),
        button=_("Read and answer"),
        icon="doc",
        limits=bounds,
        then=_("After that: a worker is reserved for the client."),
        late=is_late(facts, bounds),
    )


def reservation(facts: Facts) -> NextStep | None:
    """T10: a worker's slot is reserved; a lapsed reservation is made again."""
    if facts.decision or facts.responsible:
        return None
    bounds = (limits.implementation(facts),)
    return NextStep(
        code="reservation",
        title=_("Reserve a worker"),
        body=_("The reservation lapsed without a decision. Reserve the worker again, or another one.")
        if facts.lapsed
        else _("Choose who is responsible for the rehabilitation, and its first day."),
        actor=Actor(Permission.RESERVE, unit=facts.referral.to_unit),
        url=reverse("plans:reservation", args=[facts.referral.uuid]),
        button=_("Reserve a worker"),
        icon="calendar",
        limits=bounds,
        then=_("After that: the client, the own worker and the responsible worker meet."),
        late=facts.lapsed or is_late(facts, bounds),
    )


def three_party_meeting(facts: Facts) -> NextStep | None:
    """The three meet before the plan: need, wishes, ways and goals (HEL-8, HEL-10)."""
    if facts.signed("service_plan") or facts.rehabilitation.has_goals or facts.has_met("negotiation"):
        return None
    meeting = facts.next_meeting("negotiation")
    agreed = (Limit(meeting.planned_at, _("agreed")),) if meeting else ()
    bounds = (*agreed, *_before_decision(facts))
    return NextStep(
        code="three_party_meeting",
        title=_("Meet with all three") if meeting else _("Agree on a meeting of the three"),
        body=_(
            "The client, the own worker and the responsible worker go through the need, "
            "the wishes and the goals."
        ),
        actor=people(facts, facts.responsible, facts.own_worker, permission=Permission.REHABILITATE),
        url="" if meeting else reverse("plans:visit_plan", args=[facts.client.uuid]),
        button="" if meeting else _("Agree on a meeting"),
        icon="calendar",
        limits=bounds,
        then=_("After that: the goals in the client's words and the implementation plan."),
        late=is_late(facts, bounds),
    )


def goals(facts: Facts) -> NextStep | None:
    """At least one goal in the client's own words (HEL-4)."""
    if facts.rehabilitation.has_goals:
        return None
    bounds = _before_decision(facts)
    return NextStep(
        code="goals",
        title=_("Write down the client's goals"),
        body=_("In the client's own words, as the client says them. One goal is enough to begin with."),
        actor=people(facts, facts.responsible, facts.own_worker, permission=Permission.REHABILITATE),
        url=reverse("plans:goal_new", args=[facts.client.uuid]),
        button=_("Write a goal"),
        icon="speech",
        limits=bounds,
        then=_("After that: the implementation plan is signed."),
        late=is_late(facts, bounds),
    )


def service_plan(facts: Facts) -> NextStep | None:
    """The implementation plan of the three, with the work form and the rhythm (HEL-9…12)."""
    if facts.signed("service_plan"):
        return None
    bounds = _before_decision(facts)
    return NextStep(
        code="service_plan",
        title=_("Write and sign the implementation plan"),
        body=_("What is done, how often you meet, and when the plan is looked at again."),
        actor=people(facts, facts.responsible, permission=Permission.REHABILITATE),
        url=reverse("plans:service_plan", args=[facts.client.uuid]),
        button=_("Go on with the plan") if facts.begun("service_plan") else _("Write the plan"),
        icon="doc",
        limits=bounds,
        then=_("After that: the decision."),
        late=is_late(facts, bounds),
    )


def decision(facts: Facts) -> NextStep | None:
    """T12: the decision; the period and the slot come with the signature (45 §)."""
    if facts.decision:
        return None
    bounds = (*_before_decision(facts), Limit(facts.rehabilitation.anchor, _("first day")))
    return NextStep(
        code="decision",
        title=_("Make the decision"),
        body=_("The worker's place and the period of three months are confirmed with your signature."),
        actor=_own_worker(facts, Permission.DECIDE),
        url=reverse("plans:decision", args=[facts.client.uuid]),
        button=_("Go on with the decision") if facts.begun("decision") else _("Write the decision"),
        icon="sign",
        limits=bounds,
        then=_("After that: the decision is sent to the client, and the service starts on its first day."),
        late=is_late(facts, bounds) or facts.rehabilitation.anchor < facts.today,
    )


def delivery(facts: Facts) -> NextStep | None:
    """The newest decision is sent; the time for review counts from its service (hallintolaki 54, 59 §)."""
    if facts.decision is None or facts.period.served_on:
        return None
    return NextStep(
        code="delivery",
        title=_("Send the decision to the client"),
        body=_("The time to ask for review begins when the client has been served the decision."),
        actor=people(facts, facts.own_worker, permission=Permission.DECIDE),
        url=reverse("plans:delivery", args=[facts.decision.document.uuid]),
        button=_("Record the sending"),
        icon="doc",
        limits=(Limit(facts.decision.decided_on, _("decided")),),
        then=_("After that: the service starts on its first day.") if not facts.running else "",
    )


def start(facts: Facts) -> NextStep:
    """T16: the first day of the rehabilitation."""
    first_day = facts.rehabilitation.anchor
    ahead = first_day > facts.today
    bounds = (Limit(first_day, _("first day")), limits.implementation(facts))
    return NextStep(
        code="start_ahead" if ahead else "start",
        title=_("The service starts on %(day)s") % {"day": dates.day(first_day)}
        if ahead
        else _("Start the service"),
        body=_("Everything is in place. The responsible worker records the start on the first day.")
        if ahead
        else _("Record the first day. From now on the meetings keep the rhythm of the plan."),
        actor=people(facts, facts.responsible, permission=Permission.REHABILITATE),
        url="" if ahead else reverse("plans:start", args=[facts.client.uuid]),
        button="" if ahead else _("Record the start"),
        icon="flag",
        limits=bounds,
        then=_("After that: the first meeting."),
        late=first_day < facts.today,
    )


def _own_worker(facts: Facts, permission: Permission) -> Actor:
    return people(
        facts, facts.own_worker or next(iter(facts.in_part("handler")), None), permission=permission
    )


def _before_decision(facts: Facts) -> tuple[Limit, ...]:
    return (limits.reservation(facts), limits.implementation(facts))


SITUATIONS = (
    own_worker,
    client_plan,
    nothing_proposed,
    proposal,
    answer,
    reservation,
    unrecorded,
    three_party_meeting,
    goals,
    service_plan,
    decision,
    delivery,
    start,
)
