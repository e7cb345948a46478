"""Writing the log: deeds, disclosures and refusals."""

from collections.abc import Iterable
from uuid import UUID, uuid4

from django.db import models

from soskuntoutus.audit.context import current_request
from soskuntoutus.audit.models import Event, Shown


def record(by, verb: str, subject: models.Model | str) -> Event:
    """Put one deed on record, in the transaction of the deed."""
    return Event.objects.create(
        actor=getattr(by, "uuid", None),
        verb=verb,
        subject=subject if isinstance(subject, str) else name_of(subject),
        client=client_of(subject),
        request=current_request(),
    )


def show(user, clients: Iterable[tuple[UUID, str]], *, purpose: str) -> None:
    """Put on record that these clients are shown: (client, relation) pairs, one row each per request."""
    request = current_request() or uuid4()
    rows = [
        Shown(actor=user.uuid, client=client, relation=relation, purpose=purpose, request=request)
        for client, relation in clients
    ]
    Shown.objects.bulk_create(rows, ignore_conflicts=True)


def name_of(subject: models.Model) -> str:
    """How the log names a record: its kind and its identifier, never its content."""
    return f"{subject._meta.label}:{getattr(subject, 'uuid', subject.pk)}"


def client_of(subject: models.Model | str) -> UUID | None:
    """The client a record is about, if it is about one."""
    if isinstance(subject, str):
        return None
    if subject._meta.label == "clients.Client":
        return subject.uuid
    client = getattr(subject, "client", None)
    return client.uuid if client is not None else None
