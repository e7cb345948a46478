"""A client's meetings: the list, one meeting, agreeing on a time, writing down what came of it."""

from datetime import datetime, time

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import F, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clients.access import open_client
from clients.models import Relation
from plans.forms.visit import MET, AddendumForm, VisitForm, VisitPlanForm, next_place
from plans.models import Visit
from plans.rhythm import proposals
from plans.views import meetings
from reviews.journey import journey_of
from reviews.rhythm import pace_of
from soskuntoutus import clock
from soskuntoutus.organisation.access import requires
from soskuntoutus.organisation.roles import Permission
from soskuntoutus.ui.parts import Guard

LINES = 60
USUAL_HOUR = time(10)


def open_visit(request, uuid) -> Visit:
    """One meeting of a client whose file the user may read; 404 for everyone else."""
    visit = get_object_or_404(Visit.objects.select_related("client", "matter", "worker"), uuid=uuid)
    visit.client = open_client(request, visit.client.uuid)
    return visit


@require_safe
@requires(Permission.READ_CLIENTS)
def visits(request, uuid):
    client = open_client(request, uuid)
    journey = journey_of(client)
    facts = journey.facts
    goes_on = facts.rehabilitation and not facts.ended_on
    works_with = client.relation == Relation.ASSIGNED
    page = Paginator(meetings.past(client), LINES).get_page(request.GET.get("page"))
    context = {
        "client": client,
        "journey": journey,
        "agreed": meetings.agreed(facts.agreed, records=works_with) if page.number == 1 else [],
        "page": page,
        "works_with": works_with,
        **_aside(pace_of(facts.rehabilitation) if goes_on else None),
    }
    return render(request, "plans/visit_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.REHABILITATE)
def visit_new(request, uuid):
    client = open_client(request, uuid)
    pace = _pace(client)
    visit = Visit(client=client, matter=_matter(client, pace))
    return _settle(request, visit, pace, reverse("plans:visits", args=[client.uuid]))


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.REHABILITATE)
def visit_record(request, uuid):
    visit = open_visit(request, uuid)
    if visit.locked_at and request.method != "POST":
        messages.info(request, _("The note is complete. It does not change, but you can add to it."))
        return redirect("plans:visit", visit.uuid)
    return _settle(request, visit, _pace(visit.client), reverse("plans:visits", args=[visit.client.uuid]))


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.REHABILITATE)
def visit_plan(request, uuid):
    client = open_client(request, uuid)
    pace, latest = _pace(client), _latest_meeting(client)
    proposed = _proposals(request.user, client, pace, latest.held_at if latest else _today_at(None))
    initial = {
        "planned_at": proposed[-1] if proposed else None,
        "place": next_place(latest.place) if latest else "home",
        **_with_others(client, request.user),
    }
    form = VisitPlanForm(request.POST or None, initial=initial)
    about = {"client": client, "matter": _matter(client, pace)}
    if request.method == "POST" and form.perform(Visit.plan, **about, by=request.user):
        messages.success(request, _("The time has been agreed."))
        _warn_beyond_decision(request, form.outcome)
        return redirect("plans:visits", client.uuid)
    context = {"client": client, "form": form, **_aside(pace), "guards": _guards(client)}
    return render(request, "plans/visit_plan.html", context)


@require_safe
@requires(Permission.READ_CLIENTS)
def visit(request, uuid):
    return _show(request, open_visit(request, uuid), AddendumForm())


@require_POST
@requires(Permission.REHABILITATE)
def addendum(request, uuid):
    visit = open_visit(request, uuid)
    form = AddendumForm(request.POST)
    if form.perform(visit.add, by=request.user):
        messages.success(request, _("The addition has been saved."))
        return redirect("plans:visit", visit.uuid)
    return _show(request, visit, form)


def _show(request, visit, form):
    return render(
        request,
        "plans/visit_detail.html",
        {
            "visit": visit,
            "client": visit.client,
            "title": meetings.title_of(visit),
            "outcome": meetings.outcome_of(visit),
            "form": form,
            "works_with": visit.client.assigned_today(request.user),
            "waits": not visit.locked_at and visit.planned_at <= clock.now(),
        },
    )


