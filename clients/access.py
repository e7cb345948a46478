"""The door: the only way to one client's pages. Who is let in leaves a mark; who is not finds nothing."""

from collections.abc import Iterable
from uuid import UUID

from django.db import models
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from clients.models import Client, Document, Matter, Relation
from clients.models.sight import CONTACT, ENCLOSED, FILE
from soskuntoutus.audit.record import show


class Purpose(models.TextChoices):
    """For what protected contact details are opened (domain.md 5.5); stands on the row of the use log."""

    CLIENT_WORK = "client_work", _("Work with the client")
    DECISION = "decision", _("Preparing a decision")
    LEADING = "leading", _("Leading the work")
    SUBSTITUTE = "substitute", _("Standing in for another worker")
    REQUEST = "request", _("The client's own request")
    EMERGENCY = "emergency", _("Danger to life or health")


def open_client(
    request: HttpRequest, uuid: UUID, *, by: tuple[Relation, ...] = FILE, purpose: str = ""
) -> Client:
    """One client whose whole file the user may read; 404 for everyone else, as if there were none."""
    clients = Client.objects.visible_to(request.user, by).with_relation(request.user, by)
    client = get_object_or_404(clients.select_related("contact_details"), uuid=uuid)
    shown(request, [client], purpose=purpose)
    return client


def open_matter(request: HttpRequest, uuid: UUID, *, purpose: str = "") -> Matter:
    """One matter: the contact and who it is about, for those who handle it."""
    matters = Matter.objects.visible_to(request.user).select_related("unit", "client")
    matter = get_object_or_404(matters, uuid=uuid)
    matter.client = open_client(request, matter.client.uuid, by=CONTACT, purpose=purpose)
    return matter


def open_document(request: HttpRequest, uuid: UUID) -> Document:
    """One paper: of a file the user may read, or enclosed in a referral the user handles."""
    documents = Document.objects.visible_to(request.user).select_related("matter", "signed_by")
    document = get_object_or_404(documents, uuid=uuid)
    document.client = open_client(request, document.client.uuid, by=ENCLOSED)
    return document


def shown(request: HttpRequest, clients: Iterable[Client], *, purpose: str = "") -> None:
    """Put on record that these clients, read with their relation, stand on the page; for what, if asked."""
    page = request.resolver_match.view_name
    purpose = f"{page}:{purpose}" if purpose else page
    show(request.user, [(client.uuid, client.relation) for client in clients], purpose=purpose)
