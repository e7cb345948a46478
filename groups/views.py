"""Groups for those who lead them, and a client's place in one."""

from datetime import date

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.http import QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from clients.access import open_client
from groups.access import ABSENT, PRESENT, open_group, show_participants
from groups.forms import EnrolForm, GroupForm, SessionForm
from groups.models import Group
from soskuntoutus import clock
from soskuntoutus.organisation.access import requires
from soskuntoutus.organisation.roles import Permission
from soskuntoutus.ui.moments import DateField
from soskuntoutus.ui.parts import Guard

SESSIONS_SHOWN = 13


@require_safe
@requires(Permission.READ_CLIENTS)
def groups(request):
    today = clock.today()
    here = Count("enrolments", filter=Q(enrolments__during__contains=today))
    seen = (
        Group.objects.visible_to(request.user)
        .annotate(here=here)
        .select_related("unit")
        .order_by("name", "pk")
    )
    return render(
        request,
        "groups/group_list.html",
        {
            "running": seen.filter(during__endswith__gt=today),
            "ended": seen.filter(during__endswith__lte=today),
            "may_lead": request.user.may(Permission.LEAD_GROUPS),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.LEAD_GROUPS)
def new(request):
    form = GroupForm(request.POST or None)
    if request.method == "POST" and form.perform(Group.found, by=request.user):
        messages.success(request, _("The group has been founded. You lead it."))
        return redirect("groups:group", form.outcome.uuid)
    return render(request, "groups/group_new.html", {"form": form})


@require_safe
@requires(Permission.READ_CLIENTS)
def group(request, uuid):
    group = open_group(request, uuid)
    attended = Count("attendances", filter=Q(attendances__presence=PRESENT))
    sessions = group.sessions.annotate(came=attended, expected=Count("attendances")).order_by("-held_on")[
        :SESSIONS_SHOWN
    ]
    return render(
        request,
        "groups/group_detail.html",
        {
            "group": group,
            "participants": show_participants(request, group, clock.today()),
            "coming": _coming(group),
            "sessions": sessions,
            "unrecorded": _unrecorded(group),
            "next_day": next((day for day in group.meeting_days if day > clock.today()), None),
            "leads": group.led_by(request.user),
            **_timetable(group),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.LEAD_GROUPS)
def session_new(request, uuid):
    group = open_group(request, uuid)
    on = _asked_day(request.POST if request.method == "POST" else request.GET, group)
    participants = show_participants(request, group, on)
    form = SessionForm(request.POST or None, initial={"on": on}, participants=participants)
    if "rest" in request.POST:
        form = SessionForm(initial=form.rest_present(), participants=participants)
    elif request.method == "POST" and form.perform(group.hold, by=request.user):
        messages.success(request, _("The session has been recorded."))
        _tell_of_absences(request, form)
        return redirect("groups:group", group.uuid)
    return render(
        request,
        "groups/session_new.html",
        {
            "form": form,
            "group": group,
            "on": on,
            "leads": group.led_by(request.user),
            "number": sum(day <= on for day in group.meeting_days),
            **_timetable(group),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.LEAD_GROUPS)
def enrol(request, uuid):
    client = open_client(request, uuid)
    form = EnrolForm(request.POST or None, **_decided_days(client))
    if request.method == "POST" and form.perform(_enrol, client=client, by=request.user):
        messages.success(request, _("The client has a place in the group."))
        return redirect("plans:visits", client.uuid)
    works_with = client.assigned_today(request.user)
    guards = [
        Guard(_("You work with the client. Only then can you give the client a place."), met=works_with)
    ]
    return render(
        request,
        "groups/enrol.html",
        {
            "form": form,
            "client": client,
            "guards": [] if works_with else guards,
            "places": client.enrolments.filter(during__endswith__gt=clock.today()).select_related("group"),
        },
    )


def _enrol(*, group, **facts):
    return group.enrol(**facts)


def _timetable(group):
    """What every page of a group says of it."""
    return {
        "times": group.meeting_days,
        "leaders": [
            row.user for row in group.leaders.filter(during__contains=clock.today()).select_related("user")
        ],
    }


def _coming(group):
    """How many come in later; their names are shown from their first day."""
    return group.enrolments.filter(during__startswith__gt=clock.today()).count()


def _unrecorded(group):
    """The days the group has met by its timetable and nothing is written of, oldest first."""
    recorded = set(group.sessions.values_list("held_on", flat=True))
    return [day for day in group.meeting_days if group.begins_at(day) <= clock.now() and day not in recorded]


def _asked_day(typed: QueryDict, group: Group) -> date:
    """The day whose participants are marked: the one asked for, or else the oldest not yet recorded."""
    days = [*_unrecorded(group), clock.today()]
    try:
        return DateField().to_python(typed.get("on", "")) or days[0]
    except ValidationError:
        return days[0]


def _tell_of_absences(request, form):
    """That somebody is to be called; who, and what then, is said on the page (messages name nobody)."""
    absent = sum(presence == ABSENT for presence, _line in form.cleaned_data["presences"].values())
    if absent:
        sentence = ngettext(
            "%(absent)d person did not come and did not let us know. Call them today.",
            "%(absent)d people did not come and did not let us know. Call them today.",
            absent,
        )
        messages.warning(request, sentence % {"absent": absent})


def _decided_days(client):
    """From today, or the first day of the service, to the last day decided."""
    rehabilitation = client.rehabilitations.open().first()
    period = rehabilitation and rehabilitation.current_period
    if period is None:
        return {"first_day": clock.today(), "last_day": None}
    return {"first_day": max(clock.today(), period.starts), "last_day": period.last_day}
