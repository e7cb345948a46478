import hashlib
import json
from collections.abc import Iterable
from functools import reduce
from operator import or_
from uuid import uuid4

import pgtrigger
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clients import schemas
from clients.models.client import Client
from clients.models.matter import Matter
from clients.models.sight import FILE, Relation
from soskuntoutus import clock
from soskuntoutus.audit.transition import transition
from soskuntoutus.organisation.models import DelegationRule, User
from soskuntoutus.organisation.roles import Permission

FROZEN = (
    "client",
    "matter",
    "kind",
    "subject",
    "version",
    "content",
    "language",
    "signed_at",
    "signed_by",
    "rule",
    "sha256",
    "replaces",
)


ENCLOSED_KINDS = ("referral", "assessment", "client_plan")


def _changes(fields: Iterable[str]) -> pgtrigger.Q:
    """Any of these columns gets another value."""
    return reduce(or_, (pgtrigger.Q(**{f"old__{name}__df": pgtrigger.F(f"new__{name}")}) for name in fields))


class DocumentQuerySet(models.QuerySet):
    def visible_to(self, user) -> "DocumentQuerySet":
        """The papers of the files the user may read, and what a referral to the user's unit encloses."""
        files = Client.objects.visible_to(user, FILE)
        referred = Client.objects.visible_to(user, (Relation.REFERRAL,))
        enclosed = Q(client__in=referred, kind__in=ENCLOSED_KINDS, signed_at__isnull=False, replaced_at=None)
        return self.filter(Q(client__in=files) | enclosed)

    def signed(self) -> "DocumentQuerySet":
        """Signed papers, replaced ones included."""
        return self.exclude(signed_at=None)

    def drafts(self) -> "DocumentQuerySet":
        """Papers still being written."""
        return self.filter(signed_at=None)

    def in_force(self, kind: str) -> "DocumentQuerySet":
        """The signed paper of a kind that nothing has replaced."""
        return self.signed().filter(kind=kind, replaced_at=None)


class Document(models.Model):
    """Anything that is signed: a draft, then signed, then replaced by a new version; signed ones stay."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    client = models.ForeignKey(Client, models.PROTECT, related_name="documents")
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="documents")
    kind = models.CharField(_("kind of paper"), max_length=20)
    subject = models.CharField(_("about"), max_length=60, blank=True)
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    content = models.JSONField(_("content"), default=dict, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=Client.Language)
    created_at = models.DateTimeField(_("begun at"), default=clock.now)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="documents_begun")
    seen_by_client_at = models.DateTimeField(_("seen by the client at"), null=True, blank=True)
    signed_at = models.DateTimeField(_("signed at"), null=True, blank=True)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="documents_signed"
    )
    rule = models.ForeignKey(DelegationRule, models.PROTECT, null=True, blank=True, related_name="documents")
    sha256 = models.CharField(_("checksum"), max_length=64, blank=True)
    replaces = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="replaced_by")
    replaced_at = models.DateTimeField(_("replaced at"), null=True, blank=True)
    handed_over_at = models.DateTimeField(_("handed over to the main system at"), null=True, blank=True)
    reference = models.CharField(_("reference in the main system"), max_length=100, blank=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("paper")
        verbose_name_plural = _("papers")
        ordering = ["-signed_at", "-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(signed_at=None, signed_by=None, sha256="")
                | (Q(signed_at__isnull=False, signed_by__isnull=False) & ~Q(sha256="")),
                name="document_signed_in_full",
                violation_error_message=_(
                    "A paper is signed by someone, at a time, with its checksum, or not at all."
                ),
            ),
            models.CheckConstraint(
                condition=Q(replaced_at=None) | Q(signed_at__isnull=False),
                name="document_replaced_after_signing",
                violation_error_message=_("Only a signed paper can be replaced."),
            ),
            models.UniqueConstraint(
                fields=["matter", "kind", "subject"],
                condition=Q(signed_at__isnull=False, replaced_at=None),
                name="document_one_in_force",
                violation_error_message=_(
                    "There is already a signed paper of this kind. Make a new version of it."
                ),
            ),
            models.UniqueConstraint(
                fields=["client"],
                condition=Q(kind="client_plan", signed_at__isnull=False, replaced_at=None),
                name="document_one_client_plan",
                violation_error_message=_("The client has one client plan. Make a new version of it."),
            ),
            models.UniqueConstraint(
                fields=["matter", "kind", "subject"],
                condition=Q(signed_at=None),
                name="document_one_draft",
                violation_error_message=_("A draft of this paper has already been begun. Go on with it."),
            ),
        ]
        indexes = [models.Index(fields=["client", "kind"], name="document_client_kind")]
        triggers = [
            pgtrigger.Protect(
                name="signed_never_changes",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__signed_at__isnull=False) & _changes(FROZEN),
            ),
            pgtrigger.Protect(
                name="signed_never_deleted",
                operation=pgtrigger.Delete,
                condition=pgtrigger.Q(old__signed_at__isnull=False),
            ),
        ]

    def __str__(self):
        return str(self.schema.title)

    @property
    def schema(self) -> schemas.Schema:
        """The schema that draws this paper."""
        return schemas.get(self.kind)

    @property
    def is_signed(self) -> bool:
        """Whether the paper can no longer change."""
        return self.signed_at is not None

    def checksum(self) -> str:
        """SHA-256 over what was signed."""
        body = {
            "kind": self.kind,
            "subject": self.subject,
            "version": self.version,
            "language": self.language,
            "content": self.content,
        }
        text = json.dumps(body, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()

    @transition(Permission.READ_CLIENTS)
    def write(self, *, content: dict, by: User) -> "Document":
        """Keep what has been written so far; nothing is required of a draft."""
        if not by.may(self.schema.permission):
            raise PermissionDenied
        self._refuse_signed()
        if self.schema.by_leaders:
            self.client.refuse_unread(by)
        else:
            self.client.refuse_unassigned(by)
        if content != self.content:
            self.seen_by_client_at = None  # what the client saw is no longer what it says
        self.content = content
        self.full_clean()
        self.save()
        return self

    @transition(Permission.READ_CLIENTS)
    def show_to_client(self, *, by: User) -> "Document":
        """The client has seen the draft and had a say."""
        self._refuse_signed()
        self.client.refuse_unassigned(by)
        self.seen_by_client_at = clock.now()
        self.full_clean()
        self.save()
        return self

    def seal(self, *, by: User, rule: DelegationRule | None = None) -> None:
        """Freeze a complete paper: content, checksum, signer and the delegation rule of the day."""
        self._refuse_signed()
        self.schema.refuse_gaps(self.content)
        previous = self._replaced()
        now = clock.now()
        if previous is not None:
            previous.replaced_at = now
            previous.save(update_fields=["replaced_at"])
            self.replaces, self.version = previous, previous.version + 1
        self.signed_at, self.signed_by, self.rule = now, by, rule
        self.sha256 = self.checksum()
        self.full_clean()
        self.save()

    def _replaced(self) -> "Document | None":
        papers = Document.objects.in_force(self.kind).filter(client=self.client)
        if not self.schema.per_client:
            papers = papers.filter(matter=self.matter, subject=self.subject)
        return papers.first()

    def _refuse_signed(self) -> None:
        if self.is_signed:
            raise ValidationError(
                _("A signed paper does not change. Make a new version of it."), code="signed"
            )
