"""Proposing social rehabilitation, answering the proposal, reserving a worker."""

from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clients.access import open_client, shown
from clients.forms.document import draft_of
from clients.models import Client
from clients.models.sight import ENCLOSED
from plans.access import open_referral
from plans.board import board_of
from plans.forms.referral import ReferralForm, ReservationForm, ReturnForm, keep, send
from plans.guards import BEFORE_REFERRAL, guards
from plans.models.period import explained_end
from plans.models.referral import missing_for_referral
from plans.waiting import cases_of
from soskuntoutus import clock
from soskuntoutus.organisation.access import requires
from soskuntoutus.organisation.models import Unit, Value
from soskuntoutus.organisation.roles import Permission, UnitRight
from soskuntoutus.ui import dates
from soskuntoutus.ui.forms import ActionForm
from soskuntoutus.ui.moments import DateField
from soskuntoutus.ui.pages import render_page


@requires(Permission.REFER)
@require_http_methods(["GET", "HEAD", "POST"])
def referral(request, uuid):
    client = open_client(request, uuid)
    matter = client.matters.open().order_by("-taken_at").first()
    waiting = client.referrals.undecided().select_related("to_unit").first()
    if matter is None or waiting is not None:
        return render(request, "plans/referral_waiting.html", {"client": client, "waiting": waiting})
    draft = draft_of(client, matter, "referral", by=request.user)
    typed = request.POST if request.method == "POST" else None
    form = ReferralForm(typed, draft=draft)
    if "send" in request.POST:
        if form.perform(send, document=draft, by=request.user):
            messages.success(request, _("The proposal is sent. The receiving unit answers it."))
            return redirect("reviews:client", client.uuid)
    elif typed is not None and form.perform(keep, document=draft, by=request.user):
        messages.success(request, _("The draft is saved."))
        return redirect("plans:referral", client.uuid)
    missing = guards(client, BEFORE_REFERRAL, missing_for_referral(client, request.user))
    context = {"client": client, "document": draft, "form": form, "guards": [*form.guards(), *missing]}
    return render(request, "plans/referral_write.html", context)


@requires(Permission.ANSWER_REFERRAL)
@require_safe
def referrals(request):
    units = Unit.objects.led_by(request.user)
    clients = Client.objects.visible_to(request.user, ENCLOSED).with_relation(request.user, ENCLOSED)
    clients = clients.filter(matters__referred_to__in=units).distinct()
    cases = cases_of(units, clients)
    shown(request, [case.client for case in cases])
    return render(request, "plans/referral_list.html", {"cases": cases})


@requires(Permission.READ_CLIENTS)
@require_safe
def referral_detail(request, uuid):
    return _detail(request, open_referral(request, uuid), ReturnForm())


@requires(Permission.ANSWER_REFERRAL)
@require_POST
def referral_answer(request, uuid):
    referral = open_referral(request, uuid)
    if "accept" in request.POST:
        form = ActionForm(request.POST)
        if form.perform(referral.accept, by=request.user):
            messages.success(request, _("The referral is accepted. Next, reserve a worker."))
            return redirect("plans:reservation", referral.uuid)
    else:
        form = ReturnForm(request.POST)
        if form.perform(referral.decline, by=request.user):
            messages.success(request, _("The referral is returned. The sender sees your reason."))
            return redirect("plans:referrals")
    return _detail(request, referral, form)


@requires(Permission.RESERVE)
@require_http_methods(["GET", "HEAD", "POST"])
def reservation(request, uuid):
    referral = open_referral(request, uuid)
    client, unit = referral.client, referral.to_unit
    board = board_of(unit, seen_by=request.user, moving=client)
    shown(request, board.clients)
    typed = request.POST if request.method == "POST" else None
    first_day = _day((typed or request.GET).get("first_day"))
    chosen = {"worker": request.GET.get("worker"), "first_day": first_day}
    form = ReservationForm(typed, initial=chosen, board=board, client=client, unit=unit)
    if typed is not None and form.perform(referral.reserve, by=request.user):
        worker, rehabilitation = form.cleaned_data["worker"], form.outcome
        sentence = _(
            "%(worker)s is reserved. Without a signed decision the reservation lapses after %(day)s."
        )
        facts = {"worker": worker, "day": dates.plain(rehabilitation.slot.reserved_until)}
        messages.success(request, sentence % facts)
        return redirect("plans:referral_detail", referral.uuid)
    context = {
        "client": client,
        "referral": referral,
        "board": board,
        "form": form,
        "first_day": first_day,
        "period_end": first_day and explained_end(first_day, 1),
        "limit": clock.implementation_limit(referral.matter.received_on),
        "lapses": clock.today() + timedelta(days=Value.of(Value.Key.RESERVATION_DAYS)),
    }
    return render_page(request, "plans/reservation.html", "plans/_reservation_period.html", context)


def _detail(request, referral, form):
    client = referral.client
    enclosed = client.documents.filter(kind__in=("assessment", "client_plan"), replaced_at=None)
    rehabilitation = client.rehabilitations.open().first()
    slot = rehabilitation and rehabilitation.slot
    leads = referral.to_unit_id in request.user.entrusted(UnitRight.LEAD)
    answers = leads and request.user.may(Permission.ANSWER_REFERRAL)
    working_days = Value.of(Value.Key.REFERRAL_ANSWER_DAYS)
    context = {
        "client": client,
        "referral": referral,
        "form": form,
        "enclosed": enclosed.signed().order_by("kind"),
        "answers": answers,
        "may_answer": answers and referral.answered_at is None,
        "may_reserve": answers and referral.accepted and not (slot and slot.confirmed_at),
        "slot": slot,
        "limit": clock.implementation_limit(referral.matter.received_on),
        "answer_due": clock.referral_answer_due(clock.day_of(referral.sent_at), working_days=working_days),
    }
    return render(request, "plans/referral_detail.html", context)


def _day(typed):
    """The day that a link or an unfinished form names, if it is one."""
    try:
        return DateField(required=False).clean(typed)
    except ValidationError:
        return None
