"""What day it is, how months and working days are counted, and the time limits of the law."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import cache
from itertools import count, islice
from zoneinfo import ZoneInfo

from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy
from holidays import country_holidays

HELSINKI = ZoneInfo("Europe/Helsinki")

SHL_36_WORKING_DAYS = 7
SHL_45_MONTHS = 3
HALLINTOLAKI_49C_DAYS = 30
HALLINTOLAKI_59_DAYS = 7
LAKI_13_2003_19_DAYS = 3

ONE_DAY = timedelta(days=1)
NOON = time(12)
SATURDAY = 5


# The present moment

_stopped: ContextVar[datetime | None] = ContextVar("clock_stopped_at", default=None)


def real_now() -> datetime:
    """The true moment, whatever day the demo or a test is living."""
    return datetime.now(HELSINKI)


def now() -> datetime:
    """The moment that rules and pages go by."""
    return _stopped.get() or real_now()


def today() -> date:
    """The day that rules and pages go by."""
    return now().date()


@contextmanager
def at(moment: date | datetime) -> Iterator[None]:
    """Live at this moment; a bare date means its noon in Helsinki."""
    if not isinstance(moment, datetime):
        moment = datetime.combine(moment, NOON, HELSINKI)
    token = _stopped.set(local(moment))
    try:
        yield
    finally:
        _stopped.reset(token)


def local(moment: datetime) -> datetime:
    """The same moment on a Helsinki wall clock."""
    if moment.tzinfo is None:
        # Python would read it in the host's own zone.
        raise ValueError("A moment without a time zone could be any day.")
    # By way of UTC, so that 3:30 on the night the hour is skipped becomes the 4:30 people see.
    return moment.astimezone(UTC).astimezone(HELSINKI)


def day_of(moment: datetime) -> date:
    """The Helsinki day on which this moment falls."""
    return local(moment).date()


# Months and working days


def add_months(day: date, months: int) -> date:
    """The day with the same number; where the month has none, its last day (laki 150/1930 3 §)."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def nth_working_day(after: date, n: int) -> date:
    """The nth working day after this day, which is not itself counted (laki 150/1930 2 §).

    Christmas Eve and Midsummer Eve count: the law does not say, and the earlier day is the safer warning.
    """
    if n < 1:
        raise ValueError("Working days are counted from one.")
    following = (after + ONE_DAY * days for days in count(1))
    return next(islice(filter(_counts, following), n - 1, None))


def roll_to_working_day(day: date) -> date:
    """The day on which an act may still be done when its time ends on this one (laki 150/1930 5 §)."""
    while not _offices_open(day):
        day += ONE_DAY
    return day


def working_day_before(day: date) -> date:
    """The last working day on or before this day; the eves are not asked of anyone."""
    while not _offices_open(day):
        day -= ONE_DAY
    return day


def _counts(day: date) -> bool:
    return day.weekday() < SATURDAY and day not in _holidays(day.year)


def _offices_open(day: date) -> bool:
    return _counts(day) and day not in _eves(day.year)


@cache
def _holidays(year: int) -> frozenset[date]:
    # The package lists the eves among the public holidays; the law does not.
    return frozenset(country_holidays("FI", years=year)) - _eves(year)


@cache
def _eves(year: int) -> frozenset[date]:
    """Christmas Eve, and Midsummer Eve: the Friday between 19 and 25 June."""
    nineteenth = date(year, 6, 19)
    midsummer_eve = nineteenth + ONE_DAY * ((SATURDAY - 1 - nineteenth.weekday()) % 7)
    return frozenset({midsummer_eve, date(year, 12, 24)})


# A date that shows its sum


class Kind(StrEnum):
    """How binding a date is, and so how it is drawn."""

    LAW = "law"
    TARGET = "target"
    FACT = "fact"


@dataclass(frozen=True)
class Step:
    """One line of the sum."""

    text: str
    date: date


@dataclass(frozen=True)
class Explained:
    """A date with the sum that led to it and the rule it comes from."""

    date: date
    steps: tuple[Step, ...]
    source: str
    kind: Kind

    @property
    def latest(self) -> date:
        """The last day the sum reaches: later than the date where the law or the city still allows it."""
        return self.steps[-1].date


@dataclass(frozen=True)
class EvaluationWindow:
    """When the evaluation of a period opens, when it is wanted, and the last working day for it."""

    opens: Explained
    due: Explained
    last_day: Explained


# A translation is lazy only until it is filled in, so the filling must wait too.
_filled = lazy(lambda text, values: text % values, str)


def _days_after(days: int) -> str:
    text = ngettext_lazy(
        "%(days)d day later; the first day is not counted",
        "%(days)d days later; the first day is not counted",
        "days",
    )
    return _filled(text, {"days": days})


def _days_before(days: int) -> str:
    return _filled(ngettext_lazy("%(days)d day earlier", "%(days)d days earlier", "days"), {"days": days})


def _months_after(months: int) -> str:
    text = ngettext_lazy(
        "%(months)d month later: the day with the same number, or the last day of the month",
        "%(months)d months later: the day with the same number, or the last day of the month",
        "months",
    )
    return _filled(text, {"months": months})


# Time limits of the law


