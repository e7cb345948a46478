"""Before a decision is signed: what is missing and where it is mended, what is in place and since when."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clients.models import Document
from plans.models import Rehabilitation
from plans.models.period import period_bounds
from plans.models.readiness import missing_for_decision, rule_for
from soskuntoutus import clock
from soskuntoutus.organisation.models import User
from soskuntoutus.organisation.roles import Permission
from soskuntoutus.ui import dates
from soskuntoutus.ui.parts import Guard


def guards(document: Document, rehabilitation: Rehabilitation | None, *, by: User) -> list[Guard]:
    """The verb's own sentences for what is missing, and beside them what is in place with its date."""
    lacking = missing_for_decision(document, rehabilitation, by)
    codes = {code for code, _sentence in lacking}
    found = [
        Guard(str(sentence), met=False, url=_mended_at(code, document, by)) for code, sentence in lacking
    ]
    done = _in_place(document, rehabilitation, by, codes)
    return [*found, *(Guard(text, met=True) for text in done)]


def _mended_at(code: str, document: Document, by: User) -> str:
    if code == "delegation" and not by.may(Permission.MANAGE_ORGANISATION):
        return ""
    client = document.client
    places = {
        "assessment": ("clients:document_write", client.uuid, "assessment"),
        "own_worker": ("clients:own_worker", client.uuid),
        "client_plan": ("clients:document_write", client.uuid, "client_plan"),
        "goal": ("plans:goals", client.uuid),
        "slot": _reservation(document, by),
        "first_day": _reservation(document, by),
        "implementation": _reservation(document, by),
        "special_support": ("clients:own_worker", client.uuid),
        "delegation": ("organisation:rights",),
        "evaluation": ("reviews:evaluation", client.uuid),
        "period": ("clients:document_write", client.uuid, "assessment"),
        "year": ("clients:document_write", client.uuid, "assessment"),
    }
    name, *values = places[code]
    return reverse(name, args=values)


def _reservation(document: Document, by: User) -> tuple:
    """A worker is reserved on an accepted referral, by who may; without a referral, that is made first."""
    referral = document.client.referrals.filter(withdrawn_at=None).first()
    if referral is None or referral.accepted is False:
        return "plans:referral", document.client.uuid
    reserves = referral.accepted and by.may(Permission.RESERVE)
    return ("plans:reservation" if reserves else "plans:referral_detail"), referral.uuid


def _in_place(
    document: Document, rehabilitation: Rehabilitation | None, by: User, lacking: set[str]
) -> Iterator[str]:
    client = document.client
    assessment = client.assessments.filter(document__replaced_at=None).first()
    if assessment:
        yield _("Assessment of service needs %(day)s") % {"day": dates.plain(assessment.signed_on)}
    row = client.assignments.in_force().filter(part="own_worker").select_related("worker").first()
    if row:
        yield _("Own worker %(name)s from %(day)s") % {
            "name": row.worker,
            "day": dates.plain(row.during.lower),
        }
    if plan := client.documents.in_force("client_plan").first():
        yield _("Client plan %(day)s") % {"day": dates.plain(plan.signed_at)}
    elif "client_plan" not in lacking:
        yield _("Why there is no client plan, written %(day)s") % {"day": dates.plain(assessment.signed_on)}
    if assessment and assessment.special_support and "special_support" not in lacking:
        yield _("Right to special support: a social worker in public office decides and is assigned")
    if rule := rule_for(rehabilitation, by):
        yield _("You may decide on %(day)s: %(source)s") % {
            "day": dates.plain(clock.today()),
            "source": rule.source,
        }
    yield _review_instructions(client)
    if rehabilitation:
        yield from _in_place_of_service(document, rehabilitation, lacking)


def _in_place_of_service(
    document: Document, rehabilitation: Rehabilitation, lacking: set[str]
) -> Iterator[str]:
    goals = rehabilitation.goals.current()
    if newest := goals.order_by("-set_on").first():
        count = goals.count()
        words = ngettext(
            "%(count)s goal in the client's own words %(day)s",
            "%(count)s goals in the client's own words, the latest %(day)s",
            count,
        )
        yield words % {"count": count, "day": dates.plain(newest.set_on)}
    slot, period = rehabilitation.slot, rehabilitation.current_period
    if slot and "slot" not in lacking:
        if slot.confirmed_at:
            yield _("Carried out by %(name)s") % {"name": slot.worker}
        else:
            yield _("Carried out by %(name)s, reserved until %(day)s") % {
                "name": slot.worker,
                "day": dates.plain(slot.reserved_until),
            }
    if "year" not in lacking:
        starts, ends = period_bounds(rehabilitation.anchor, rehabilitation.next_number)
        yield _("In force %(span)s, one period") % {"span": dates.span(starts, ends)}
    if period is None and not lacking & {"implementation", "first_day"}:
        limit = clock.implementation_limit(document.matter.received_on).latest
        yield _("Begins by %(day)s, the last day of the law (45 §)") % {"day": dates.plain(limit)}
    if period and period.evaluated_on:
        yield _("Period %(number)d evaluated %(day)s") % {
            "number": period.number,
            "day": dates.plain(period.evaluated_on),
        }


def _review_instructions(client) -> str:
    if client.language == "sv":
        return _("Instructions for requesting a review, in Swedish")
    return _("Instructions for requesting a review, in Finnish")
