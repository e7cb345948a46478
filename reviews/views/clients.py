"""The client's overview: the next step, the period and its rhythm, the goals, and what has happened."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from clients.access import open_client
from clients.models import Relation
from plans.scales import scales_of
from reviews import limits
from reviews.journey import journey_of
from reviews.models import Rating
from reviews.rhythm import pace_of
from reviews.timeline import Show, timeline_of
from soskuntoutus.organisation.access import requires
from soskuntoutus.organisation.roles import Permission
from soskuntoutus.ui import dates
from soskuntoutus.ui.parts import Mark

ON_PAGE = 15


@require_safe
@requires(Permission.READ_CLIENTS)
def client(request, uuid):
    client = open_client(request, uuid)
    journey = journey_of(client)
    facts = journey.facts
    show = Show(request.GET["show"]) if request.GET.get("show") in set(Show) else Show.ALL
    works_with = client.relation == Relation.ASSIGNED and request.user.may(Permission.REHABILITATE)
    entries = timeline_of(facts, show=show, records=works_with)
    pace = pace_of(facts.rehabilitation) if facts.period else None
    context = {
        "client": client,
        "journey": journey,
        "facts": facts,
        "works_with": works_with,
        "marks": marks_of(facts) if facts.period else (),
        "longest": limits.longest(facts) if facts.period else None,
        "rhythm": pace and pace.rhythm,
        "weeks": pace and pace.weeks_in(facts.period),
        "scales": _scales(facts) if facts.slot else (),
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


def _scales(facts):
    """The goals in force, with what the newest evaluation said of each."""
    ratings = Rating.objects.filter(goal__rehabilitation=facts.rehabilitation).placed()
    return scales_of(facts.rehabilitation.goals.current(), ratings, facts.client)
