"""How a paper is read: its answers in words, in its own language, whoever looks at it."""

from dataclasses import dataclass

from django import template
from django.utils.translation import override

from clients.models import Document
from clients.schemas.fields import VOICE
from soskuntoutus import clock

register = template.Library()


@dataclass(frozen=True)
class Answer:
    """One field of a paper: its official label, and what was answered or why something must be."""

    label: str
    words: list[str]
    voice: bool = False
    gap: str = ""


@dataclass(frozen=True)
class Part:
    """A section of a paper."""

    title: str
    answers: list[Answer]


@register.filter
def parts(document: Document) -> list[Part]:
    """What a paper says, section by section. A draft shows its gaps, a signed paper has none."""
    with override(document.language):
        missing = {} if document.is_signed else document.schema.missing(document.content)
        on = clock.day_of(document.signed_at) if document.is_signed else None
        found = [
            Part(
                str(section.title),
                [_answer(field, document.content, missing, on) for field in section.fields],
            )
            for section in document.schema.sections
        ]
    said = (Part(part.title, [each for each in part.answers if each.words or each.gap]) for part in found)
    return [part for part in said if part.answers]


@register.filter
def kind_in_words(document: Document) -> str:
    """The title of a paper in its own language."""
    with override(document.language):
        return str(document.schema.title)


def _answer(field, content, missing, on) -> Answer:
    words = field.in_words(content.get(field.name), on)
    return Answer(str(field.label), words, field.kind == VOICE, str(missing.get(field.name, "")))
