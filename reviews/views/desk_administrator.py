"""The administrator's start page: what in the organisation ends soon or is missing."""

from django.shortcuts import render

from reviews.desks.upkeep import upkeep


def desk(request):
    """People, units, rules and values; no client data."""
    return render(request, "reviews/desk_administrator.html", {"upkeep": upkeep()})
