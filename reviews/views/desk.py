"""The first page, by what the user's posts allow."""

from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from reviews.views import desk_administrator, desk_coordination, desk_officer, desk_supervisor, desk_worker
from soskuntoutus.organisation.access import requires
from soskuntoutus.organisation.roles import Permission

DESKS = {
    Permission.LEAD_UNIT: desk_supervisor.desk,
    Permission.READ_CLIENTS: desk_worker.desk,
    Permission.READ_CONTACTS: lambda request: redirect("clients:intake"),
    Permission.READ_FIGURES: desk_coordination.desk,
    Permission.MANAGE_ORGANISATION: desk_administrator.desk,
    Permission.READ_LOG: desk_officer.desk,
}


@require_safe
@requires(Permission.USE)
def desk(request):
    """What now? Answered by the first of these permissions that a post of today carries."""
    for permission, page in DESKS.items():
        if request.user.may(permission):
            return page(request)
    return render(request, "reviews/desk_nothing.html")
