"""An invented city around Ville: made in bulk and always the same, so that lists and numbers look like a city's.

Rows are written past the verbs, but not past the constraints; nobody here is real.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import cycle
from random import Random

from django.db import models

from clients.models import Assessment, Assignment, Client, ContactDetails, Document, Matter
from plans.models import (
    Decision,
    Delivery,
    Goal,
    Period,
    Referral,
    Rehabilitation,
    Visit,
    WorkForm,
    period_bounds,
)
from reviews.models import Evaluation
from soskuntoutus import clock
from soskuntoutus.demo import names, words
from soskuntoutus.demo.cast import Cast
from soskuntoutus.demo.workforce import Area, make_people
from soskuntoutus.organisation.models import User
from soskuntoutus.ranges import span

ORDER = (
    Client,
    ContactDetails,
    Matter,
    Document,
    Assessment,
    Assignment,
    Referral,
    Rehabilitation,
    Decision,
    Delivery,
    Period,
    WorkForm,
    Goal,
    Visit,
    Evaluation,
)
ENDED_PER_WORKER = 4


@dataclass
class City:
    """What is being made: rows by model, in the order they are written."""

    chance: Random
    today: date
    rows: dict[type[models.Model], list[models.Model]] = field(default_factory=lambda: defaultdict(list))

    def add(self, row: models.Model) -> models.Model:
        """Keep a row until everything is written at once."""
        self.rows[type(row)].append(row)
        return row

    def write(self) -> None:
        """Write everything, parents first."""
        for model in ORDER:
            model.objects.bulk_create(self.rows[model], batch_size=500)


def make_city(cast: Cast, clients: int, *, today: date) -> None:
    """So many clients over all areas: waiting, assessed, planned, in rehabilitation and after it."""
    city = City(Random(17), today)  # noqa: S311 - the same city every time, no secret
    areas = make_people(cast)
    people = names.people(city.chance)
    made = 0
    for area in areas:
        for worker in area.instructors:
            made += _working_life(city, area, worker, people)
    turns = cycle(areas)
    for kind in cycle((_waiting, _assessed, _planned, _planned, _referred)):
        if made >= clients:
            break
        kind(city, next(turns), next(people))
        made += 1
    city.write()


def _working_life(city: City, area: Area, worker: User, people: Iterator[Client]) -> int:
    """A worker's rehabilitations one after another, from today backwards; the newest may still run."""
    chance, made = city.chance, 0
    following = city.today + timedelta(days=chance.randint(-20, 80))
    running = following > city.today
    for _ in range(ENDED_PER_WORKER + 1):
        periods = chance.choices((1, 2, 3, 4), weights=(20, 30, 25, 25))[0]
        anchor = clock.add_months(following, -3 * periods)
        _rehabilitated(city, area, worker, next(people), anchor=anchor, periods=periods, running=running)
        made += 1
        following, running = anchor - timedelta(days=chance.randint(1, 45)), False
        if anchor.year < 2023:
            break
    return made


def _contact(city: City, area: Area, client: Client, received: date) -> Matter:
    city.add(client)
    protected = city.chance.random() < 0.01
    city.add(
        ContactDetails(
            client=client,
            phone=f"040 000 {city.chance.randint(1000, 9999)}",
            address="" if protected else "Keksittykuja 4, 00000 Esimerkkikaupunki",
            protected_from=received if protected else None,
        )
    )
    channel = city.chance.choice((Matter.Channel.CONTACT, Matter.Channel.APPLICATION))
    matter = Matter(client=client, unit=area.unit, received_at=_at(received, 9), channel=channel)
    matter.consent = channel == Matter.Channel.CONTACT
    city.add(matter)
    told = {
        "last_name": client.last_name,
        "first_names": client.first_names,
        "language": client.language,
        "channel": channel,
    }
    told["description"] = "Arki on vaikeutunut, ja tuki on tarpeen."
    _paper(city, matter, "contact", words.CONTACT | told, by=area.leader, day=received)
    return matter


def _waiting(city: City, area: Area, client: Client) -> Matter:
    matter = _contact(city, area, client, city.today - timedelta(days=city.chance.randint(0, 9)))
    if city.chance.random() < 0.7:
        matter.registered_at = matter.received_at + timedelta(hours=2)
    return matter


