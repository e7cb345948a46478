"""What the intake desk sees: the contact and who, as they were told now; nothing from before."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from clients.models import Document, Matter
from soskuntoutus import clock
from soskuntoutus.clock import Explained
from soskuntoutus.organisation.models import Value
from soskuntoutus.organisation.roles import Permission

PAPERS = ("contact", "triage")
STATUTORY = ("over_75", "top_care_allowance", "child_special_support")
IN_THE_HEADING = ("last_name", "first_names")
LATER = timedelta(days=1)  # typed in later than this, the contact says so (domain.md 3.1)
SOON = timedelta(days=2)


@dataclass(frozen=True)
class Deed:
    """What is done next to a contact, where, and who may."""

    route: str
    label: str
    waits: str
    permission: Permission


REGISTER = Deed(
    "clients:registration",
    _("Register the matter"),
    _("Waits to be registered."),
    Permission.REGISTER_CONTACT,
)
TRIAGE = Deed(
    "clients:triage",
    _("Assess the urgency"),
    _("Waits for a social worker or instructor on duty to assess the urgency."),
    Permission.TRIAGE,
)
TAKE = Deed(
    "clients:taking", _("Take the matter"), _("Waits for a worker to take it."), Permission.TAKE_MATTER
)
DEEDS = (REGISTER, TRIAGE, TAKE)
COUNTED = (
    (REGISTER, _("To be registered")),
    (TRIAGE, _("Urgency to be assessed")),
    (TAKE, _("To be taken by a worker")),
)


@dataclass(frozen=True)
class Part:
    """A titled part of what was told: labels, and the words of each."""

    title: str
    answers: list[tuple[str, list[str]]]


@dataclass(frozen=True)
class Arrival:
    """One matter with its contact and its assessment of urgency: all that intake pages know of a person."""

    matter: Matter
    papers: dict[str, Document]

    @property
    def told(self) -> dict[str, Any]:
        """What the contact says."""
        return self.papers["contact"].content if "contact" in self.papers else {}

    @property
    def name(self) -> str:
        """The name as told now, also when the person is known by another."""
        client = self.matter.client
        if not self.told:  # a matter that came over without its contact
            return client.name
        return f"{self.told['first_names']} {self.told['last_name']}"

    @property
    def parts(self) -> list[Part]:
        """The contact, and how urgent it was found to be, in the reader's own language."""
        on = self.matter.received_on
        return [
            Part(
                section.title,
                [
                    (field.label, words)
                    for field in section.fields
                    if field.name not in IN_THE_HEADING
                    and (words := field.in_words(paper.content.get(field.name), on))
                ],
            )
            for paper in (self.papers[kind] for kind in PAPERS if kind in self.papers)
            for section in paper.schema.sections
        ]

    @property
    def protected(self) -> bool:
        """Whether a protection order was told of."""
        return self.told.get("protection") == "yes"

    @property
    def written_later_on(self) -> date | None:
        """The day the contact was typed in, if that was more than a day after it came."""
        contact = self.papers.get("contact")
        if contact is None or contact.signed_at - self.matter.received_at <= LATER:
            return None
        return clock.day_of(contact.signed_at)

    @property
    def age(self) -> int:
        """Whole days since receipt."""
        return (clock.today() - self.matter.received_on).days

    @property
    def statutory(self) -> bool:
        """Whether the law sets the day by which the assessment begins (36 §).

        Before anyone has assessed it, the day of birth tells: over 75 is read as 75 full years, the earlier
        warning.
        """
        if triage := self.papers.get("triage"):
            return any(triage.content.get(name) for name in STATUTORY)
        return (self.matter.client.age or 0) >= 75

    @property
    def start_limit(self) -> Explained:
        """By when the assessment begins (36 §): law for some, a target for others."""
        target = None if self.statutory else Value.of(Value.Key.ASSESSMENT_START_WORKING_DAYS)
        return clock.assessment_start_limit(self.matter.received_on, target=target)

    @property
    def implementation_limit(self) -> Explained:
        """By when a decision is carried out (45 §)."""
        return clock.implementation_limit(self.matter.received_on)

    @property
    def state(self) -> str:
        """How the waiting stands against the day the assessment begins: late, due or wait."""
        left = self.start_limit.date - clock.today()
        if left < timedelta(0) or self.matter.urgency == Matter.Urgency.AT_ONCE:
            return "late"
        return "due" if left <= SOON else "wait"

    @property
    def deed(self) -> Deed | None:
        """What is done next; nothing once someone has taken the matter or it is closed."""
        matter = self.matter
        if matter.closed_on or matter.taken_at:
            return None
        if matter.registered_at is None:
            return REGISTER
        return TRIAGE if matter.triaged_at is None else TAKE


def arrivals(matters: Iterable[Matter]) -> list[Arrival]:
    """These matters as the intake desk sees them: help needed at once first, then the oldest limit."""
    papers = Document.objects.filter(kind__in=PAPERS, replaced_at=None)
    found = [
        Arrival(matter, {paper.kind: paper for paper in matter.intake_papers})
        for matter in matters.select_related("client", "unit").prefetch_related(
            Prefetch("documents", papers, to_attr="intake_papers")
        )
    ]
    return sorted(found, key=_most_pressing)


def counts_of(arrivals: Iterable[Arrival]) -> list[tuple[str, int]]:
    """How many wait for each deed, in the order of the deeds."""
    waiting = [arrival.deed for arrival in arrivals]
    return [(title, waiting.count(deed)) for deed, title in COUNTED]


def arrival_of(matter: Matter) -> Arrival:
    """One matter as the intake desk sees it."""
    papers = matter.documents.filter(kind__in=PAPERS, replaced_at=None)
    return Arrival(matter, {paper.kind: paper for paper in papers})


def _most_pressing(arrival: Arrival) -> tuple:
    at_once = arrival.matter.urgency == Matter.Urgency.AT_ONCE
    return not at_once, arrival.start_limit.date, arrival.matter.received_at
