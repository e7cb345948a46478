"""From the contact to a signed assessment (T1–T8): steps 1–6 of Ville's path."""

from django.urls import reverse
from django.utils.translation import gettext as _

from reviews import limits
from reviews.facts import Facts
from reviews.limits import Limit
from reviews.next_step import Actor, NextStep, is_late, people
from soskuntoutus.organisation.roles import Permission, UnitRight
from soskuntoutus.ui.dates import moment

MEETINGS = ("meeting", "negotiation", "remote")


def registration(facts: Facts) -> NextStep | None:
    """T2: the contact is registered."""
    if facts.matter.registered_at:
        return None
    bounds = (limits.assessment_start(facts),)
    return NextStep(
        code="registration",
        title=_("Register the contact"),
        body=_("The matter is pending from the day it was received, not from the day it is typed."),
        actor=Actor(Permission.REGISTER_CONTACT, unit=facts.matter.unit, right=UnitRight.REGISTER),
        url=reverse("clients:matter", args=[facts.matter.uuid]),
        button=_("Open the contact"),
        limits=bounds,
        then=_("After that: how urgent the matter is."),
        late=is_late(facts, bounds),
    )


def triage(facts: Facts) -> NextStep | None:
    """T3: how urgent the matter is (36 §)."""
    if facts.matter.triaged_at:
        return None
    bounds = (limits.assessment_start(facts),)
    return NextStep(
        code="triage",
        title=_("Assess how urgent the matter is"),
        body=_("The need for urgent help is looked into at once."),
        actor=Actor(Permission.TRIAGE, unit=facts.matter.unit, right=UnitRight.DUTY),
        url=reverse("clients:triage", args=[facts.matter.uuid]),
        button=_("Assess the urgency"),
        limits=bounds,
        then=_("After that: a worker takes the matter."),
        late=is_late(facts, bounds),
    )


def taking(facts: Facts) -> NextStep | None:
    """T5: a worker takes the matter (PROSOS-19)."""
    if facts.matter.taken_at:
        return None
    bounds = (limits.assessment_start(facts),)
    return NextStep(
        code="taking",
        title=_("Take the matter"),
        body=_("Whoever takes the matter calls the client and makes the assessment."),
        actor=Actor(Permission.TAKE_MATTER, unit=facts.matter.unit, right=UnitRight.DUTY),
        url=reverse("clients:taking", args=[facts.matter.uuid]),
        button=_("Take the matter"),
        limits=bounds,
        then=_("After that: agree on a meeting with the client."),
        late=is_late(facts, bounds),
    )


def first_meeting(facts: Facts) -> NextStep | None:
    """The client is called and a meeting agreed on."""
    if facts.has_met(*MEETINGS) or facts.agreed:
        return None
    bounds = (limits.assessment_start(facts), limits.implementation(facts))
    return NextStep(
        code="first_meeting",
        title=_("Agree on a meeting with the client"),
        body=_("Call the client and agree on when and where you meet."),
        actor=_handlers(facts),
        url=reverse("plans:visit_plan", args=[facts.client.uuid]),
        button=_("Agree on a meeting"),
        icon="calendar",
        limits=bounds,
        then=_("After that: the assessment of service needs together with the client."),
        late=is_late(facts, bounds),
    )


def unrecorded(facts: Facts) -> NextStep | None:
    """An agreed meeting whose time has come is written down."""
    visit = facts.unrecorded
    if visit is None:
        return None
    return NextStep(
        code="unrecorded",
        title=_("Record the meeting"),
        body=_("The meeting was agreed for %(when)s. Write down whether it was held.")
        % {"when": moment(visit.planned_at)},
        actor=people(facts, visit.worker, permission=Permission.REHABILITATE),
        url=reverse("plans:visit_record", args=[visit.uuid]),
        button=_("Record the meeting"),
        icon="pen",
        limits=(Limit(visit.planned_at, _("agreed")),),
    )


def meeting_ahead(facts: Facts) -> NextStep | None:
    """A meeting has been agreed on and lies ahead."""
    visit = facts.next_meeting()
    if visit is None:
        return None
    return NextStep(
        code="meeting_ahead",
        title=_("Meet the client"),
        body=_("The situation, functioning and strengths are gone through together, in the client's words."),
        actor=people(facts, visit.worker, permission=Permission.REHABILITATE),
        limits=(Limit(visit.planned_at, _("agreed")), limits.implementation(facts)),
        then=_("After that: the assessment of service needs is written and signed."),
        late=is_late(facts, (limits.implementation(facts),)),
    )


def assessment(facts: Facts) -> NextStep:
    """T6: the assessment of service needs is written and signed (36, 37 §)."""
    bounds = (limits.implementation(facts),)
    return NextStep(
        code="assessment",
        title=_("Write and sign the assessment of service needs"),
        body=_("Write it together with the client. The client sees the draft before you sign."),
        actor=_handlers(facts, Permission.ASSESS),
        url=reverse("clients:document_write", args=[facts.client.uuid, "assessment"]),
        button=_("Go on with the assessment") if facts.begun("assessment") else _("Write the assessment"),
        icon="doc",
        limits=bounds,
        then=_("After that: the own worker is named and the client plan is made."),
        late=is_late(facts, bounds),
    )


def _handlers(facts: Facts, permission: Permission = Permission.REHABILITATE) -> Actor:
    return people(facts, *facts.in_part("own_worker", "handler"), permission=permission)


CONTACT = (registration, triage, taking)
ASSESSMENT = (first_meeting, unrecorded, meeting_ahead, assessment)
