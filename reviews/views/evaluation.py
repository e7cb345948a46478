"""The evaluation of a period together with the client: drafted, signed, and then read."""

from dataclasses import dataclass

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from clients.access import open_client
from clients.forms.document import draft_of
from plans.scales import signed
from reviews import limits
from reviews.forms.evaluation import EvaluationForm, score_of
from reviews.journey import journey_of
from reviews.models import Evaluation, Rating
from soskuntoutus import clock
from soskuntoutus.organisation.access import requires
from soskuntoutus.organisation.roles import Permission
from soskuntoutus.ui.parts import Guard


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.EVALUATE)
def evaluation(request, uuid):
    client = open_client(request, uuid)
    journey = journey_of(client)
    period = journey.facts.period
    if period is None:
        messages.info(request, _("There is no period to evaluate yet: the decision has not been made."))
        return redirect("reviews:client", client.uuid)
    if period.evaluated_on:
        return _read(request, client, journey.facts)
    rehabilitation = journey.facts.rehabilitation
    draft = draft_of(
        client, rehabilitation.matter, "evaluation", subject=f"period:{period.pk}", by=request.user
    )
    form = EvaluationForm(
        list(rehabilitation.goals.current()),
        request.POST if request.method == "POST" else None,
        initial=_begun(draft, journey.facts),
        names=_voices(journey.facts),
    )
    if form.is_bound and form.perform(draft.write, by=request.user):
        if "sign" not in request.POST:
            messages.success(request, _("The draft is saved."))
            return redirect("reviews:evaluation", client.uuid)
        if form.perform(_completion(draft, period, form.ratings()), by=request.user):
            messages.success(request, _("The evaluation is signed. Next, how the service goes on."))
            return redirect("reviews:client", client.uuid)
    context = {
        "client": client,
        "period": period,
        "bounds": (limits.Limit(limits.evaluation(journey.facts).due), limits.period_end(period)),
        "document": draft,
        "form": form,
        "ballots": form.ballots(),
        "names": _voices(journey.facts),
        "score": form.score(),
        "guards": form.guards(),
        "obstacles": _obstacles(request.user, client),
    }
    return render(request, "reviews/evaluation_form.html", context)


def _completion(draft, period, ratings):
    """The signature as one deed on the paper that was just saved."""

    def complete(*, content, by):
        return Evaluation.complete(document=draft, period=period, ratings=ratings, by=by)

    return complete


def _begun(draft, facts):
    """An empty paper begins with today and with those who are expected."""
    people = [facts.client.name, *(str(person) for person in (facts.own_worker, facts.responsible) if person)]
    usual = {"held_on": clock.today().isoformat(), "participants": ", ".join(dict.fromkeys(people))}
    return draft.content or usual


def _voices(facts):
    worker = facts.slot.worker.first_name if facts.slot else _("the worker")
    return facts.client.first_names.split()[0], worker


def _obstacles(user, client):
    if client.assigned_today(user):
        return []
    return [Guard(_("You work with the client. Who leads a unit reads."), met=False)]


@dataclass(frozen=True)
class Said:
    """What one voice said of a goal."""

    sign: str
    words: str


def _said(rating):
    return Said(
        "–" if rating is None or rating.level is None else signed(rating.level),
        rating.words if rating else "",
    )


def _read(request, client, facts):
    evaluation = Evaluation.objects.select_related("document__signed_by").get(pk=facts.evaluation.pk)
    ratings = list(evaluation.ratings.select_related("goal").order_by("goal__line"))
    by_goal = {rating.goal: {} for rating in ratings}
    for rating in ratings:
        by_goal[rating.goal][rating.voice] = rating
    context = {
        "client": client,
        "period": facts.period,
        "evaluation": evaluation,
        "goals": [
            (goal, *(_said(found.get(voice)) for voice in Rating.Voice)) for goal, found in by_goal.items()
        ],
        "names": _voices(facts),
        "score": score_of(ratings),
        "document_url": reverse("clients:document", args=[evaluation.document.uuid]),
    }
    return render(request, "reviews/evaluation_detail.html", context)
