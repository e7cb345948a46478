"""The client's overview: the next step, the period and its rhythm, the goals, and what has happened."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from clients.access import open_client
from reviews import limits
from reviews.journey import journey_of
from reviews.rhythm import rhythm_of, weeks_of
from reviews.scales import scales_of
from reviews.timeline import Show, timeline_of
from soskuntoutus.organisation.access import requires
from soskuntoutus.organisation.roles import Permission
from soskuntoutus.ui import dates
from soskuntoutus.ui.parts import Mark

ON_PAGE = 15
TELL_STRENGTHS = ("service_plan", "client_plan", "assessment")


@require_safe
@requires(Permission.READ_CLIENTS)
def client(request, uuid):
    client = open_client(request, uuid)
    journey = journey_of(client)
    facts = journey.facts
    show = Show(request.GET["show"]) if request.GET.get("show") in set(Show) else Show.ALL
    works_with = client.assigned_today(request.user) and request.user.may(Permission.REHABILITATE)
    entries = timeline_of(client, show=show, records=works_with)
    context = {
        "client": client,
        "journey": journey,
        "facts": facts,
        "works_with": works_with,
        "strengths": _strengths(client),
        "marks": marks_of(facts) if facts.period else (),
        "longest": limits.longest(facts) if facts.period else None,
        "rhythm": rhythm_of(facts.rehabilitation),
        "weeks": weeks_of(facts.rehabilitation),
        "scales": scales_of(facts.rehabilitation, worker=str(facts.slot.worker)) if facts.slot else (),
        "show": show,
        "page": Paginator(entries, ON_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "reviews/client_detail.html", context)


def marks_of(facts):
    """The days that matter on the band of the newest period."""
    if facts.evaluation:
        day = facts.evaluation.held_on
        return [Mark("fact", day, _("evaluated %(day)s") % {"day": dates.day(day)})]
    due = limits.evaluation(facts).due.date
    marks = [Mark("target", due, _("target for the evaluation %(day)s") % {"day": dates.day(due)})]
    if meeting := facts.next_meeting("negotiation"):
        day = limits.day_of(meeting.planned_at)
        marks.append(Mark("fact", day, _("meeting of the three %(day)s") % {"day": dates.day(day)}))
    return marks


def _strengths(client):
    """What the newest signed paper says of the client's strengths."""
    papers = (
        client.documents.signed().filter(kind__in=TELL_STRENGTHS, replaced_at=None).order_by("-signed_at")
    )
    told = (paper.content.get("strengths") for paper in papers)
    return next((words for words in told if words), "")
