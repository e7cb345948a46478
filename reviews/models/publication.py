import pgtrigger
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from soskuntoutus import clock


class PublicationQuerySet(models.QuerySet):
    def in_force(self) -> "PublicationQuerySet":
        """The newest version of each month, the newest month first."""
        return self.order_by("-month", "-version").distinct("month")


class Publication(models.Model):
    """The figures of one month as they were published: never rewritten, only corrected by a new version."""

    month = models.DateField(pgettext_lazy("model", "month"))
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    reason = models.CharField(_("reason for the correction"), max_length=200, blank=True)
    published_on = models.DateField(_("published on"), default=clock.today)
    definitions = models.PositiveSmallIntegerField(_("version of the definitions"))

    objects = PublicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("publication of figures")
        verbose_name_plural = _("publications of figures")
        ordering = ["-month", "-version"]
        constraints = [
            models.CheckConstraint(
                condition=Q(month__day=1),
                name="publication_of_a_whole_month",
                violation_error_message=_("A month is named by its first day."),
            ),
            models.CheckConstraint(
                condition=Q(version=1, reason="") | (Q(version__gt=1) & ~Q(reason="")),
                name="publication_corrected_with_a_reason",
                violation_error_message=_(
                    "A published month is corrected by a new version, with its reason."
                ),
            ),
            models.UniqueConstraint(
                fields=["month", "version"],
                name="publication_version_once",
                violation_error_message=_("This version of the month has already been published."),
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="published_month_never_changes", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self):
        return f"{self.month:%Y-%m}/{self.version}"

    def clean(self):
        if self.month and self.published_on < clock.add_months(self.month, 1):
            raise ValidationError({"month": _("A month is published when it is over.")}, code="over")


class Cell(models.Model):
    """One published figure: a count, or a count out of a count; a hidden one is stored nowhere."""

    class Table(models.TextChoices):
        FLOW = "flow", _("Into the service, in it and out of it")
        WAITING = "waiting", _("Waiting for the service, by the age of the matter")

    publication = models.ForeignKey(Publication, models.PROTECT, related_name="cells")
    table = models.CharField(pgettext_lazy("model", "table"), max_length=40, choices=Table)
    row = models.CharField(pgettext_lazy("model", "row"), max_length=80)
    value = models.PositiveIntegerField(_("value"), null=True, blank=True)
    denominator = models.PositiveIntegerField(_("out of"), null=True, blank=True)
    suppressed = models.BooleanField(pgettext_lazy("model", "hidden"), default=False)

    class Meta:
        verbose_name = _("published figure")
        verbose_name_plural = _("published figures")
        ordering = ["table", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(suppressed=True, value=None, denominator=None)
                | Q(suppressed=False, value__isnull=False),
                name="cell_hidden_or_told",
                violation_error_message=_(
                    "A figure is told, or it is hidden and its number is kept nowhere."
                ),
            ),
            models.CheckConstraint(
                condition=Q(value=None) | Q(value__gte=5),
                name="cell_tells_of_five_at_least",
                violation_error_message=_("A figure of fewer than five people is hidden."),
            ),
            models.UniqueConstraint(
                fields=["publication", "table", "row"],
                name="cell_once",
                violation_error_message=_("A figure stands once in a publication."),
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="published_cell_never_changes", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self):
        return f"{self.table}/{self.row}"
