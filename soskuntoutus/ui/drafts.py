"""Drafts on forms: what is put back when a page is opened, and what is kept of a form that was refused."""

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict

from soskuntoutus import clock
from soskuntoutus.ui.models import Draft, Typed
from soskuntoutus.ui.places import NONCE, THE_ONE, Place, Writer, pages

A_DAY = timedelta(days=1)

_answered: ContextVar[HttpRequest | None] = ContextVar("answered", default=None)


def drafts(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Let the forms of a page know which page it is; a form outside a request keeps nothing."""

    def answer(request):
        before = _answered.set(request)
        try:
            return get_response(request)
        finally:
            _answered.reset(before)

    return answer


@dataclass
class Writing:
    """One form being written: where, what is already kept of it, and what else was left unfinished there."""

    place: Place
    basis: str
    draft: Draft | None = None
    put_back: bool = False
    left: list[Draft] = field(default_factory=list)
    writer: UUID = field(default_factory=uuid4)

    def __post_init__(self):
        self.typed: Typed = self.draft.typed if self.draft and self.put_back else {}

    @property
    def version(self) -> int:
        """The version of the draft that the page knows."""
        return self.draft.version if self.draft else 0

    @property
    def outdated(self) -> bool:
        """Whether what the form begins with has changed since the draft was kept."""
        return self.put_back and self.draft.basis != self.basis

    def keep(self, typed: Typed) -> None:
        """Keep what was posted and refused."""
        if typed:
            writer = Writer(uuid4(), self.version)  # not the page that is drawn next: it begins to count anew
            self.draft, _other = Draft.keep(self.place, typed, writer=writer, basis=self.basis)
            self.place = self.draft.place

    def forget(self) -> None:
        """The form is saved: its draft is gone, in the same transaction."""
        Draft.objects.at(self.place).delete()
        self.draft = None


def writing(basis: str) -> Writing | None:
    """The writing on a form of the page that is being answered; none where the page keeps no drafts."""
    request = _answered.get()
    if request is None or not request.user.is_authenticated:
        return None
    if request.method == "POST":
        return _posted(request, basis)
    match = request.resolver_match
    if match is None or match.view_name not in pages():
        return None
    return _opened(request, basis, anew=pages()[match.view_name].anew)


def _posted(request: HttpRequest, basis: str) -> Writing | None:
    place = Place.read(request.POST.get("draft", ""), request.user)
    if place is None:
        return None
    return Writing(place, basis, Draft.objects.at(place).first())


def _opened(request: HttpRequest, basis: str, *, anew: bool) -> Writing:
    """Put back by itself only what was typed at this page within a day, on what the form begins with now."""
    place = Place.of(request, THE_ONE)
    found = {
        draft.nonce: draft
        for draft in Draft.objects.filter(owner=place.owner, form=place.form, subject=place.subject)
    }
    asked = request.GET.get("draft", "")
    fresh = [] if anew else [draft.nonce for draft in found.values() if _still_holds(draft, basis)]
    if NONCE.fullmatch(asked):
        nonce = asked
    elif fresh:
        nonce = fresh[0]
    elif anew or THE_ONE in found:
        nonce = place.afresh().nonce
    else:
        nonce = THE_ONE
    draft = found.pop(nonce, None)
    place = Place.of(request, nonce)
    return Writing(place, basis, draft, put_back=draft is not None, left=list(found.values()))


def _still_holds(draft: Draft, basis: str) -> bool:
    return draft.basis == basis and clock.now() - draft.saved_at < A_DAY


def controls_of(bound: forms.Field, name: str) -> list[str]:
    """The names of the controls that one field is drawn as."""
    return [name + suffix for suffix in getattr(bound.widget, "widgets_names", [""])]


def posted_in(data: QueryDict, form_field: forms.Field, name: str) -> Typed:
    """What a form brought for one field, as a draft keeps it."""
    return {
        control: [value.replace("\r\n", "\n") for value in data.getlist(control)]
        for control in controls_of(form_field, name)
    }


def put_in(typed: Typed, form_field: forms.Field, name: str, initial: Any) -> Any:
    """The field's value with what was typed over what it begins with; a control left alone keeps its part."""
    controls = controls_of(form_field, name)
    if not any(control in typed for control in controls):
        return initial
    data = QueryDict(mutable=True)
    if controls != [name]:
        parts = form_field.widget.decompress(initial)
        parts = form_field.prepare_value(initial) or parts
        for control, part in zip(controls, parts, strict=True):
            data[control] = "" if part is None else part
    for control in controls:
        if control in typed:
            data.setlist(control, typed[control])
    return form_field.widget.value_from_datadict(data, {}, name)
