"""The implementation plan, the first day and the last."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from clients.access import open_client
from clients.forms.document import draft_of
from plans.forms.rehabilitation import EndForm, ServicePlanForm, StartForm, keep, sign
from plans.guards import BEFORE_END, BEFORE_START, guards
from plans.models.period import explained_end
from soskuntoutus import clock
from soskuntoutus.organisation.access import requires
from soskuntoutus.organisation.roles import Permission
from soskuntoutus.ui.parts import Guard


@requires(Permission.REHABILITATE)
@require_http_methods(["GET", "HEAD", "POST"])
def service_plan(request, uuid):
    client = open_client(request, uuid)
    rehabilitation = client.rehabilitations.open().first()
    if rehabilitation is None:
        return nothing_reserved(request, client, _("Write the implementation plan"))
    draft = draft_of(client, rehabilitation.matter, "service_plan", by=request.user)
    if not draft.content:
        draft.content = {"participants": _three_parties(client, rehabilitation)}
    typed = request.POST if request.method == "POST" else None
    form = ServicePlanForm(typed, draft=draft, rehabilitation=rehabilitation)
    if "sign" in request.POST:
        if form.perform(sign, document=draft, rehabilitation=rehabilitation, by=request.user):
            messages.success(request, _("The implementation plan is signed."))
            return redirect("reviews:client", client.uuid)
    elif typed is not None and form.perform(keep, document=draft, by=request.user):
        messages.success(request, _("The draft is saved."))
        return redirect("plans:service_plan", client.uuid)
    goals = rehabilitation.goals.current()
    context = {
        "client": client,
        "document": draft,
        "form": form,
        "goals": goals,
        "guards": [*form.guards(), *_before_plan(form, client, rehabilitation, request.user)],
    }
    return render(request, "plans/service_plan_write.html", context)


@requires(Permission.REHABILITATE)
@require_http_methods(["GET", "HEAD", "POST"])
def start(request, uuid):
    client = open_client(request, uuid)
    rehabilitation = client.rehabilitations.open().first()
    if rehabilitation is None:
        return nothing_reserved(request, client, _("Start the service"))
    if rehabilitation.started_on and request.method != "POST":
        messages.info(request, _("The service has already started."))
        return redirect("reviews:client", client.uuid)
    form = StartForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.perform(rehabilitation.start, by=request.user):
        messages.success(request, _("The service has started."))
        return redirect("reviews:client", client.uuid)
    limit = clock.implementation_limit(rehabilitation.matter.received_on)
    context = {
        "client": client,
        "rehabilitation": rehabilitation,
        "form": form,
        "guards": guards(client, BEFORE_START, rehabilitation.missing_for_start()),
        "period_end": explained_end(rehabilitation.anchor, 1),
        "limit": limit,
    }
    return render(request, "plans/rehabilitation_start.html", context)


@requires(Permission.END_REHABILITATION)
@require_http_methods(["GET", "HEAD", "POST"])
def end(request, uuid):
    client = open_client(request, uuid)
    rehabilitation = client.rehabilitations.running().first()
    if rehabilitation is None:
        return nothing_reserved(request, client, _("End the service"))
    form = EndForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.perform(rehabilitation.end, by=request.user):
        messages.success(request, _("The service has ended. The follow-up comes in three months."))
        return redirect("reviews:client", client.uuid)
    context = {
        "client": client,
        "rehabilitation": rehabilitation,
        "period": rehabilitation.current_period,
        "form": form,
        "guards": guards(client, BEFORE_END, rehabilitation.missing_for_end()),
    }
    return render(request, "plans/rehabilitation_end.html", context)


def nothing_reserved(request, client, title):
    """The page of a deed before there is a rehabilitation: what comes first, with the way there."""
    accepted = client.referrals.undecided().filter(accepted=True).first()
    missing = [
        Guard(
            _("Social rehabilitation has been proposed and the proposal accepted"),
            met=accepted is not None,
            url=reverse("plans:referral", args=[client.uuid]),
        ),
        Guard(
            _("A worker is reserved for the client"),
            met=False,
            url=reverse("plans:referral_detail", args=[accepted.uuid]) if accepted else "",
        ),
    ]
    context = {"client": client, "title": title, "guards": missing}
    return render(request, "plans/nothing_reserved.html", context)


def _three_parties(client, rehabilitation):
    slot = rehabilitation.slot
    people = [client.name, client.own_worker_today(), slot and slot.worker]
    return ", ".join(str(each) for each in dict.fromkeys(people) if each)


def _before_plan(form, client, rehabilitation, user):
    slot = rehabilitation.slot
    responsible = slot is not None and slot.worker == user
    return [
        Guard(str(form["form"].label), met=bool(form["form"].value()), url=f"#{form['form'].focus_id}"),
        Guard(
            _("There is a goal in the client's own words"),
            met=rehabilitation.goals.current().exists(),
            url=reverse("plans:goal_new", args=[client.uuid]),
        ),
        Guard(_("You are the responsible worker, who signs the plan"), met=responsible),
    ]
