"""What was done and what was shown: rows that are only ever added.

No foreign keys, so that nothing the log speaks of can be held back, changed or deleted because of it.
"""

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from soskuntoutus import clock


def append_only() -> list[pgtrigger.Trigger]:
    """The database itself refuses to change, remove or empty the log."""
    return [
        pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        pgtrigger.Trigger(
            name="never_emptied",
            level=pgtrigger.Statement,
            when=pgtrigger.Before,
            operation=pgtrigger.Truncate,
            func="RAISE EXCEPTION 'The log is never emptied.';",
        ),
    ]


class Event(models.Model):
    """One deed, or one refused attempt: who, what, to which record, about which client."""

    at = models.DateTimeField(_("at"), default=clock.real_now)
    actor = models.UUIDField(_("actor"), null=True)
    verb = models.CharField(_("deed"), max_length=100)
    subject = models.CharField(_("record"), max_length=200)
    client = models.UUIDField(_("client"), null=True)
    request = models.UUIDField(_("request"), null=True)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["client", "-at"], name="event_client"),
            models.Index(fields=["actor", "-at"], name="event_actor"),
            models.Index(fields=["-at"], name="event_at"),
            models.Index(fields=["-at"], condition=models.Q(verb="refused"), name="event_refused"),
        ]
        triggers = append_only()

    def __str__(self):
        return f"{self.verb} {self.subject}"


class Shown(models.Model):
    """One client shown to one user in one request: by which relation and for what (703/2023)."""

    at = models.DateTimeField(_("at"), default=clock.real_now)
    actor = models.UUIDField(_("actor"))
    client = models.UUIDField(_("client"))
    relation = models.CharField(_("relation"), max_length=20)
    purpose = models.CharField(_("purpose"), max_length=100)
    request = models.UUIDField(_("request"))

    class Meta:
        verbose_name = _("use of client data")
        verbose_name_plural = _("use log")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["request", "client"],
                name="shown_once_per_request_and_client",
                violation_error_message=_("One request shows a client once."),
            )
        ]
        indexes = [
            models.Index(fields=["client", "-at"], name="shown_client"),
            models.Index(fields=["actor", "-at"], name="shown_actor"),
            models.Index(fields=["at", "actor", "client"], name="shown_at"),
            models.Index(fields=["relation", "-at"], name="shown_relation"),
        ]
        triggers = append_only()

    def __str__(self):
        return f"{self.purpose} ({self.relation})"
