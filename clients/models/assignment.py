from datetime import date, timedelta
from uuid import uuid4

import pghistory
from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from clients.models.client import Client
from soskuntoutus import clock
from soskuntoutus.organisation.models import Unit, User, Value
from soskuntoutus.ranges import SameNumber, last_day, no_overlap, span


class AssignmentQuerySet(models.QuerySet):
    def _held(self) -> "AssignmentQuerySet":
        """Without reservations that lapsed or were released: they give neither work nor sight."""
        lapsed = Q(confirmed_at=None, reserved_until__lt=clock.today())
        return self.filter(released_at=None).exclude(lapsed)

    def in_sight(self) -> "AssignmentQuerySet":
        """The rows by which a worker sees a client today."""
        return self._held().filter(sight__contains=clock.today())

    def in_force(self) -> "AssignmentQuerySet":
        """The rows by which someone works with a client today."""
        return self._held().filter(during__contains=clock.today())

    def open(self) -> "AssignmentQuerySet":
        """The rows that hold today or later."""
        return self._held().filter(Q(during__endswith__gt=clock.today()) | Q(during__endswith=None))

    def slots(self) -> "AssignmentQuerySet":
        """The rows that take a worker's slot, reserved ones included."""
        return self._held().exclude(slot=None)

    def hand_over(self, last: date) -> None:
        """Let these rows end with this day; one that begins only after it is given up altogether."""
        for row in self:
            if row.during.lower > last:
                row.release()
            else:
                row.end(last)


@pghistory.track()
class Assignment(models.Model):
    """Who works with the client, in which part, from when to when. One row is both the slot and the sight."""

    class Part(models.TextChoices):
        HANDLER = "handler", _("handles the matter")
        OWN_WORKER = "own_worker", _("own worker")
        RESPONSIBLE = "responsible", _("responsible for the rehabilitation")
        PAIR = "pair", _("works as a pair")
        TEAM = "team", _("team member")
        SUBSTITUTE = "substitute", _("substitute")

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    client = models.ForeignKey(Client, models.PROTECT, related_name="assignments", verbose_name=_("client"))
    worker = models.ForeignKey(User, models.PROTECT, related_name="assignments", verbose_name=_("worker"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="assignments", verbose_name=_("unit"))
    part = models.CharField(_("part"), max_length=12, choices=Part)
    during = DateRangeField(_("from–to"))
    sight = DateRangeField(_("sees the file"))
    slot = models.PositiveSmallIntegerField(_("slot"), null=True, blank=True)
    slots_allowed = models.PositiveSmallIntegerField(_("slots allowed"), null=True, blank=True)
    reserved_until = models.DateField(_("reserved until"), null=True, blank=True)
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)
    released_at = models.DateTimeField(_("released at"), null=True, blank=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        ordering = ["during", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(during__isempty=False, sight__isempty=False),
                name="assignment_lasts_a_day",
                violation_error_message=_("The last day cannot be before the first."),
            ),
            models.CheckConstraint(
                condition=Q(sight__contains=F("during")),
                name="assignment_sees_while_it_lasts",
                violation_error_message=_("Who works with a client must see the file for as long."),
            ),
            models.CheckConstraint(
                condition=Q(part="responsible", slot__isnull=False, slots_allowed__isnull=False)
                | (~Q(part="responsible") & Q(slot=None, slots_allowed=None)),
                name="assignment_responsible_takes_a_slot",
                violation_error_message=_(
                    "Who is responsible for a rehabilitation takes a slot for it, and nobody else does."
                ),
            ),
            models.CheckConstraint(
                condition=Q(slot=None) | Q(slot__gte=1, slot__lte=F("slots_allowed")),
                name="assignment_slot_within_the_allowed",
                violation_error_message=_("The worker has no more slots."),
            ),
            models.CheckConstraint(
                condition=Q(slot=None) | Q(during__upper_inf=False),
                name="assignment_slot_has_an_end",
                violation_error_message=_("A slot is always taken until a given day."),
            ),
            models.CheckConstraint(
                condition=Q(slot=None) | Q(reserved_until__isnull=False) | Q(confirmed_at__isnull=False),
                name="assignment_slot_reserved_or_confirmed",
                violation_error_message=_(
                    "A slot is either reserved until a day or confirmed by a decision."
                ),
            ),
            no_overlap(
                "assignment_one_client_per_worker",
                SameNumber("worker"),
                SameNumber("slot"),
                condition=Q(slot__isnull=False, released_at=None),
                message=_(
                    "The worker already has a client at that time. Choose another first day or another worker."
                ),
            ),
            no_overlap(
                "assignment_one_responsible",
                SameNumber("client"),
                condition=Q(part="responsible", released_at=None),
                message=_("The client already has a responsible worker at that time."),
            ),
            no_overlap(
                "assignment_one_own_worker",
                SameNumber("client"),
                condition=Q(part="own_worker", released_at=None),
                message=_("The client already has an own worker at that time."),
            ),
        ]
        indexes = [
            models.Index(fields=["worker", "client"], name="assignment_worker_client"),
            models.Index(fields=["unit", "client"], name="assignment_unit_client"),
        ]

    def __str__(self):
        return f"{self.get_part_display()} {self.during.lower}"

    @property
    def last_day(self) -> date | None:
        """The last day of the work, or None until further notice."""
        return last_day(self.during)

    def end(self, last: date) -> None:
        """Let the work end with this day; a row that has not begun gives up its first day only."""
        last = max(last, self.during.lower)
        sight_last = last + timedelta(days=Value.of(Value.Key.HANDOVER_DAYS))
        self.during = span(self.during.lower, last)
        self.sight = span(self.sight.lower, sight_last)
        self.full_clean()
        self.save()

    def release(self) -> None:
        """Give up a reservation that nothing was decided on."""
        self.released_at = clock.now()
        self.full_clean()
        self.save()
