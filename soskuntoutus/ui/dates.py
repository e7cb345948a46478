"""How a day, a moment and a span of days are written, in each language of the service."""

from datetime import date, datetime

from django.utils.translation import get_language

from soskuntoutus import clock

WEEKDAYS = {
    "fi": ("ma", "ti", "ke", "to", "pe", "la", "su"),
    "sv": ("må", "ti", "on", "to", "fr", "lö", "sö"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
AT = {"fi": "klo", "sv": "kl.", "en": "at"}
DASH = "–"  # an en dash: never a hyphen between two dates


def plain(value: date | datetime) -> str:
    """9.7.2026, as a date is typed."""
    value = _date(value)
    return f"{value.day}.{value.month}.{value.year}"


def day(value: date | datetime) -> str:
    """ke 1.7., in English Wed 1 Jul"""
    value, language = _date(value), _language()
    number = f"{value.day} {MONTHS[value.month - 1]}" if language == "en" else f"{value.day}.{value.month}."
    return f"{WEEKDAYS[language][value.weekday()]} {number}"


def day_long(value: date | datetime) -> str:
    """ke 1.7.2026, in English Wed 1 Jul 2026"""
    return f"{day(value)}{' ' if _language() == 'en' else ''}{_date(value).year}"


def time(value: datetime) -> str:
    """9.30"""
    value = clock.local(value)
    return f"{value.hour}{':' if _language() == 'en' else '.'}{value.minute:02}"


def moment(value: datetime, until: datetime | None = None) -> str:
    """ke 1.7. klo 9.30, or ke 1.7. klo 9.30–10.15"""
    text = f"{day(value)} {AT[_language()]} {time(value)}"
    return text if until is None else f"{text}{DASH}{time(until)}"


def span(first: date, last: date | None) -> str:
    """13.4.–12.7.2026; the year twice only where it changes, and no end where there is none."""
    if last is None:
        return f"{plain(first)}{DASH}"
    if first == last:
        return plain(first)
    start = f"{first.day}.{first.month}." if first.year == last.year else plain(first)
    return f"{start}{DASH}{plain(last)}"


def _date(value: date | datetime) -> date:
    return clock.day_of(value) if isinstance(value, datetime) else value


def _language() -> str:
    language = (get_language() or "fi")[:2]
    return language if language in WEEKDAYS else "fi"
