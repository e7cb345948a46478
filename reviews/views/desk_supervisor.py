"""A supervisor's start page: what waits for them, what slips, who has room."""

from django.shortcuts import render

from clients.access import shown
from reviews.caseload import unit_desk_of


def desk(request):
    """The units a supervisor leads."""
    desk = unit_desk_of(request.user)
    shown(request, desk.clients)
    return render(request, "reviews/desk_supervisor.html", {"desk": desk})
