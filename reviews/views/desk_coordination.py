"""The published figures of the whole city: the coordination group's start page, and a page of every leader."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from reviews.figures import page_of_figures
from soskuntoutus.organisation.access import requires
from soskuntoutus.organisation.roles import Permission


def desk(request):
    """Cells only: no client is read or counted here."""
    return render(request, "reviews/desk_coordination.html", {"figures": page_of_figures()})


@require_safe
@requires(Permission.READ_FIGURES)
def figures(request):
    return desk(request)