def _settle(request, visit, pace, list_url):
    """The one screen for what came of a meeting, agreed beforehand or not."""
    client = visit.client
    latest = _latest_meeting(client)
    form = VisitForm(
        request.POST or None,
        initial=_usual(visit, latest) | ({} if visit.pk else _with_others(client, request.user)),
        rehabilitation=pace and pace.rehabilitation,
        proposals=_proposals(request.user, client, pace, visit.planned_at or _today_at(latest), but=visit),
    )
    if request.method == "POST" and form.settle(visit, by=request.user):
        messages.success(request, _("The visit has been saved."))
        _tell_what_follows(request, form.outcome)
        return redirect(list_url)
    return render(
        request,
        "plans/visit_form.html",
        {
            "client": client,
            "visit": visit,
            "title": meetings.title_of(visit) if visit.pk else "",
            "form": form,
            "list_url": list_url,
            "latest": latest,
            "no_decision": form.has_error("day", code="validity"),
            "guards": _guards(client),
            **_aside(pace),
        },
    )


def _pace(client):
    """How the client's rehabilitation goes, or None where there is none."""
    rehabilitation = client.rehabilitations.open().select_related("matter").first()
    return rehabilitation and pace_of(rehabilitation)


def _aside(pace):
    if pace is None:
        return {"rhythm": None, "weeks": None}
    return {"rhythm": pace.rhythm, "weeks": pace.weeks_in(pace.rehabilitation.current_period)}


def _guards(client):
    """What stands in the way of writing, before anything is written."""
    if client.relation == Relation.ASSIGNED:
        return []
    return [Guard(_("You work with the client. Who leads a unit reads."), met=False)]


def _usual(visit, latest):
    """What is most likely: as agreed, or else today in the same place as the last time."""
    if visit.planned_at:
        began = clock.local(visit.planned_at)
        initial = {
            "day": began.date(),
            "began": began.time(),
            "place": visit.place,
            "participants": visit.participants,
        }
        return {**initial, "outcome_of_visit": MET, "negotiation": visit.mode == Visit.Mode.NEGOTIATION}
    return {"day": clock.today(), "outcome_of_visit": MET, "place": latest.place if latest else "home"}


def _with_others(client, user):
    """Before the goals the three meet: the form already says so, and names the others."""
    journey = journey_of(client)
    if journey.next_step is None or journey.next_step.code != "three_party_meeting":
        return {}
    three = (journey.facts.own_worker, journey.facts.responsible)
    others = [str(worker) for worker in three if worker and worker != user]
    return {"negotiation": True, "participants": ", ".join(others)}


def _proposals(user, client, pace, latest, *, but=None):
    """Free times in the rhythm of the rehabilitation; none where there is no rhythm."""
    if pace is None or pace.rhythm is None:
        return []
    taken = (
        Visit.objects.planned().filter(Q(client=client) | Q(worker=user)).exclude(pk=but.pk if but else None)
    )
    return proposals(
        latest,
        days=pace.rhythm.target,
        taken=list(taken.values_list("planned_at", flat=True)),
        last_day=pace.rehabilitation.current_period.last_day,
    )


def _today_at(latest):
    """Today, at the hour of the latest meeting."""
    hour = clock.local(latest.held_at).time() if latest else USUAL_HOUR
    return datetime.combine(clock.today(), hour, clock.HELSINKI)


def _latest_meeting(client):
    return client.visits.held().select_related("worker").first()


def _matter(client, pace):
    """The matter that a meeting belongs to: the rehabilitation's, or else the client's newest open one."""
    if pace:
        return pace.rehabilitation.matter
    return client.matters.order_by(F("closed_on").desc(nulls_first=True), "-received_at").first()


def _tell_what_follows(request, visit):
    """After an absence, what is done; after a next time agreed, whether a decision covers it."""
    planned = visit.client.visits.planned().order_by("-pk").first()
    if planned:
        _warn_beyond_decision(request, planned)
    if not visit.missed:
        return
    times = visit.client.visits.missed_in_a_row()
    sentences = {
        1: _("The client did not come. Contact the client today."),
        2: _("The client did not come twice in a row. Contact the client today and tell the own worker."),
    }
    further = _("The client was absent three times or more. Agree with the social worker who makes contact.")
    messages.warning(request, sentences.get(times, further))


def _warn_beyond_decision(request, visit):
    """Meetings after the last decided day still lack a decision (domain.md 4.5)."""
    rehabilitation = visit.client.rehabilitations.running().first()
    period = rehabilitation and rehabilitation.current_period
    if period and clock.day_of(visit.planned_at) > period.last_day:
        messages.warning(
            request, _("The agreed time is after the decision's last day: it needs a decision to continue.")
        )
