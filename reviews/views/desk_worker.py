"""A worker's start page: today, what waits, what binds in two weeks, and what others did meanwhile."""

from django.shortcuts import render

from clients.access import shown
from reviews.caseload import desk_of
from reviews.desks.ahead import ahead_of
from reviews.desks.changes import changes_for
from reviews.views.clients import marks_of


def desk(request):
    """The day of somebody who works with clients."""
    desk = desk_of(request.user)
    changes = changes_for(request.user, [journey.client for journey in desk.journeys])
    shown(request, desk.clients)
    context = {
        "desk": desk,
        "own": _own(desk),
        "ahead": ahead_of(request.user, desk),
        "changes": changes,
    }
    return render(request, "reviews/desk_worker.html", context)


def _own(desk):
    """The one rehabilitation client's band and weeks; with several slots the list is enough."""
    if len(desk.places) != 1:
        return None
    place = desk.places[0]
    facts = place.journey.facts
    if facts.period is None:
        return None
    return {"period": facts.period, "marks": marks_of(facts), "weeks": place.weeks}
