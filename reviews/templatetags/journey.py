"""Who the page is about: the band above every page of one client, and the narrow one above a form."""

from typing import Any

from django import template
from django.urls import reverse
from django.utils.translation import gettext, pgettext, pgettext_lazy

from clients.models import Client
from plans.models import Period
from reviews.journey import Journey, journey_of
from reviews.next_step import NextStep
from soskuntoutus.ui.parts import Link

register = template.Library()

TABS = (
    ("overview", "reviews:client", pgettext_lazy("tab", "Overview")),
    ("goals", "plans:goals", pgettext_lazy("tab", "Goals")),
    ("visits", "plans:visits", pgettext_lazy("tab", "Meetings")),
    ("documents", "clients:documents", pgettext_lazy("tab", "Documents")),
    ("details", "clients:details", pgettext_lazy("tab", "Details")),
    ("log", "clients:log", pgettext_lazy("tab", "Use log")),
)


@register.inclusion_tag("clients/_header.html", takes_context=True)
def client_header(context: dict[str, Any], client: Client, tab: str = "") -> dict[str, Any]:
    """Name, who works with the client, where on the way, and the client's pages; `tab` is the one open."""
    journey = context.get("journey") or journey_of(client)
    facts = journey.facts
    return {
        "client": client,
        "user": context["user"],
        "details": client.details,
        "details_url": reverse("clients:details", args=[client.uuid]),
        "phone_link": client.details.phone.replace(" ", ""),
        "own_worker": facts.own_worker,
        "no_one": pgettext("own worker", "not named"),
        "responsible": None if facts.ended_on else facts.responsible,
        "period": None if facts.ended_on else facts.period,
        "stages": journey.stages,
        "tab": tab,
        "tabs": [
            Link(label, reverse(view, args=[client.uuid]), "", current=name == tab)
            for name, view, label in TABS
        ],
    }


@register.inclusion_tag("clients/_strip.html")
def client_strip(client: Client) -> dict[str, Any]:
    """The way back to the client's page, and the period that runs."""
    period = (
        Period.objects.filter(rehabilitation__client=client, rehabilitation__ended_on=None)
        .order_by("-number")
        .first()
    )
    return {"client": client, "period": period, "url": reverse("reviews:client", args=[client.uuid])}


@register.inclusion_tag("ui/_next.html", takes_context=True)
def next_step(context: dict[str, Any], journey: Journey) -> dict[str, Any]:
    """The one next step as the user reads it: with the button, or with the name of who has it."""
    step: NextStep = journey.next_step.seen_by(context["user"])
    waiting = gettext("Waits for %(who)s.") % {"who": step.waiting_for} if step.waiting_for else ""
    return {
        "kind": step.kind,
        "title": step.title,
        "text": waiting or step.body,
        "limits": step.limits,
        "act_url": step.url,
        "act": step.button,
        "act_icon": step.icon,
        "then": step.then,
    }
