from django.db import models
from django.utils.translation import gettext_lazy as _

from clients.models import Client
from groups.models.group import Session


class Attendance(models.Model):
    """One client at one session: only this row goes into the client's own record."""

    class Presence(models.TextChoices):
        PRESENT = "present", _("present")
        TOLD = "told", _("told in advance")
        ABSENT = "absent", _("did not come")

    session = models.ForeignKey(Session, models.PROTECT, related_name="attendances")
    client = models.ForeignKey(Client, models.PROTECT, related_name="attendances")
    presence = models.CharField(_("presence"), max_length=8, choices=Presence)
    words = models.TextField(_("own line"), blank=True)

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendances")
        ordering = ["session", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "client"],
                name="attendance_once",
                violation_error_message=_("Each participant is marked once."),
            )
        ]

    def __str__(self):
        return self.get_presence_display()
