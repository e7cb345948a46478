"""A user's own drafts: keeping what is typed, the box of what was left unfinished, and discarding."""

import json
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from soskuntoutus.organisation.access import requires
from soskuntoutus.organisation.roles import Permission
from soskuntoutus.ui import dates
from soskuntoutus.ui.models import Draft, Typed, words_of
from soskuntoutus.ui.places import Place, Writer


@dataclass(frozen=True)
class Item:
    """A draft in the box. It names nobody, and the way back leads by the page's own door."""

    draft: Draft
    name: str
    url: str
    reminder: str

    @classmethod
    def of(cls, draft: Draft, user) -> "Item":
        place = draft.place
        page = place.page
        name = page.name(place.subject) if page else _("A form that is no more")
        if not place.open_to(user):
            return cls(draft, name, "", "")
        return cls(draft, name, reverse("ui:form", args=[draft.uuid]), draft.reminder)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.USE)
def drafts(request):
    """The box; and, posted by an open page, one more saving."""
    if request.method == "POST":
        return _kept(request)
    items = [Item.of(draft, request.user) for draft in Draft.objects.of(request.user)]
    return render(request, "ui/draft_list.html", {"items": items})


@require_safe
@requires(Permission.USE)
def draft(request, uuid):
    """One's own words, to be copied or discarded."""
    draft = _own(request, uuid)
    context = {"item": Item.of(draft, request.user), "words": list(words_of(draft.typed))}
    return render(request, "ui/draft_detail.html", context)


@require_safe
@requires(Permission.USE)
def form(request, uuid):
    """Back to the form, with the draft put back."""
    draft = _own(request, uuid)
    return redirect(draft.place.url) if draft.place.open_to(request.user) else redirect("ui:draft", uuid)


@require_POST
@requires(Permission.USE)
def removal(request, uuid):
    """Discard a draft; from its own form, go on with an empty one."""
    draft = _own(request, uuid)
    place = draft.place
    draft.delete()
    messages.success(request, _("The draft is discarded."))
    if "again" in request.POST and place.open_to(request.user):
        return redirect(place.path)
    return redirect("ui:drafts")


@require_safe
@requires(Permission.USE)
def session(request):
    """Who is signed in now, and the token by which an open page goes on."""
    return JsonResponse({"owner": str(request.user.uuid), "token": get_token(request)})


def _own(request: HttpRequest, uuid: UUID) -> Draft:
    return get_object_or_404(Draft.objects.of(request.user), uuid=uuid)


def _kept(request: HttpRequest) -> HttpResponse:
    """Keep what an open page sends. It is the user's own text: whose page it is now makes no difference."""
    try:
        sent = json.loads(request.body)
        writer = Writer(UUID(sent["writer"]), int(sent["version"]), int(sent["count"]))
        typed, basis, token = _typed(sent["typed"]), str(sent["basis"])[:64], str(sent["place"])
        settled = sent.get("settled") and (str(sent["settled"]["nonce"]), int(sent["settled"]["version"]))
    except (ValueError, KeyError, TypeError):
        return HttpResponseBadRequest()
    place = Place.read(token, request.user)
    if place is None:
        return JsonResponse({}, status=401)  # the page was somebody else's who is no longer signed in
    draft, other = Draft.keep(place, typed, writer=writer, basis=basis)
    if settled:
        other = draft.settle(*settled) or other
    return JsonResponse(
        {
            "place": draft.place.token,
            "nonce": draft.nonce,
            "version": draft.version,
            "said": _("Draft kept at %(time)s") % {"time": dates.time(draft.saved_at)},
            "other": other and _told(other),
        }
    )


def _told(other: Draft) -> dict:
    words = _("Written elsewhere at %(time)s") % {"time": dates.time(other.saved_at)}
    return {"nonce": other.nonce, "version": other.version, "said": words, "typed": other.typed}


def _typed(sent: object) -> Typed:
    if not isinstance(sent, dict):
        raise TypeError
    return {str(name): [str(value) for value in list(values)] for name, values in sent.items()}