def _taken(city: City, area: Area, client: Client, received: date, worker: User) -> Matter:
    matter = _contact(city, area, client, received)
    matter.registered_at = matter.received_at + timedelta(hours=2)
    matter.triaged_at = matter.taken_at = matter.received_at + timedelta(days=1)
    matter.urgency = Matter.Urgency.NOT_URGENT
    _paper(city, matter, "triage", words.TRIAGE, by=worker, day=received + timedelta(days=1))
    return matter


def _assessed(city: City, area: Area, client: Client) -> Matter:
    worker = next(area.social_workers)
    received = city.today - timedelta(days=city.chance.randint(5, 30))
    matter = _taken(city, area, client, received, worker)
    _assign(city, matter, worker, "handler", first=received + timedelta(days=1))
    _visit(city, matter, None, worker, received + timedelta(days=4))
    return matter


def _planned(city: City, area: Area, client: Client, received: date | None = None) -> Matter:
    worker = next(area.social_workers)
    received = received or city.today - timedelta(days=city.chance.randint(25, 80))
    matter = _taken(city, area, client, received, worker)
    signed = received + timedelta(days=18)
    paper = _paper(city, matter, "assessment", words.ASSESSMENT, by=worker, day=signed)
    city.add(
        Assessment(
            document=paper,
            client=client,
            signed_on=signed,
            special_support=False,
            continues=True,
            nature=Assessment.Nature.RECURRING,
            needs_own_worker=True,
            plan_needed=True,
            proposes_rehabilitation=True,
        )
    )
    _assign(city, matter, worker, "own_worker", first=signed)
    _paper(city, matter, "client_plan", words.CLIENT_PLAN, by=worker, day=signed + timedelta(days=3))
    matter.own_worker = worker
    return matter


def _referred(
    city: City, area: Area, client: Client, received: date | None = None, accepted: date | None = None
) -> Referral:
    matter = _planned(city, area, client, received)
    sent = clock.day_of(matter.received_at) + timedelta(days=22)
    paper = _paper(city, matter, "referral", words.REFERRAL, by=matter.own_worker, day=sent, subject="1")
    referral = Referral(
        client=client, matter=matter, document=paper, to_unit=area.unit, sent_at=paper.signed_at
    )
    if accepted:
        referral.answered_at, referral.answered_by, referral.accepted = _at(accepted, 12), area.leader, True
    else:
        matter.referred_to = area.unit
    return city.add(referral)


def _rehabilitated(
    city: City, area: Area, worker: User, client: Client, *, anchor: date, periods: int, running: bool
) -> None:
    referral = _referred(city, area, client, anchor - timedelta(days=45), anchor - timedelta(days=20))
    matter, decider = referral.matter, referral.matter.own_worker
    last = period_bounds(anchor, periods)[1]
    ended = None if running else last
    rehabilitation = city.add(
        Rehabilitation(
            client=client,
            matter=matter,
            referral=referral,
            anchor=anchor,
            started_on=anchor,
            ended_on=ended,
            end_reason=""
            if running
            else city.chance.choice(("goals_met", "client_wish", "other_service", "max_time")),
        )
    )
    _assign(
        city,
        matter,
        worker,
        "responsible",
        first=anchor,
        last=last,
        slot=1,
        slots_allowed=1,
        confirmed_at=_at(anchor - timedelta(days=5), 10),
    )
    _paper(city, matter, "service_plan", words.SERVICE_PLAN, by=worker, day=anchor - timedelta(days=10))
    goal = _retold(city.chance.choice(words.GOALS), client, worker)
    city.add(
        Goal(
            rehabilitation=rehabilitation, line=1, target_on=last, set_on=anchor - timedelta(days=10), **goal
        )
    )
    every = city.chance.choice((7, 14, 14, 14))
    city.add(
        WorkForm(rehabilitation=rehabilitation, form="individual", every_days=every, during=span(anchor))
    )
    for number in range(1, periods + 1):
        _period(city, rehabilitation, number, decider, worker, is_last=number == periods, running=running)
    met = anchor
    while met < min(last, city.today):
        _visit(city, matter, rehabilitation, worker, met)
        met += timedelta(days=every + city.chance.choice((0, 0, 0, 1, 3, 7)))


