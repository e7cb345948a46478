"""A form drawn from the schema of a paper, and the draft it writes to."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django import forms

from clients import schemas
from clients.models import Client, Document, Matter
from clients.schemas import Field, Schema
from clients.schemas.fields import CHOICE, CODE, CODES, DATE, LONG, NO, TEXT, TICK, VOICE, YES, YES_NO
from soskuntoutus.organisation.models import User
from soskuntoutus.ui.forms import ActionForm, TextField, VoiceField
from soskuntoutus.ui.moments import DateField
from soskuntoutus.ui.parts import Guard
from soskuntoutus.ui.widgets import ManyPicks, Picks

FEW = 6  # more choices than this are read from a list that opens


class MayWait:
    """A field that a signature may need and a draft never does."""

    def validate(self, value):
        if value not in self.empty_values:
            super().validate(value)


class Text(MayWait, TextField):
    pass


class Voice(MayWait, VoiceField):
    pass


class Day(MayWait, DateField):
    pass


class One(MayWait, forms.ChoiceField):
    pass


class Many(MayWait, forms.MultipleChoiceField):
    pass


class YesNo(MayWait, forms.TypedChoiceField):
    def __init__(self, **kwargs):
        answers = [(True, YES), (False, NO)]
        coerce = {"True": True, "False": False}.get
        super().__init__(choices=answers, coerce=coerce, empty_value=None, widget=Picks, **kwargs)


def _one(field: Field, **kwargs: Any) -> forms.Field:
    options = field.options()
    if len(options) > FEW:
        return One(choices=[("", ""), *options], **kwargs)
    return One(choices=options, widget=Picks(layout="rows"), **kwargs)


DRAWN = {
    TEXT: lambda field, **kwargs: Text(widget=forms.TextInput, max_length=field.max_length, **kwargs),
    LONG: lambda field, **kwargs: Text(max_length=field.max_length, **kwargs),
    VOICE: lambda field, **kwargs: Voice(max_length=field.max_length, **kwargs),
    YES_NO: lambda field, **kwargs: YesNo(**kwargs),
    TICK: lambda field, **kwargs: forms.BooleanField(**{**kwargs, "required": False}),
    DATE: lambda field, **kwargs: Day(**kwargs),
    CODE: _one,
    CODES: lambda field, **kwargs: Many(choices=field.options(), widget=ManyPicks(layout="rows"), **kwargs),
    CHOICE: _one,
}


class DocumentForm(ActionForm):
    """What is typed of a paper. A draft requires nothing; what a signature needs is a guard.

    A subclass may ask more than the schema: its own fields go to the verb by name, the paper as `content`.
    """

    shared = True

    def __init__(
        self, schema: Schema, data: Mapping[str, Any] | None = None, *, initial: dict, **kwargs: Any
    ):
        self.schema, self.kept = schema, initial
        fields = [field for field in schema.fields() if field.typed]
        shown = {field.name: _shown(field, initial.get(field.name)) for field in fields}
        super().__init__(data, initial={**initial, **shown}, **kwargs)
        self._written = [field.name for field in fields]
        for field in fields:
            self.fields[field.name] = DRAWN[field.kind](
                field, label=field.label, help_text=field.help, required=field.required is not None
            )
        self.fieldsets = [
            (section.title, [field.name for field in section.fields if field.typed], section.help)
            for section in schema.sections
        ]

    def content(self) -> dict:
        """The paper as it is stored: what was there before, and over it everything that could be read."""
        self.is_valid()
        read = self.cleaned_data if self.is_bound else {}
        return {**self.kept, **{name: _stored(read[name]) for name in self._written if name in read}}

    def perform(self, verb: Callable[..., Any], **facts: Any) -> bool:
        def write(**typed):
            own = {name: value for name, value in typed.items() if name not in self._written}
            return verb(content=self.content(), **own)

        return super().perform(write, **facts)

    def guards(self, page: str = "") -> list[Guard]:
        """What a signature needs, each with the way to its field; `page` is where the form is."""
        content = self.content()
        missing = self.schema.missing(content)
        return [
            Guard(
                str(missing.get(field.name, field.label)),
                met=field.name not in missing,
                url=f"{page}#{self[field.name].focus_id}",
            )
            for field in self.schema.fields()
            if field.name in self._written and (field.needed(content) or field.name in missing)
        ]


def _shown(field: Field, value: object) -> object:
    return date.fromisoformat(value) if field.kind == DATE and value else value


def _stored(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    return value.replace("\r\n", "\n") if isinstance(value, str) else value


def draft_of(client: Client, matter: Matter, kind: str, *, subject: str = "", by: User) -> Document:
    """The draft of a paper, or a new one, not stored before its first `write`.

    A new version begins with what the paper in force says, but for what is asked afresh each time.
    """
    papers = client.documents.filter(kind=kind)
    if not schemas.get(kind).per_client:
        papers = papers.filter(matter=matter, subject=subject)
    if draft := papers.drafts().first():
        return draft
    draft = Document(
        client=client, matter=matter, kind=kind, subject=subject, language=client.language, created_by=by
    )
    if previous := papers.in_force(kind).first():
        draft.version = previous.version + 1
        carried = {field.name for field in draft.schema.fields() if field.typed and field.carried}
        draft.content = {name: value for name, value in previous.content.items() if name in carried}
    return draft
