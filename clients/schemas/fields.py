"""What a paper is made of: fields in sections, and the sentences for what is missing."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from soskuntoutus.organisation.models import Code
from soskuntoutus.organisation.roles import Permission
from soskuntoutus.ui import dates

TEXT, LONG, VOICE, YES_NO, TICK, DATE, CODE, CODES, CHOICE = (
    "text",
    "long",
    "voice",
    "yes_no",
    "tick",
    "date",
    "code",
    "codes",
    "choice",
)
YES, NO = pgettext_lazy("ui", "Yes"), pgettext_lazy("ui", "No")


def always(content: dict) -> bool:
    """Required in every paper of the kind."""
    return True


def when(name: str, value: object = True) -> Callable[[dict], bool]:
    """Required when another field has this value."""
    return lambda content: content.get(name) == value


def unless(name: str, value: object = True) -> Callable[[dict], bool]:
    """Required unless another field has this value."""
    return lambda content: content.get(name) != value


@dataclass(frozen=True)
class Field:
    """One field: the official label, its kind, and when a paper cannot be signed without it."""

    name: str
    label: str
    kind: str = LONG
    required: Callable[[dict], bool] | None = None
    missing: str = ""
    help: str = ""
    system: str = ""
    choices: tuple = ()
    min_length: int = 0
    max_length: int = 10_000
    typed: bool = True  # False: written by the verb that signs
    carried: bool = True  # False: a new version begins without it
    told: Callable[[object], list[str]] | None = None  # how an answer of several parts is read

    def needed(self, content: dict) -> bool:
        """Whether this paper, as it stands, cannot be signed without the field."""
        return self.required is not None and self.required(content)

    def is_empty(self, value: object) -> bool:
        """Whether nothing has been answered; an answered no is an answer, a box left open is not."""
        return value in (None, "", []) or (self.kind == TICK and value is False)

    def refusal(self, content: dict) -> str:
        """The sentence for what is missing in this field, or nothing."""
        value = content.get(self.name)
        if self.is_empty(value):
            chosen = self.kind in (CODE, CODES, CHOICE, YES_NO)
            sentence = _("Choose: %(label)s.") if chosen else _("Fill in: %(label)s.")
            return (self.missing or sentence % {"label": self.label}) if self.needed(content) else ""
        if self.min_length and len(str(value).strip()) < self.min_length:
            short = self.min_length - len(str(value).strip())
            return _("Write %(short)s more characters: %(label)s.") % {"short": short, "label": self.label}
        return ""

    def options(self, on: date | None = None) -> list[tuple[str, str]]:
        """What can be chosen on the day, in words."""
        if self.system:
            return [(code.value, str(code)) for code in Code.objects.valid(self.system, on)]
        return [(str(value), label) for value, label in self.choices]

    def in_words(self, value: object, on: date | None = None) -> list[str]:
        """What was answered, as it is read: one sentence, or one for each thing chosen."""
        if self.is_empty(value):
            return []
        if self.kind in (CODE, CODES, CHOICE):
            words = dict(self.options(on))
            return [str(words.get(chosen, chosen)) for chosen in (value if self.kind == CODES else [value])]
        if self.told:
            return self.told(value)
        if self.kind in (YES_NO, TICK):
            return [str(YES if value else NO)]
        return [dates.plain(date.fromisoformat(value)) if self.kind == DATE else str(value)]


@dataclass(frozen=True)
class Section:
    """Fields that belong together, under a heading."""

    title: str
    fields: tuple[Field, ...]
    help: str = ""


@dataclass(frozen=True)
class Schema:
    """One kind of paper: its number in THL's Sosmeta structures, and who may write it."""

    kind: str
    title: str
    code: str
    sections: tuple[Section, ...]
    permission: Permission = Permission.READ_CLIENTS
    per_client: bool = False
    by_leaders: bool = False  # written also by whoever leads the work, not only by who does it

    def fields(self) -> Iterator[Field]:
        """All fields in the order of the paper."""
        for section in self.sections:
            yield from section.fields

    def missing(self, content: dict) -> dict[str, str]:
        """Field by field, the sentence for what still stands in the way of signing."""
        return {each.name: sentence for each in self.fields() if (sentence := each.refusal(content))}

    def refuse_gaps(self, content: dict) -> None:
        """Raise ValidationError, field by field, if the paper is not complete."""
        if missing := self.missing(content):
            raise ValidationError({name: [sentence] for name, sentence in missing.items()})


_SCHEMAS: dict[str, Schema] = {}


def register(schema: Schema) -> Schema:
    """Make a kind of paper known."""
    _SCHEMAS[schema.kind] = schema
    return schema


def get(kind: str) -> Schema:
    """The schema of a kind of paper; raises KeyError for a kind that does not exist."""
    return _SCHEMAS[kind]


def kinds() -> tuple[str, ...]:
    """Every kind of paper."""
    return tuple(_SCHEMAS)