def assessment_start_limit(contact_on: date, *, target: int | None = None) -> Explained:
    """The assessment begins by the seventh working day (SHL 36 §); for others by the organiser's own target."""
    number = SHL_36_WORKING_DAYS if target is None else target
    limit = nth_working_day(contact_on, number)
    between = (contact_on + ONE_DAY * days for days in range(1, (limit - contact_on).days))
    holidays = (day for day in between if day.weekday() < SATURDAY and not _counts(day))
    last = _filled(
        _("Working day number %(number)d; Saturdays and Sundays are not counted"),
        {"number": number},
    )
    return Explained(
        limit,
        (
            Step(_("Contact received; this day is not counted"), contact_on),
            *(Step(_("A public holiday is not counted"), day) for day in holidays),
            Step(last, limit),
        ),
        _("Social Welfare Act, section 36")
        if target is None
        else _("Local target, counted as in the Social Welfare Act, section 36"),
        Kind.LAW if target is None else Kind.TARGET,
    )


def implementation_limit(received_on: date) -> Explained:
    """The decision is carried out within three months of the matter's arrival (SHL 45 §)."""
    limit = add_months(received_on, SHL_45_MONTHS)
    return Explained(
        limit,
        (
            Step(_("The matter arrived"), received_on),
            Step(_months_after(SHL_45_MONTHS), limit),
            *_rolled(limit),
        ),
        _("Social Welfare Act, section 45"),
        Kind.LAW,
    )


def letter_served_on(sent_on: date) -> Explained:
    """A letter is held to have arrived on the seventh day from sending (hallintolaki 59 §)."""
    served = sent_on + ONE_DAY * HALLINTOLAKI_59_DAYS
    return Explained(
        served,
        (Step(_("The letter was sent"), sent_on), Step(_days_after(HALLINTOLAKI_59_DAYS), served)),
        _("Administrative Procedure Act, section 59"),
        Kind.LAW,
    )


def electronic_served_on(sent_on: date) -> Explained:
    """An electronic message is held to have arrived on the third day (laki 13/2003 19 §)."""
    served = sent_on + ONE_DAY * LAKI_13_2003_19_DAYS
    return Explained(
        served,
        (Step(_("The message was sent"), sent_on), Step(_days_after(LAKI_13_2003_19_DAYS), served)),
        _("Act on Electronic Services and Communication in the Public Sector, section 19"),
        Kind.LAW,
    )


def review_limit(served_on: date) -> Explained:
    """A review may be asked for until 30 days from service, rolled to a working day (hallintolaki 49 c §)."""
    thirtieth = served_on + ONE_DAY * HALLINTOLAKI_49C_DAYS
    return Explained(
        roll_to_working_day(thirtieth),
        (
            Step(_("The client was served the decision"), served_on),
            Step(_days_after(HALLINTOLAKI_49C_DAYS), thirtieth),
            *_rolled(thirtieth),
        ),
        _("Administrative Procedure Act, section 49 c"),
        Kind.LAW,
    )


def _rolled(day: date) -> Iterator[Step]:
    if (rolled := roll_to_working_day(day)) != day:
        yield Step(_("The time ends on a day off: the act may still be done on the next working day"), rolled)


# The city's own targets, with the city's own numbers


def referral_answer_due(sent_on: date, *, working_days: int) -> Explained:
    """The receiving unit answers a referral in so many working days."""
    due = nth_working_day(sent_on, working_days)
    last = _filled(
        _("Working day number %(number)d; Saturdays and Sundays are not counted"), {"number": working_days}
    )
    return Explained(
        due, (Step(_("The referral was sent"), sent_on), Step(last, due)), _("Local target"), Kind.TARGET
    )


def evaluation_window(period_end: date, *, opens_days: int, due_days: int) -> EvaluationWindow:
    """The evaluation opens and is wanted so many days before the period ends; it must be done by its end."""
    end = Step(_("The period ends"), period_end)
    opens = period_end - ONE_DAY * opens_days
    due = period_end - ONE_DAY * due_days
    last = working_day_before(period_end)
    moved = (Step(_("The last working day before the end"), last),) if last != period_end else ()
    return EvaluationWindow(
        opens=Explained(opens, (end, Step(_days_before(opens_days), opens)), _("Local target"), Kind.TARGET),
        due=Explained(due, (end, Step(_days_before(due_days), due)), _("Local target"), Kind.TARGET),
        last_day=Explained(last, (end, *moved), _("The decision on the period"), Kind.FACT),
    )


def follow_up_due(ended_on: date, *, months: int, grace_days: int) -> Explained:
    """The client is asked how it went so many months after the end; `latest` is the end of the grace."""
    due = add_months(ended_on, months)
    late = due + ONE_DAY * grace_days
    return Explained(
        due,
        (
            Step(_("The rehabilitation ended"), ended_on),
            Step(_months_after(months), due),
            Step(
                _filled(
                    ngettext_lazy(
                        "At the latest %(days)d day after that",
                        "At the latest %(days)d days after that",
                        "days",
                    ),
                    {"days": grace_days},
                ),
                late,
            ),
        ),
        _("Local target"),
        Kind.TARGET,
    )


def plan_update_due(ended_on: date, *, days: int) -> Explained:
    """The client plan is brought up to date so many days after the end."""
    due = ended_on + ONE_DAY * days
    return Explained(
        due,
        (Step(_("The rehabilitation ended"), ended_on), Step(_days_after(days), due)),
        _("Local target"),
        Kind.TARGET,
    )
