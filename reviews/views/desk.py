"""The first page, by what the user's posts allow."""

from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from clients.access import shown
from reviews.caseload import desk_of, unit_desk_of
from reviews.views.clients import marks_of
from soskuntoutus.organisation.access import requires
from soskuntoutus.organisation.roles import Permission


@require_safe
@requires(Permission.USE)
def desk(request):
    user = request.user
    if user.may(Permission.LEAD_UNIT):
        return _supervisor(request)
    if user.may(Permission.READ_CLIENTS):
        return _worker(request)
    if user.may(Permission.READ_CONTACTS):
        return redirect("clients:intake")
    return render(request, _page_without_clients(user))


def _worker(request):
    desk = desk_of(request.user)
    shown(request, desk.clients)
    context = {"desk": desk, "own": _own(desk)}
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


def _supervisor(request):
    desk = unit_desk_of(request.user)
    shown(request, desk.clients)
    return render(request, "reviews/desk_supervisor.html", {"desk": desk})


def _page_without_clients(user):
    pages = {
        Permission.READ_FIGURES: "reviews/desk_coordination.html",
        Permission.MANAGE_ORGANISATION: "reviews/desk_administrator.html",
        Permission.READ_LOG: "reviews/desk_protection_officer.html",
    }
    return next(
        (page for permission, page in pages.items() if user.may(permission)), "reviews/desk_nothing.html"
    )
