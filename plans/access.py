"""The doors to what hangs on a client here: the referral and what it encloses, and a goal."""

from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from clients.access import open_client
from clients.models.sight import ENCLOSED
from plans.models import Goal, Referral


def open_referral(request: HttpRequest, uuid: UUID) -> Referral:
    """One referral: of a file the user may read, or on the table of a unit the user leads."""
    referrals = Referral.objects.visible_to(request.user).select_related(
        "client", "matter__unit", "document__signed_by", "to_unit", "answered_by"
    )
    referral = get_object_or_404(referrals, uuid=uuid)
    referral.client = open_client(request, referral.client.uuid, by=ENCLOSED)
    return referral


def open_goal(request: HttpRequest, uuid: UUID) -> Goal:
    """One version of a goal, of a file the user may read."""
    goal = get_object_or_404(Goal.objects.select_related("rehabilitation__client"), uuid=uuid)
    goal.rehabilitation.client = open_client(request, goal.client.uuid)
    return goal
