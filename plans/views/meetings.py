"""How meetings are told of: one line each, in the words and signs that every page uses."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from clients.models import Client
from groups.models import Attendance
from plans.models import Addendum, Visit
from soskuntoutus import clock
from soskuntoutus.ui import dates
from soskuntoutus.ui.parts import Entry

ICONS = {
    "home": "house",
    "outside": "walk",
    "office": "building",
    "phone": "phone",
    "online": "chat2",
    "other": "flag",
}
PRESENCE = Attendance.Presence


def title_of(visit: Visit) -> str:
    """What a meeting is called."""
    titles = {
        Visit.Mode.NEGOTIATION: pgettext("meeting", "Meeting with others"),
        Visit.Mode.CALL: pgettext("meeting", "Phone call"),
        Visit.Mode.REMOTE: pgettext("meeting", "Remote meeting"),
    }
    plain = (
        pgettext("meeting", "Home visit")
        if visit.place == Visit.Place.HOME
        else pgettext("meeting", "Meeting")
    )
    return titles.get(visit.mode, plain)


def outcome_of(visit: Visit) -> str:
    """What came of a meeting, if it was not held."""
    if visit.missed:
        return pgettext("meeting", "did not come")
    if visit.cancelled_by:
        by_client = visit.cancelled_by == Visit.Side.CLIENT
        return (
            pgettext("meeting", "the client cancelled") if by_client else pgettext("meeting", "we cancelled")
        )
    return ""


def agreed(visits: Iterable[Visit], *, records: bool) -> list[Entry]:
    """What has been agreed and not yet been written of, in its order; `records` offers to write it."""
    return [_agreed(visit, records=records) for visit in visits]


def past(client: Client) -> list[Entry]:
    """What happened or fell through, the newest first; of the groups only the client's own part."""
    newest_first = sorted(happened(client), key=lambda line: line[0], reverse=True)
    return [entry for _moment, entries in newest_first for entry in entries]


def happened(client: Client) -> list[tuple[datetime, list[Entry]]]:
    """The same with their moments, in no order: a meeting and its additions stay together."""
    return [*_visits(client), *_sessions(client)]


def _agreed(visit, *, records):
    waits = visit.planned_at <= clock.now()
    return Entry(
        "planned",
        ICONS[visit.place],
        title_of(visit),
        dates.moment(visit.planned_at),
        url=reverse("plans:visit", args=[visit.uuid]),
        by=[str(visit.worker)],
        state="due" if waits else "",
        state_text=pgettext("meeting", "Not written down") if waits else "",
        act=_("Record the visit") if waits and records else "",
        act_url=reverse("plans:visit_record", args=[visit.uuid]) if waits and records else "",
    )


def _visits(client) -> Iterator[tuple]:
    addenda = Prefetch("addenda", Addendum.objects.select_related("author"))
    for visit in client.visits.exclude(locked_at=None).select_related("worker").prefetch_related(addenda):
        yield visit.at, [_visit(visit), *(_addendum(each) for each in visit.addenda.all())]


def _visit(visit):
    outcome = outcome_of(visit)
    return Entry(
        "held" if visit.held_at else "miss" if visit.missed else "event",
        ICONS[visit.place] if visit.held_at else "cross" if visit.missed else "calendar",
        f"{title_of(visit)}, {outcome}" if outcome else title_of(visit),
        dates.moment(visit.at, visit.ended_at),
        url=reverse("plans:visit", args=[visit.uuid]),
        text=visit.words,
        voice=visit.client_words,
        by=[str(visit.worker), *([_("written down together")] if visit.together else [])],
    )


def _addendum(addendum):
    return Entry(
        "addendum",
        "pen",
        pgettext("visit", "Addition"),
        dates.day(addendum.at),
        text=addendum.words,
        by=[str(addendum.author)],
    )


def _sessions(client) -> Iterator[tuple]:
    """Only the client's own mark and line: not the common note, and nobody else."""
    kinds = {
        PRESENCE.PRESENT: ("group", "group"),
        PRESENCE.TOLD: ("event", "phone"),
        PRESENCE.ABSENT: ("miss", "cross"),
    }
    words = {
        PRESENCE.PRESENT: pgettext("meeting", "took part"),
        PRESENCE.TOLD: pgettext("meeting", "said beforehand that they cannot come"),
        PRESENCE.ABSENT: pgettext("meeting", "did not come"),
    }
    for row in client.attendances.select_related("session__group", "session__recorded_by"):
        session = row.session
        kind, icon = kinds[row.presence]
        title = f"{session.group.name}, {words[row.presence]}"
        at = session.group.begins_at(session.held_on)
        yield (
            at,
            [
                Entry(
                    kind,
                    icon,
                    title,
                    dates.day(session.held_on),
                    text=row.words,
                    by=[str(session.recorded_by)],
                )
            ],
        )
