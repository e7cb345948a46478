"""Every URL of ours with the row it is asked about: Ville's, Matti's next door, or one that does not exist."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.test import Client as Browser
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from clients.models import Document
from groups.models import Group
from reviews.models import FollowOn, LogSearch
from soskuntoutus import clock
from soskuntoutus.demo.steps import Path
from soskuntoutus.organisation.models import Code
from soskuntoutus.ui import places
from soskuntoutus.ui.models import Draft

OURS = ("accounts", "clients", "plans", "groups", "reviews", "organisation", "ui")
NOWHERE = UUID("00000000-0000-4000-8000-000000000000")

Finds = Callable[[Path], object]


def of_client(path: Path) -> UUID:
    return path.client.uuid


def of_matter(path: Path) -> UUID:
    return path.matter.uuid


def of_paper(kind: str) -> Finds:
    return lambda path: path.client.documents.in_force(kind).get().uuid


def of_draft(path: Path) -> UUID:
    facts = {"client": path.client, "matter": path.matter, "kind": "client_plan"}
    draft, _ = Document.objects.get_or_create(
        **facts, signed_at=None, defaults={"created_by": path.sanna, "language": "fi"}
    )
    return draft.uuid


def of_referral(path: Path) -> UUID:
    return path.client.referrals.get().uuid


def of_goal(path: Path) -> UUID:
    return path.rehabilitation.goals.first().uuid


def of_planned_visit(path: Path) -> UUID:
    return path.client.visits.planned().get().uuid


def of_held_visit(path: Path) -> UUID:
    return path.client.visits.held().first().uuid


def of_group(path: Path) -> UUID:
    return Group.objects.get(name=path.group).uuid


def of_follow_on(path: Path) -> int:
    service = Code.objects.valid(Code.System.FOLLOW_ON_SERVICE).first()
    row, _ = FollowOn.objects.get_or_create(
        rehabilitation=path.rehabilitation, service=service, description="Paja"
    )
    return row.pk


def of_own_draft(path: Path) -> UUID:
    """What the client's own worker has typed, and nobody else's."""
    place = places.Place(str(path.sanna.uuid), "plans:visit_new", str(path.client.uuid), places.THE_ONE)
    typed, writer = {"words": ["Kesken jäi."]}, places.Writer(NOWHERE, count=1)
    return Draft.keep(place, typed, writer=writer)[0].uuid


def of_log_search(path: Path) -> UUID:
    day = clock.day_of(clock.real_now())
    facts = {"actor": path.cast.tuija.uuid, "about": path.client.uuid}
    days = {"first_day": day, "last_day": day}
    row, _ = LogSearch.objects.get_or_create(**facts, defaults={**days, "reason": "Säännöllinen tarkistus"})
    return row.uuid


def of_session(path: Path) -> UUID:
    """Where the own worker is signed in besides the browser that asks."""
    Browser().force_login(path.sanna)
    return path.sanna.sign_ins.latest("began_at").uuid


ROWS: dict[str, dict[str, Finds]] = {
    "accounts:end": {"uuid": of_session},
    "clients:document": {"uuid": of_paper("assessment")},
    "clients:signature": {"uuid": of_draft},
    "clients:seen": {"uuid": of_draft},
    "clients:document_write": {"uuid": of_client, "kind": lambda path: "client_plan"},
    "plans:letter": {"uuid": of_paper("decision")},
    "plans:delivery": {"uuid": of_paper("decision")},
    "plans:goal_refine": {"uuid": of_goal},
    "plans:visit": {"uuid": of_held_visit},
    "plans:visit_record": {"uuid": of_planned_visit},
    "plans:addendum": {"uuid": of_held_visit},
    "ui:draft": {"uuid": of_own_draft},
    "ui:form": {"uuid": of_own_draft},
    "ui:removal": {"uuid": of_own_draft},
    "reviews:log_results": {"uuid": of_log_search},
    "reviews:follow_on_meeting": {"uuid": of_client, "pk": of_follow_on},
}
BY_ROUTE: dict[str, Finds] = {
    "matters/": of_matter,
    "clients/": of_client,
    "referrals/": of_referral,
    "groups/": of_group,
}


@dataclass(frozen=True)
class Place:
    """One URL pattern of ours."""

    name: str
    route: str

    @property
    def finds(self) -> dict[str, Finds]:
        """How each part of the URL is found for a path; nothing for a URL without parts."""
        if self.name in ROWS:
            return ROWS[self.name]
        if "<" not in self.route:
            return {}
        folder = self.route.split("<")[0]
        return {"uuid": BY_ROUTE[folder]}

    def url(self, path: Path | None) -> str:
        """The address for Ville or Matti; for None, of something that does not exist."""
        missing = {"uuid": NOWHERE, "pk": 999_999_999, "kind": "client_plan"}
        return reverse(
            self.name,
            kwargs={part: find(path) if path else missing[part] for part, find in self.finds.items()},
        )


def ours() -> list[Place]:
    """Every URL of ours, by name."""
    return sorted(_walk(get_resolver(settings.ROOT_URLCONF), "", ()), key=lambda place: place.name)


def families() -> list[str]:
    """The first part of every URL that a library or the demo brings."""
    found = set()
    for entry in get_resolver(settings.ROOT_URLCONF).url_patterns:
        if isinstance(entry, URLPattern) or entry.namespace not in OURS:
            found.add(str(entry.pattern))
    return sorted(found)


def _walk(resolver: URLResolver, prefix: str, spaces: tuple[str, ...]) -> Iterator[Place]:
    for entry in resolver.url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inside = (*spaces, entry.namespace) if entry.namespace else spaces
            yield from _walk(entry, route, inside)
        elif spaces and spaces[0] in OURS:
            yield Place(":".join((*spaces, entry.name)), route)
