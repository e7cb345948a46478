"""Who has seen a client and what was done, from the two tables of the log, newest first."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from clients.models import Client, Relation
from clients.words import in_words
from soskuntoutus.audit.models import Event, Shown
from soskuntoutus.organisation.models import User
from soskuntoutus.ui.dates import day_long, time


@dataclass(frozen=True)
class Entry:
    """One line of the log."""

    when: str
    who: str
    what: str
    relation: str


def rows_of(client: Client) -> QuerySet:
    """What was shown and what was done; a page that led to a deed at once is told as the deed."""
    events = Event.objects.filter(client=client.uuid)
    deeds = events.filter(request__isnull=False).values("request")
    seen = Shown.objects.filter(client=client.uuid).exclude(request__in=deeds)
    opened = Shown.objects.filter(client=client.uuid, request=OuterRef("request")).values("relation")
    done = events.annotate(what=F("verb"), tie=Coalesce(Subquery(opened), Value("")))
    shown = seen.annotate(what=F("purpose"), tie=F("relation"))
    columns = ("at", "actor", "what", "tie")
    return shown.values_list(*columns).union(done.values_list(*columns), all=True).order_by("-at")


def in_plain_words(rows: list[tuple[datetime, UUID, str, str]]) -> list[Entry]:
    """These rows with names and words; who is no longer among the users is told by nothing but the deed."""
    names = {user.uuid: str(user) for user in User.objects.filter(uuid__in={row[1] for row in rows})}
    ties = dict(Relation.choices)
    return [
        Entry(f"{day_long(at)} {time(at)}", names.get(actor, ""), in_words(what), str(ties.get(tie, "")))
        for at, actor, what, tie in rows
    ]
