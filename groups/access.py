"""The door to groups: who leads one sees who takes part by first name, and each one shown is written down."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from clients.access import shown
from clients.models import Client, Relation
from clients.models.sight import FILE
from groups.models import Attendance, Group

PRESENT, ABSENT = Attendance.Presence.PRESENT, Attendance.Presence.ABSENT


@dataclass(frozen=True)
class Participant:
    """One participant as the group knows them: a first name, and how often they have come."""

    client: Client
    name: str
    came: int
    sessions: int
    absent_in_a_row: int
    file_open: bool

    @property
    def what_now(self) -> str:
        """What follows an absence nobody told of (domain.md 3.12): never the end of anything."""
        if not self.absent_in_a_row:
            return ""
        sentences = {
            1: _("Did not come last time. Call the same day."),
            2: _("Did not come twice in a row. Call, and tell the own worker."),
        }
        further = _(
            "Absent three times in a row or more. Agree with the social worker who makes sure all is well."
        )
        return sentences.get(self.absent_in_a_row, further)


def open_group(request: HttpRequest, uuid: UUID) -> Group:
    """One group that the user leads, or of a unit the user heads; 404 for everyone else."""
    return get_object_or_404(Group.objects.visible_to(request.user).select_related("unit"), uuid=uuid)


def show_participants(request: HttpRequest, group: Group, on: date) -> list[Participant]:
    """Who is enrolled on the day, each put in the use log. Leading a group opens no file."""
    clients = list(group.expected(on, request.user).with_relation(request.user).order_by("first_names", "pk"))
    for client in clients:
        client.relation = client.relation or Relation.GROUP
    shown(request, clients)
    names = first_names(clients)
    marks = _marks(group, clients)
    return [
        Participant(
            client,
            names[client],
            came=marks[client.pk].count(PRESENT),
            sessions=len(marks[client.pk]),
            absent_in_a_row=_absent_in_a_row(marks[client.pk]),
            file_open=client.relation in FILE,
        )
        for client in clients
    ]


def first_names(clients: Iterable[Client]) -> dict[Client, str]:
    """What each is called in the group: the first name, and an initial where two share it."""
    called = {client: client.first_names.split()[0] for client in clients}
    shared = Counter(called.values())
    return {client: client.short_name if shared[name] > 1 else name for client, name in called.items()}


def _marks(group: Group, clients: list[Client]) -> dict[int, list[str]]:
    """Each client's marks in the group, the newest first."""
    rows = Attendance.objects.filter(session__group=group, client__in=clients).order_by("-session__held_on")
    marks: dict[int, list[str]] = {client.pk: [] for client in clients}
    for client, presence in rows.values_list("client", "presence"):
        marks[client].append(presence)
    return marks


def _absent_in_a_row(marks: list[str]) -> int:
    """How many of the latest times the client was absent without a word."""
    return next((number for number, mark in enumerate(marks) if mark != ABSENT), len(marks))
