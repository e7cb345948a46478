"""How often the client is met, against what was agreed with the client (HEL-9, domain.md 4.4).

Computed from facts each time it is asked; nothing of it is stored.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import islice
from typing import Literal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from plans.models import WorkForm
from soskuntoutus import clock
from soskuntoutus.clock import Explained, Kind, Step

PROPOSED = 2
SOON = 3
MEETING_LASTS = timedelta(hours=1, minutes=30)

State = Literal["ok", "due", "overdue"]


class Contact(StrEnum):
    """The two ways of meeting that a work form counts."""

    INDIVIDUAL = "individual"
    GROUP = "group"


COUNTED: dict[str, frozenset[Contact]] = {
    WorkForm.Form.INDIVIDUAL: frozenset({Contact.INDIVIDUAL}),
    WorkForm.Form.GROUP: frozenset({Contact.GROUP}),
    WorkForm.Form.OVERLAP: frozenset({Contact.INDIVIDUAL}),
    WorkForm.Form.ALTERNATE: frozenset(Contact),
}


@dataclass(frozen=True)
class Rhythm:
    """How long ago the client was met, and how long it may be."""

    since: date
    met: bool
    days: int
    target: int
    by: Explained
    agreed: datetime | None = None

    @property
    def state(self) -> State:
        """In rhythm up to the target, due up to one and a half times it, overdue beyond."""
        if self.days <= self.target:
            return "ok"
        return "due" if 2 * self.days <= 3 * self.target else "overdue"


def rhythm(
    *,
    started_on: date,
    work_forms: Sequence[WorkForm],
    meetings: Iterable[tuple[date, Contact]],
    agreed: Iterable[tuple[datetime, Contact]] = (),
    paused: Collection[date] = (),
    usual_days: int,
    first_meeting_days: int,
) -> Rhythm:
    """The rhythm of a running rehabilitation today.

    A meeting counts by the work form of its own day. Cancelled meetings and those the client did not
    come to are not among them, so they change nothing. Days on which the service pauses are not counted.
    """
    today = clock.today()
    counted = [
        day
        for day, contact in meetings
        if started_on <= day <= today and contact in _counted(work_forms, day)
    ]
    since = max(counted, default=started_on)
    current = _on(work_forms, today)
    target = current.every_days if current else usual_days
    if not counted:
        target = min(target, first_meeting_days)
    coming = (
        at for at, contact in agreed if at > clock.now() and contact in _counted(work_forms, clock.day_of(at))
    )
    return Rhythm(
        since=since,
        met=bool(counted),
        days=_running_days(since, today, paused),
        target=target,
        by=_by(since, target, paused, met=bool(counted)),
        agreed=min(coming, default=None),
    )


def proposals(
    latest: datetime, *, days: int, taken: Collection[datetime], last_day: date | None = None
) -> list[datetime]:
    """Two times that keep the rhythm: at the same hour, on working days, free of what is agreed.

    Where the rhythm has already been passed, the two next working days.
    """
    tomorrow = clock.today() + clock.ONE_DAY
    end = max(clock.day_of(latest) + clock.ONE_DAY * days, tomorrow + clock.ONE_DAY * SOON)
    if last_day:
        end = min(end, last_day)
    hour = clock.local(latest).time()
    backwards = (end - clock.ONE_DAY * number for number in range((end - tomorrow).days + 1))
    found = (
        datetime.combine(day, hour, clock.HELSINKI)
        for day in backwards
        if clock.working_day_before(day) == day
    )
    free = (at for at in found if all(abs(at - other) >= MEETING_LASTS for other in taken))
    return sorted(islice(free, PROPOSED))


def _on(work_forms: Sequence[WorkForm], day: date) -> WorkForm | None:
    return next((row for row in work_forms if day in row.during), None)


def _counted(work_forms: Sequence[WorkForm], day: date) -> frozenset[Contact]:
    row = _on(work_forms, day)
    return COUNTED[row.form if row else WorkForm.Form.INDIVIDUAL]


def _running_days(since: date, today: date, paused: Collection[date]) -> int:
    days = (since + clock.ONE_DAY * number for number in range(1, (today - since).days + 1))
    return sum(day not in paused for day in days)


def _by(since: date, target: int, paused: Collection[date], *, met: bool) -> Explained:
    """The last day on which the next meeting is in rhythm, with its sum."""
    plain = since + clock.ONE_DAY * target
    day, left = since, target
    while left:
        day += clock.ONE_DAY
        left -= day not in paused
    steps = [
        Step(_("The latest meeting that counts") if met else _("The rehabilitation started"), since),
        Step(_days_later(target), plain),
    ]
    if day != plain:
        steps.append(Step(_("The days on which the service pauses are not counted"), day))
    return Explained(day, tuple(steps), _("Local target, as agreed in the implementation plan"), Kind.TARGET)


def _days_later(days: int) -> str:
    return ngettext("%(days)d day later in the rhythm", "%(days)d days later in the rhythm", days) % {
        "days": days
    }
