"""After the rehabilitation (T23–T24): steps 16–18 of Ville's path."""

from django.urls import reverse
from django.utils.translation import gettext as _

from reviews import limits
from reviews.facts import Facts
from reviews.next_step import NextStep, is_late, people
from reviews.situations.rehabilitation import handover_meeting, what_follows
from soskuntoutus import clock
from soskuntoutus.organisation.roles import Permission
from soskuntoutus.ui import dates


def closed(facts: Facts) -> NextStep | None:
    """The matter is closed; the clientship and the own worker may go on (PROSOS-32)."""
    if facts.matter.closed_on is None:
        return None
    return NextStep(
        code="closed",
        title=_("The matter is closed"),
        body=_("Closing a matter does not end the clientship. A new need is a new matter."),
    )


def plan_update(facts: Facts) -> NextStep | None:
    """The own worker brings the client plan up to date (PROSOS-31)."""
    plan = facts.signed("client_plan")
    if facts.follow_up or (plan and clock.day_of(plan.signed_at) > facts.ended_on):
        return None
    bounds = (limits.plan_update(facts),)
    return NextStep(
        code="plan_update",
        title=_("Bring the client plan up to date"),
        body=_(
            "The rehabilitation has ended, the clientship goes on. "
            "Write with the client what now supports them."
        ),
        actor=people(facts, facts.own_worker, permission=Permission.PLAN),
        url=reverse("clients:document_write", args=[facts.client.uuid, "client_plan"]),
        button=_("Go on with the client plan") if facts.begun("client_plan") else _("Write the client plan"),
        icon="doc",
        limits=bounds,
        then=_("After that: the follow-up on %(day)s.")
        % {"day": dates.day_long(limits.follow_up(facts).day)},
        late=is_late(facts, bounds),
    )


def follow_up(facts: Facts) -> NextStep | None:
    """The own worker asks how it has gone, three months after the end (HEL-15)."""
    if facts.follow_up:
        return None
    due = limits.follow_up(facts)
    ahead = due.day > facts.today
    return NextStep(
        code="follow_up_ahead" if ahead else "follow_up",
        title=_("The follow-up is on %(day)s") % {"day": dates.day_long(due.day)}
        if ahead
        else _("Ask the client how it has gone"),
        body=_("Then you ask the client how it has gone. Nothing is waiting before that.")
        if ahead
        else _("Is the client taking part in what was agreed on? Write it down in the client's words."),
        actor=people(facts, facts.own_worker, permission=Permission.FOLLOW_UP),
        url="" if ahead else reverse("reviews:follow_up", args=[facts.client.uuid]),
        button="" if ahead else _("Record the follow-up"),
        icon="phone",
        limits=(due,),
        then=_("After that: the matter can be closed. The clientship goes on."),
        late=is_late(facts, (due,)),
    )


def closing(facts: Facts) -> NextStep:
    """T24: the matter is closed after the follow-up."""
    return NextStep(
        code="closing",
        title=_("Close the matter"),
        body=_(
            "The follow-up is done. Closing the matter does not end the clientship or the own worker's part."
        ),
        actor=people(facts, facts.own_worker, permission=Permission.FOLLOW_UP),
        url=reverse("reviews:follow_up", args=[facts.client.uuid]),
        button=_("Close the matter"),
        icon="check",
    )


SITUATIONS = (closed, what_follows, handover_meeting, plan_update, follow_up, closing)
