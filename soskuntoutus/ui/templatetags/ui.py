"""The small drawings of every page: dates, states, time limits, the journey, the period band."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import template
from django.forms import BaseForm
from django.utils.html import conditional_escape, format_html
from django.utils.translation import get_language, ngettext, pgettext

from soskuntoutus import clock
from soskuntoutus.clock import Explained
from soskuntoutus.ui import dates
from soskuntoutus.ui.parts import Mark, Stage

register = template.Library()

SECTION = re.compile(r"section \d+(?: [a-z]\b)?|\d+(?: [a-z])? §")
STATE_ICONS = {"ok": "ok", "due": "due", "late": "late", "wait": "wait", "info": "info"}
QUOTES = {"fi": "””", "sv": "””", "en": "“”"}
OWN_QUOTES = "\"'”“»«’"


# Dates


@register.filter(is_safe=True)
def day(value: date | None) -> str:
    """ke 1.7."""
    return dates.day(value) if value else ""


@register.filter(is_safe=True)
def day_long(value: date | None) -> str:
    """ke 1.7.2026"""
    return dates.day_long(value) if value else ""


@register.filter(is_safe=True)
def moment(value: datetime | None, until: datetime | None = None) -> str:
    """ke 1.7. klo 9.30; with the end of the meeting, ke 1.7. klo 9.30–10.15"""
    return dates.moment(value, until) if value else ""


@register.filter(is_safe=True)
def span(first: Any, last: date | None = None) -> str:
    """13.4.–12.7.2026, from two days or from a range whose end is the day after the last."""
    if hasattr(first, "upper"):
        first, last = first.lower, first.upper and first.upper - clock.ONE_DAY
    return dates.span(first, last) if first else ""


@register.filter
def days_left(value: date) -> str:
    """How far away a day is, counted in days."""
    days = (value - clock.today()).days
    if days == 0:
        return pgettext("ui", "today")
    if days > 0:
        return ngettext("%(days)d day left", "%(days)d days left", days) % {"days": days}
    return ngettext("%(days)d day late", "%(days)d days late", -days) % {"days": -days}


@register.inclusion_tag("ui/limit.html")
def limit(when: Explained | date, *, label: str = "", opens: bool = True) -> dict[str, Any]:
    """A date and how binding it is: law by its section, target, or plain fact. Opens its sum and source."""
    explained = when if isinstance(when, Explained) else None
    kind = str(explained.kind.value) if explained else "fact"
    on = explained.date if explained else when
    return {
        "kind": kind,
        "label": label or (_kind_label(explained) if explained else ""),
        "text": _when(on, kind),
        "explained": explained if opens else None,
    }


def _when(on: date, kind: str) -> str:
    if isinstance(on, datetime):
        return dates.moment(on)
    return dates.day_long(on) if kind == "law" or on.year != clock.today().year else dates.day(on)


def _kind_label(explained: Explained) -> str:
    source = str(explained.source)
    if explained.kind.value == "target":
        return pgettext("ui", "target")
    if explained.kind.value == "law" and (found := SECTION.search(source)):
        return pgettext("ui", "Law %(section)s") % {"section": found[0]}
    return source


# Words beside a shape


@register.simple_tag
def icon(name: str, size: str = "") -> str:
    """A drawing that says nothing: the meaning stands in words beside it."""
    return format_html(
        '<span class="icon icon--{}{}" aria-hidden="true"></span>', name, f" icon--{size}" if size else ""
    )


@register.simple_tag
def state(kind: str, text: str) -> str:
    """A state as a shape and a word, colour last: ok, due, late, wait or info."""
    return format_html('<span class="state state--{}">{}{}</span>', kind, icon(STATE_ICONS[kind]), text)


@register.simple_tag
def voice(text: str, by: str = "", *, boxed: bool = False) -> str:
    """The client's own words, in quotation marks and serif wherever they are shown."""
    opening, closing = QUOTES.get((get_language() or "fi")[:2], QUOTES["fi"])
    return format_html(
        '<blockquote class="voice{}">{}{}{}{}</blockquote>',
        " voice--boxed" if boxed else "",
        opening,
        text.strip().strip(OWN_QUOTES),
        closing,
        format_html('<span class="voice__by">{}</span>', by) if by else "",
    )


# Time as a picture


@register.inclusion_tag("ui/journey.html")
def journey(stages: Sequence[Stage]) -> dict[str, Any]:
    """Where the client is on the way from first contact to follow-up."""
    at = next((n for n, stage in enumerate(stages) if stage.state in ("now", "paused")), None)
    return {
        "stages": stages,
        "now": None if at is None else stages[at],
        "number": None if at is None else at + 1,
        "next": None if at is None or at + 1 == len(stages) else stages[at + 1],
    }


@dataclass(frozen=True)
class PlacedMark:
    """A mark and its place on the band."""

    kind: str
    text: str
    x: str


@register.inclusion_tag("ui/band.html")
def band(first: date, last: date, marks: Sequence[Mark] = (), *, legend: bool = True) -> dict[str, Any]:
    """A period from its first day to its last: what has passed, today, and the days that matter."""
    length = (last - first).days + 1
    passed = min(max((clock.today() - first).days + 1, 0), length)

    def place(day: date) -> str:
        return f"{min(max(((day - first).days + 0.5) / length, 0), 1):.1%}"

    return {
        "days": length,
        "passed": passed,
        "run": place(clock.today()),
        "running": first <= clock.today() <= last,
        "marks": [PlacedMark(mark.kind, mark.text, place(mark.day)) for mark in marks],
        "ends": dates.day(last),
        "legend": legend,
    }


@register.simple_tag
def meeting(kind: str) -> str:
    """The mark of one meeting in the rhythm table: a shape to see, a word to hear."""
    return format_html(
        '<span class="dot dot--{}"></span><span class="visually-hidden">{} </span>', kind, _meeting_word(kind)
    )


def _meeting_word(kind: str) -> str:
    words = {
        "held": pgettext("meeting", "met"),
        "group": pgettext("meeting", "in the group"),
        "cancel": pgettext("meeting", "cancelled"),
        "miss": pgettext("meeting", "did not come"),
        "plan": pgettext("meeting", "agreed"),
        "plangroup": pgettext("meeting", "agreed"),
    }
    return words[kind]


# Forms and lists


@dataclass(frozen=True)
class Problem:
    """One thing to put right, and the id of the control where it is done."""

    text: str
    at: str = ""


@register.filter
def problems(form: BaseForm) -> list[Problem]:
    """Everything to put right in a form, first what concerns the whole, then in the order of the fields."""
    found = [Problem(error) for error in form.non_field_errors()]
    for bound in form:
        at = "" if bound.is_hidden else bound.focus_id
        found += [Problem(error, at) for error in bound.errors]
    return found


@register.filter
def missing_first(guards: Sequence[Any]) -> list[Any]:
    """What is missing before what is in order."""
    return sorted(guards, key=lambda guard: guard.met)


@register.filter
def missing(guards: Sequence[Any]) -> int:
    """How many things are still missing."""
    return sum(not guard.met for guard in guards)


@register.filter
def initials(name: str) -> str:
    """NÅ, for Niklas Åberg."""
    parts = name.split()
    return conditional_escape("".join(part[0] for part in (parts[:1] + parts[1:][-1:])).upper())


@register.filter
def item(row: Sequence[Any], place: int) -> Any:
    """What stands at this place of a row."""
    return row[place]
