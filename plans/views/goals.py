"""The goals: in the client's own words, with their levels and their history."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from clients.access import open_client
from clients.models import Client, Relation
from plans.access import open_goal
from plans.forms.goal import GoalForm, RefinementForm
from plans.models import Goal, Rehabilitation
from plans.models.period import LAST, period_bounds
from plans.scales import Scale, scales_of
from plans.views.rehabilitation import nothing_reserved
from reviews.models import Rating
from soskuntoutus.organisation.access import requires
from soskuntoutus.organisation.roles import Permission


@dataclass(frozen=True)
class Line:
    """One goal with its history: the newest version on its scale, and the versions before it."""

    scale: Scale
    earlier: Sequence[Goal]


@requires(Permission.READ_CLIENTS)
@require_safe
def goals(request, uuid):
    client = open_client(request, uuid)
    rehabilitations = client.rehabilitations.order_by("-anchor", "-pk").prefetch_related("work_forms")
    lines = _lines(client)
    ways = [
        (
            each,
            [line for line in lines[each.pk] if not line.scale.goal.dropped_reason],
            [line for line in lines[each.pk] if line.scale.goal.dropped_reason],
        )
        for each in rehabilitations
    ]
    context = {
        "client": client,
        "ways": ways,
        "writes": request.user.may(Permission.REHABILITATE) and client.relation == Relation.ASSIGNED,
        "plan": client.documents.in_force("service_plan").first(),
    }
    return render(request, "plans/goal_list.html", context)


@requires(Permission.REHABILITATE)
@require_http_methods(["GET", "HEAD", "POST"])
def goal_new(request, uuid):
    client = open_client(request, uuid)
    rehabilitation = client.rehabilitations.open().first()
    if rehabilitation is None:
        return nothing_reserved(request, client, _("Write a goal"))
    form = GoalForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.perform(Goal.put, rehabilitation=rehabilitation, by=request.user):
        messages.success(request, _("The goal is written down."))
        return redirect("plans:goals", client.uuid)
    context = {"client": client, "form": form, **_bounds(rehabilitation)}
    return render(request, "plans/goal_write.html", context)


@requires(Permission.REHABILITATE)
@require_http_methods(["GET", "HEAD", "POST"])
def goal_refine(request, uuid):
    goal = open_goal(request, uuid)
    form = RefinementForm(request.POST if request.method == "POST" else None, goal=goal)
    if form.is_bound and form.perform(goal.refine, by=request.user):
        messages.success(request, _("The new version is saved. The earlier one stays in the history."))
        return redirect("plans:goals", goal.client.uuid)
    context = {"client": goal.client, "goal": goal, "form": form, **_bounds(goal.rehabilitation)}
    return render(request, "plans/goal_write.html", context)


def _bounds(rehabilitation: Rehabilitation) -> dict:
    return {"first": rehabilitation.anchor, "last": period_bounds(rehabilitation.anchor, LAST)[1]}


def _lines(client: Client) -> Mapping[int, list[Line]]:
    """The goals by rehabilitation, each with its newest version on the scale."""
    versions = defaultdict(list)
    for goal in Goal.objects.filter(rehabilitation__client=client).order_by("line", "-version"):
        versions[goal.rehabilitation_id, goal.line].append(goal)
    ratings = Rating.objects.filter(goal__rehabilitation__client=client).placed()
    lines = defaultdict(list)
    for scale in scales_of([newest for newest, *_earlier in versions.values()], ratings, client):
        goal = scale.goal
        lines[goal.rehabilitation_id].append(Line(scale, versions[goal.rehabilitation_id, goal.line][1:]))
    return lines
