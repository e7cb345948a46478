import json
from collections.abc import Iterator
from dataclasses import asdict, replace
from uuid import uuid4

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from soskuntoutus import clock
from soskuntoutus.secrets import decrypt, encrypt
from soskuntoutus.ui.places import Place, Writer

Typed = dict[str, list[str]]
"""What was typed, by the name of the control; an empty list where everything was unticked."""


REMINDER = 80


def words_of(typed: Typed) -> Iterator[str]:
    """What was written in words; ticks, days and codes have no space in them."""
    for values in typed.values():
        yield from (value for value in values if len(value.split()) > 1)


class DraftQuerySet(models.QuerySet):
    def of(self, user) -> "DraftQuerySet":
        """The user's own. Nobody sees another's, and there is no other way to any."""
        return self.filter(owner=user.uuid)

    def at(self, place: Place) -> "DraftQuerySet":
        """The one draft of a place, if there is one."""
        return self.filter(**asdict(place.key))


class Draft(models.Model):
    """What a user has changed on a form and not saved: their own, encrypted, and gone when the form is saved.

    The owner is an identifier, not a relation: people stand higher in the house than pages do.
    """

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    owner = models.UUIDField(_("owner"))
    form = models.CharField(_("page"), max_length=60)
    subject = models.CharField(_("about"), max_length=120, blank=True)
    nonce = models.CharField(_("which of them"), max_length=32)
    query = models.CharField(_("what the page was asked"), max_length=200, blank=True)
    basis = models.CharField(_("what the form began with"), max_length=64, blank=True)
    cipher = models.TextField(_("text"))
    version = models.PositiveIntegerField(_("version"), default=0)
    writer = models.UUIDField(_("the open page that wrote it"))
    count = models.PositiveIntegerField(_("which saving of that page"), default=0)
    saved_at = models.DateTimeField(_("kept at"))

    objects = DraftQuerySet.as_manager()

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")
        ordering = ["-saved_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "form", "subject", "nonce"],
                name="draft_one_per_place",
                violation_error_message=_("This form already has a draft. Go on with it."),
            )
        ]

    def __str__(self):
        return self.form

    @property
    def place(self) -> Place:
        """Where it was typed."""
        return Place(str(self.owner), self.form, self.subject, self.nonce, self.query)

    @property
    def typed(self) -> Typed:
        """What was typed, readable."""
        return json.loads(decrypt(self.cipher))

    @property
    def reminder(self) -> str:
        """The first words, by which the user knows it again."""
        return next(words_of(self.typed), "")[:REMINDER]

    @classmethod
    @transaction.atomic
    def keep(
        cls, place: Place, typed: Typed, *, writer: Writer, basis: str = ""
    ) -> tuple["Draft", "Draft | None"]:
        """Keep what was typed over what was kept before; never over what another page has kept meanwhile.

        Returns the draft that now holds it, and the other one, if another open page has written at the same
        place: then both stay, and the user says which holds.
        """
        draft, other = cls._own(place, writer)
        if draft.pk and draft.writer == writer.uuid and writer.count <= draft.count:
            return draft, other  # an older saving that comes late, or the same one twice
        kept = draft.typed if draft.cipher else {}
        draft.cipher = encrypt(json.dumps({**kept, **typed}))
        draft.basis, draft.query = basis, place.query
        draft.writer, draft.count = writer.uuid, writer.count
        draft.version, draft.saved_at = draft.version + 1, clock.now()
        draft.save()
        return draft, other

    @classmethod
    def _own(cls, place: Place, writer: Writer) -> tuple["Draft", "Draft | None"]:
        begun = {"cipher": "", "version": 0, "writer": writer.uuid, "saved_at": clock.now()}
        row, made = cls.objects.select_for_update().get_or_create(**asdict(place.key), defaults=begun)
        if made or row.writer == writer.uuid or row.version == writer.version:
            return row, None
        return cls(**asdict(place.afresh().key), **{**begun, "cipher": row.cipher}), row

    def settle(self, nonce: str, version: int) -> "Draft | None":
        """The user has compared the two: this one holds, and takes the place of the other.

        Returns the other if it has been written on since: then there is more to compare.
        """
        with transaction.atomic():
            there = replace(self.place, nonce=nonce)
            other = Draft.objects.select_for_update().exclude(pk=self.pk).at(there).first()
            if other is not None and other.version != version:
                return other
            if other is not None:
                other.delete()
                self.nonce, self.version = nonce, max(self.version, version) + 1
                self.save()
            return None
