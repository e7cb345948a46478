"""After the rehabilitation: what follows, the meeting with the new instructor, the follow-up."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from clients.access import open_client
from reviews import limits
from reviews.facts import facts_of
from reviews.forms.follow_on import FollowOnForm, FollowUpForm, MeetingForm
from reviews.models import FollowOn, FollowUp
from soskuntoutus import clock
from soskuntoutus.organisation.access import requires
from soskuntoutus.organisation.roles import Permission
from soskuntoutus.ui import dates
from soskuntoutus.ui.parts import Guard


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.REHABILITATE)
def follow_on(request, uuid):
    client = open_client(request, uuid)
    facts = facts_of([client])[client.pk]
    guards = [Guard(_("The rehabilitation has started"), met=_started(facts), url=_overview(client))]
    form = FollowOnForm(request.POST if request.method == "POST" and _started(facts) else None)
    if form.is_bound and form.perform(FollowOn.propose, rehabilitation=facts.rehabilitation, by=request.user):
        messages.success(
            request, _("It is written down what follows. Next, meet the new instructor together.")
        )
        return redirect("reviews:client", client.uuid)
    context = {
        "client": client,
        "form": form,
        "guards": guards,
        "ready": _started(facts),
        "rows": facts.follow_ons,
    }
    return render(request, "reviews/follow_on_new.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.REHABILITATE)
def meeting(request, uuid, pk):
    client = open_client(request, uuid)
    row = get_object_or_404(
        FollowOn.objects.select_related("service", "partner"), pk=pk, rehabilitation__client=client
    )
    initial = {"met_on": row.met_on or clock.today(), "words": row.met_words}
    form = MeetingForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound and form.perform(row.meet, by=request.user):
        messages.success(request, _("The meeting is written down."))
        return redirect("reviews:client", client.uuid)
    return render(request, "reviews/follow_on_meeting.html", {"client": client, "row": row, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.FOLLOW_UP)
def follow_up(request, uuid):
    client = open_client(request, uuid)
    facts = facts_of([client])[client.pk]
    ready = bool(facts.ended_on) and facts.follow_up is None
    form = FollowUpForm(request.POST if request.method == "POST" and ready else None)
    if form.is_bound and form.perform(FollowUp.make, rehabilitation=facts.rehabilitation, by=request.user):
        messages.success(request, _("The follow-up is recorded. The matter can now be closed."))
        return redirect("reviews:follow_up", client.uuid)
    context = {
        "client": client,
        "matter": facts.matter,
        "form": form,
        "ready": ready,
        "made": facts.follow_up,
        "due": limits.follow_up(facts) if facts.ended_on else None,
        "guards": _guards(request.user, facts),
        "rows": facts.follow_ons,
    }
    return render(request, "reviews/follow_up.html", context)


def _started(facts):
    return bool(facts.rehabilitation and facts.rehabilitation.started_on)


def _overview(client):
    return reverse("reviews:client", args=[client.uuid])


def _guards(user, facts):
    """What the follow-up needs, whoever looks."""
    ended = _("The rehabilitation has ended")
    if facts.ended_on:
        ended = _("The rehabilitation ended %(day)s") % {"day": dates.day_long(facts.ended_on)}
    own = _("The own worker makes the follow-up: %(who)s") % {
        "who": facts.own_worker or _("nobody has been named")
    }
    return [
        Guard(ended, met=bool(facts.ended_on), url=reverse("plans:end", args=[facts.client.uuid])),
        Guard(own, met=facts.own_worker == user, url=_overview(facts.client)),
    ]
