"""The goals: in the client's own words, with their levels and their history."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_safe

from clients.access import open_client
from plans.access import open_goal
from plans.forms.goal import GoalForm, RefinementForm, signed
from plans.models import Goal, Rehabilitation
from plans.models.goal import LEVELS
from plans.models.period import LAST, period_bounds
from plans.views.rehabilitation import nothing_reserved
from reviews.models import Rating
from soskuntoutus.organisation.access import requires
from soskuntoutus.organisation.roles import Permission


@dataclass(frozen=True)
class Pin:
    """Who stands on a level of the scale."""

    kind: str
    letter: str
    words: str


@dataclass(frozen=True)
class Level:
    """One of the five levels: its sign, what it means for this goal, and who stands on it."""

    sign: str
    words: str
    expected: bool
    pins: Sequence[Pin]


@dataclass(frozen=True)
class Line:
    """One goal with its history: the newest version, its scale, and the versions before it."""

    goal: Goal
    levels: Sequence[Level]
    earlier: Sequence[Goal]
    rated: bool


@requires(Permission.READ_CLIENTS)
@require_safe
def goals(request, uuid):
    client = open_client(request, uuid)
    rehabilitations = client.rehabilitations.order_by("-anchor", "-pk").prefetch_related("work_forms")
    ways = []
    for each in rehabilitations:
        lines = _lines(each)
        standing = [line for line in lines if not line.goal.dropped_reason]
        ways.append((each, standing, [line for line in lines if line.goal.dropped_reason]))
    context = {
        "client": client,
        "ways": ways,
        "writes": request.user.may(Permission.REHABILITATE) and client.assigned_today(request.user),
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


def _lines(rehabilitation: Rehabilitation) -> list[Line]:
    versions = defaultdict(list)
    for goal in rehabilitation.goals.order_by("line", "-version"):
        versions[goal.line].append(goal)
    ratings = defaultdict(dict)
    voices = Rating.objects.filter(goal__rehabilitation=rehabilitation).select_related("goal")
    for rating in voices.order_by("evaluation__held_on", "pk"):
        ratings[rating.goal.line][rating.voice] = rating.level
    return [
        Line(newest, _scale(newest, ratings[line], rehabilitation), earlier, bool(ratings[line]))
        for line, (newest, *earlier) in versions.items()
    ]


def _scale(goal: Goal, rated: dict[str, int | None], rehabilitation: Rehabilitation) -> list[Level]:
    client = rehabilitation.client.first_names
    places = [
        (goal.baseline, Pin("base", pgettext("pin", "S"), _("level at the start"))),
        (rated.get(Rating.Voice.CLIENT), Pin("client", client[:1], _("the client's view"))),
        (rated.get(Rating.Voice.WORKER), Pin("worker", pgettext("pin", "W"), _("the worker's view"))),
    ]
    pins = {level: [pin for at, pin in places if at == level] for level in LEVELS}
    return [
        Level(signed(level), goal.levels.get(str(level), ""), level == 0, pins[level]) for level in LEVELS
    ]
