"""Who the page is about: the band above every page of one client, and its narrow form above a form."""

from typing import Any

from django import template
from django.utils.translation import pgettext

from clients.models import Client
from plans.models import Period
from reviews.journey import Journey, journey_of
from reviews.navigation import Tab, address
from soskuntoutus import clock

register = template.Library()

TABS = (
    ("overview", "reviews:client", pgettext("tab", "Overview")),
)


@register.inclusion_tag("clients/_header.html", takes_context=True)
def client_header(context: dict[str, Any], client: Client, tab: str = "") -> dict[str, Any]:
    return {}
