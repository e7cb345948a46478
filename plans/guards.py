"""What must be in place before a deed, each missing thing with the way to where it is put right."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from clients.models import Client
from soskuntoutus.ui.parts import Guard

IN_PLACE = {
    "assessment": _("The assessment of service needs is signed"),
    "own_worker": _("The client has an own worker"),
    "client_plan": _("The client plan is signed, or there is a reason why none is made"),
    "goal": _("There is a goal in the client's own words"),
    "decision": _("A positive decision is signed"),
    "evaluation": _("The period has been evaluated with the client"),
    "last_day": _("The last decided day has come"),
}
BEFORE_REFERRAL = ("assessment", "own_worker", "client_plan")
BEFORE_START = ("assessment", "own_worker", "client_plan", "goal", "decision")
BEFORE_END = ("evaluation", "last_day")

_WRITTEN = {"assessment", "client_plan"}
_PAGES = {
    "own_worker": "clients:own_worker",
    "goal": "plans:goal_new",
    "decision": "plans:decision",
    "evaluation": "reviews:evaluation",
    "referral": "plans:referral",
}


def guards(client: Client, codes: Iterable[str], missing: Iterable[tuple[str, str]]) -> list[Guard]:
    """Each thing asked for, as in place or as the sentence that refuses; other sentences come last."""
    sentences = dict(missing)
    asked = [
        Guard(str(sentences.get(code, IN_PLACE[code])), met=code not in sentences, url=_way(client, code))
        for code in codes
    ]
    others = (code for code in sentences if code not in IN_PLACE)
    return [*asked, *(Guard(str(sentences[code]), met=False, url=_way(client, code)) for code in others)]


def _way(client: Client, code: str) -> str:
    if code in _WRITTEN:
        return reverse("clients:document_write", args=[client.uuid, code])
    return reverse(_PAGES[code], args=[client.uuid]) if code in _PAGES else ""
