"""What has happened with a client, the newest first: meetings, signed papers, and who did what in between."""

from collections.abc import Iterator
from datetime import date, datetime
from enum import StrEnum

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from clients.models import Assignment
from plans.models import Decision, Delivery
from plans.views import meetings
from reviews.facts import Facts
from soskuntoutus import clock
from soskuntoutus.ui import dates
from soskuntoutus.ui.parts import Entry

Line = tuple[datetime, list[Entry]]
NOTES = {
    "contact": "speech",
    "registration": "doc",
    "triage": "doc",
    "start_note": "flag",
    "end_note": "flag",
}


class Show(StrEnum):
    """What of the timeline is wanted."""

    ALL = ""
    MEETINGS = "meetings"
    PAPERS = "papers"


def timeline_of(facts: Facts, *, show: Show = Show.ALL, records: bool = False) -> list[Entry]:
    """What is agreed, then what happened, the newest first; `records` offers to write meetings."""
    lines: list[Line] = []
    if show != Show.PAPERS:
        lines += meetings.happened(facts.client)
    if show != Show.MEETINGS:
        lines += _papers(facts)
    if show == Show.ALL:
        lines += [*_deliveries(facts), *_answers(facts), *_own_workers(facts), *_what_follows(facts)]
    lines.sort(key=lambda line: line[0], reverse=True)
    ahead = meetings.agreed(facts.agreed, records=records) if show != Show.PAPERS else []
    return [*ahead, *(entry for _moment, entries in lines for entry in entries)]


def _papers(facts: Facts) -> Iterator[Line]:
    for paper in facts.all_papers:
        if not paper.signed_at:
            continue
        decision = getattr(paper, "decision", None)
        kind, icon = (
            ("event", NOTES[paper.kind]) if paper.kind in NOTES else ("paper", "sign" if decision else "doc")
        )
        version = (
            pgettext("paper", ", version %(number)d") % {"number": paper.version} if paper.version > 1 else ""
        )
        entry = Entry(
            kind,
            icon,
            f"{paper.schema.title}{version}",
            dates.day(paper.signed_at),
            url=reverse("clients:document", args=[paper.uuid]),
            text=_validity(decision) if decision else "",
            by=[str(paper.signed_by)],
        )
        yield paper.signed_at, [entry]


def _validity(decision: Decision) -> str:
    period = getattr(decision, "period", None)
    outcome = decision.get_outcome_display().capitalize()
    return f"{outcome}, {dates.span(period.starts, period.last_day)}" if period else outcome


def _deliveries(facts: Facts) -> Iterator[Line]:
    for row in Delivery.objects.filter(decision__client=facts.client):
        told = _("Served %(served)s. Review can be asked for until %(until)s.")
        text = told % {"served": dates.plain(row.served_on), "until": dates.plain(row.review_until)}
        yield (
            _at(row.sent_on),
            [Entry("event", "doc", _("The decision was sent"), dates.day(row.sent_on), text=text)],
        )


def _answers(facts: Facts) -> Iterator[Line]:
    referrals = (getattr(paper, "referral", None) for paper in facts.all_papers)
    for row in referrals:
        if row is None or row.answered_at is None:
            continue
        said = _("Accepted: %(unit)s") if row.accepted else _("Returned: %(unit)s")
        entry = Entry(
            "event",
            "swap",
            said % {"unit": row.to_unit},
            dates.day(row.answered_at),
            text=row.reason,
            by=[str(row.answered_by)],
        )
        yield row.answered_at, [entry]


def _own_workers(facts: Facts) -> Iterator[Line]:
    for row in facts.all_assignments:
        if row.part == Assignment.Part.OWN_WORKER:
            title = _("Own worker: %(worker)s") % {"worker": row.worker}
            yield _at(row.during.lower), [Entry("event", "user", title, dates.day(row.during.lower))]


def _what_follows(facts: Facts) -> Iterator[Line]:
    for row in facts.all_follow_ons:
        title = _("What follows: %(service)s") % {"service": row.service}
        yield (
            _at(row.proposed_on),
            [Entry("event", "right", title, dates.day(row.proposed_on), text=row.description)],
        )
        if row.met_on:
            met = _("Met the new instructor: %(who)s") % {"who": row.partner or row.service}
            yield _at(row.met_on), [Entry("held", "people", met, dates.day(row.met_on), text=row.met_words)]


def _at(day: date) -> datetime:
    return datetime.combine(day, clock.NOON, clock.HELSINKI)