def _period(
    city: City,
    rehabilitation: Rehabilitation,
    number: int,
    decider: User,
    worker: User,
    *,
    is_last: bool,
    running: bool,
) -> None:
    starts, ends = period_bounds(rehabilitation.anchor, number)
    signed = starts - timedelta(days=5)
    content = {**words.DECISION, "valid_from": starts.isoformat(), "valid_to": ends.isoformat()}
    paper = _paper(
        city,
        rehabilitation.matter,
        "decision",
        content,
        by=decider,
        day=signed,
        subject=f"{rehabilitation.uuid}/{number}",
    )
    decision = city.add(
        Decision(
            document=paper,
            client=rehabilitation.client,
            rehabilitation=rehabilitation,
            outcome=Decision.Outcome.GRANTED,
            basis=words.DECISION["legal_basis"],
            decided_on=signed,
        )
    )
    served = clock.letter_served_on(signed).date
    city.add(
        Delivery(
            decision=decision,
            recipient=rehabilitation.client.name,
            way="letter",
            sent_on=signed,
            served_on=served,
            review_until=clock.review_limit(served).date,
        )
    )
    period = city.add(
        Period(
            rehabilitation=rehabilitation,
            anchor=rehabilitation.anchor,
            number=number,
            starts=starts,
            ends=ends,
            decision=decision,
        )
    )
    if running and is_last:
        return
    held = ends - timedelta(days=city.chance.randint(5, 9))
    period.evaluated_on = held
    proposal = "end" if is_last else "continue"
    content = {**words.EVALUATION, "held_on": held.isoformat(), "proposal": proposal}
    paper = _paper(
        city,
        rehabilitation.matter,
        "evaluation",
        content,
        by=worker,
        day=held,
        subject=f"{rehabilitation.uuid}/{number}",
    )
    city.add(Evaluation(period=period, document=paper, held_on=held, client_present=True, proposal=proposal))


def _assign(
    city: City, matter: Matter, worker: User, part: str, *, first: date, last: date | None = None, **slot
) -> None:
    row = Assignment(
        client=matter.client, worker=worker, unit=matter.unit, part=part, during=span(first, last)
    )
    row.sight = span(
        min(first, clock.day_of(matter.received_at)), last + timedelta(days=14) if last else None
    )
    for name, value in slot.items():
        setattr(row, name, value)
    city.add(row)


def _paper(
    city: City, matter: Matter, kind: str, content: dict, *, by: User, day: date, subject: str = ""
) -> Document:
    content = _retold(content, matter.client, by)
    paper = Document(
        client=matter.client, matter=matter, kind=kind, content=content, subject=subject, created_by=by
    )
    paper.language, paper.created_at = matter.client.language, _at(day, 14)
    paper.signed_at, paper.signed_by = _at(day, 15), by
    paper.sha256 = paper.checksum()
    return city.add(paper)


def _retold(content: dict, client: Client, by: User) -> dict:
    """What was written of Ville, written of another client by another worker."""
    names = {
        "Ville Lehtola": client.name,
        ", Niklas Åberg": "",
        "Sanna Rinne": by.get_full_name(),
        "Ville": client.first_names,
        "Sanna": by.first_name,
    }
    return words.retold(content, names)


def _visit(
    city: City, matter: Matter, rehabilitation: Rehabilitation | None, worker: User, day: date
) -> None:
    begins = _at(day, city.chance.randint(9, 15))
    visit = Visit(
        client=matter.client, matter=matter, rehabilitation=rehabilitation, worker=worker, mode="meeting"
    )
    visit.place = city.chance.choice(("home", "outside", "outside", "office"))
    fate = city.chance.random()
    if fate < 0.06:
        visit.planned_at, visit.missed, visit.words = begins, True, "Soitettu samana päivänä."
    elif fate < 0.12:
        visit.planned_at, visit.cancelled_by = begins, "client"
    else:
        visit.held_at, visit.ended_at = begins, begins + timedelta(hours=1)
        told = _retold({"words": city.chance.choice(words.VISITS)[1]}, matter.client, worker)
        visit.words, visit.together = told["words"], city.chance.random() < 0.4
    visit.locked_at = begins + timedelta(hours=2)
    city.add(visit)


def _at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), clock.HELSINKI)
