from datetime import timedelta

from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clients.models import Client
from plans.models.rehabilitation import Rehabilitation
from soskuntoutus import clock
from soskuntoutus.ranges import SameNumber, no_overlap, span


class Interruption(models.Model):
    """A pause in the rehabilitation; whether it stops the year is the organiser's value (domain.md 4.3)."""

    class Reason(models.TextChoices):
        ILLNESS = "illness", _("illness")
        INSTITUTION = "institution", _("institutional care")
        PRISON = "prison", _("imprisonment")
        TRAVEL = "travel", _("travel")
        NOT_REACHED = "not_reached", _("the client is not reached")
        OWN_WISH = "own_wish", _("the client's own wish")
        CLOSED = "closed", _("the unit is closed")

    rehabilitation = models.ForeignKey(Rehabilitation, models.PROTECT, related_name="interruptions")
    during = DateRangeField(_("from–to"))
    reason = models.CharField(_("reason"), max_length=12, choices=Reason)

    class Meta:
        verbose_name = _("interruption")
        verbose_name_plural = _("interruptions")
        ordering = ["during"]
        constraints = [
            no_overlap(
                "interruption_one_at_a_time",
                SameNumber("rehabilitation"),
                message=_("The service is already interrupted at that time."),
            )
        ]

    def __str__(self):
        return self.get_reason_display()


class WorkForm(models.Model):
    """How the work is done and how often people meet, for a range of days (HEL-9, HEL-12)."""

    class Form(models.TextChoices):
        INDIVIDUAL = "individual", _("individual work")
        GROUP = "group", _("group activity")
        OVERLAP = "overlap", _("individual work and group side by side")
        ALTERNATE = "alternate", _("individual work and group in turns")

    rehabilitation = models.ForeignKey(Rehabilitation, models.PROTECT, related_name="work_forms")
    form = models.CharField(_("work form"), max_length=10, choices=Form)
    every_days = models.PositiveSmallIntegerField(_("days between meetings"))
    during = DateRangeField(_("from–to"))

    class Meta:
        verbose_name = _("work form")
        verbose_name_plural = _("work forms")
        ordering = ["during"]
        constraints = [
            models.CheckConstraint(
                condition=Q(every_days__gte=1, every_days__lte=31),
                name="work_form_meets_monthly",
                violation_error_message=_("Meetings are 1–31 days apart."),
            ),
            no_overlap(
                "work_form_one_at_a_time",
                SameNumber("rehabilitation"),
                message=_("Another work form has been agreed for a part of that time."),
            ),
        ]

    def __str__(self):
        return self.get_form_display()

    @property
    def client(self) -> Client:
        """The client whose work form this is."""
        return self.rehabilitation.client

    @classmethod
    def agree(cls, rehabilitation: Rehabilitation, *, form: str, every_days: int) -> "WorkForm":
        """From today, or from the first day if that is later, until something else is agreed."""
        first = max(rehabilitation.anchor, clock.today())
        for earlier in rehabilitation.work_forms.filter(during__contains=first):
            if earlier.during.lower == first:
                earlier.form, earlier.every_days = form, every_days
                earlier.full_clean()
                earlier.save()
                return earlier
            earlier.during = span(earlier.during.lower, first - timedelta(days=1))
            earlier.save()
        row = cls(rehabilitation=rehabilitation, form=form, every_days=every_days, during=span(first))
        row.full_clean()
        row.save()
        return row
