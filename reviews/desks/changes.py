"""What others have done in my clients' matters since I was last here, from the log of deeds."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from clients.models import Client
from clients.words import DEEDS, in_words
from soskuntoutus import clock
from soskuntoutus.audit.models import Event, Shown
from soskuntoutus.organisation.models import User

BREAK = timedelta(hours=1)
"""A pause this long ends a working session; a lunch does not. Two sessions a day are two."""

MOST = 200


@dataclass(frozen=True)
class Deed:
    """One deed of another's in plain words."""

    at: datetime
    who: str
    what: str


@dataclass(frozen=True)
class Change:
    """What has happened with one client, the newest first."""

    client: Client
    deeds: Sequence[Deed]


@dataclass(frozen=True)
class Changes:
    """Everything since the end of the user's previous working session; `since` is None for the first one."""

    since: datetime | None
    clients: Sequence[Change]


def changes_for(user: User, clients: Iterable[Client]) -> Changes:
    """What others did with these clients, told once for each deed, doer and client."""
    since = last_here(user)
    by_uuid = {client.uuid: client for client in clients}
    if since is None or not by_uuid:
        return Changes(since, [])
    events = Event.objects.filter(client__in=by_uuid, at__gt=since, verb__in=DEEDS).exclude(actor=user.uuid)
    newest: dict[tuple, datetime] = {}
    for client, actor, verb, at in events.order_by("-at").values_list("client", "actor", "verb", "at")[:MOST]:
        newest.setdefault((client, actor, verb), at)
    doers = User.objects.filter(uuid__in={actor for _client, actor, _verb in newest})
    names = {doer.uuid: str(doer) for doer in doers} if newest else {}
    found: dict = {}
    for (client, actor, verb), at in newest.items():
        found.setdefault(client, []).append(Deed(at, names.get(actor, ""), in_words(verb)))
    return Changes(since, [Change(by_uuid[uuid], deeds) for uuid, deeds in found.items()])


def last_here(user: User) -> datetime | None:
    """The end of the user's previous working session, read from the user's own rows in the use log.

    Nothing is kept of anybody's hours for it: the log has each viewing anyway, and it is read back only to the pause.
    """
    later = clock.real_now()
    viewings = Shown.objects.filter(actor=user.uuid).order_by("-at").values_list("at", flat=True)
    for at in viewings.iterator(chunk_size=500):
        if later - at >= BREAK:
            return at
        later = at
    return None
