from datetime import date
from uuid import UUID, uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clients.access import Purpose
from clients.models import Relation
from soskuntoutus import clock
from soskuntoutus.audit.models import append_only
from soskuntoutus.audit.transition import transition
from soskuntoutus.organisation.models import User
from soskuntoutus.organisation.roles import Permission


class LogSearch(models.Model):
    """One search of the log: who asked, for which reason and what, so that the watcher is watched too.

    Like the log itself it holds identifiers, not relations, and is only ever added to.
    """

    class Kind(models.TextChoices):
        ALL = "", pgettext_lazy("log", "Everything")
        SHOWN = "shown", _("Viewings")
        DEEDS = "deeds", _("Deeds")
        REFUSED = "refused", _("Refused attempts")

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    at = models.DateTimeField(_("at"), default=clock.real_now)
    actor = models.UUIDField(_("who searched"))
    reason = models.TextField(_("reason"))
    first_day = models.DateField(_("from"))
    last_day = models.DateField(pgettext_lazy("model", "to"))
    person = models.UUIDField(_("professional"), null=True, blank=True)
    about = models.UUIDField(_("client"), null=True, blank=True)
    kind = models.CharField(_("what"), max_length=10, choices=Kind, blank=True)
    relation = models.CharField(_("relation"), max_length=20, choices=Relation, blank=True)
    purpose = models.CharField(_("purpose"), max_length=20, choices=Purpose, blank=True)

    class Meta:
        verbose_name = _("search of the log")
        verbose_name_plural = _("searches of the log")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(reason__regex=r"\S.{8,}\S"),
                name="log_search_says_why",
                violation_error_code="reason",
                violation_error_message=_("Write why you search the log: ten characters at least."),
            ),
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")),
                name="log_search_days_in_order",
                violation_error_message=_("The last day cannot be before the first."),
            ),
        ]
        indexes = [models.Index(fields=["actor", "-at"], name="log_search_actor")]
        triggers = append_only()

    def __str__(self):
        return f"{self.first_day}–{self.last_day}"

    @classmethod
    @transition(Permission.READ_LOG)
    def make(
        cls,
        *,
        reason: str,
        first_day: date,
        last_day: date,
        person: UUID | None = None,
        about: UUID | None = None,
        kind: str = "",
        relation: str = "",
        purpose: str = "",
        by: User,
    ) -> "LogSearch":
        """Search the log for a stated reason; the reason and what was asked stay on record (703/2023)."""
        row = cls(actor=by.uuid, reason=reason, first_day=first_day, last_day=last_day)
        row.person, row.about, row.kind, row.relation, row.purpose = person, about, kind, relation, purpose
        row.full_clean()
        row.save()
        return row
