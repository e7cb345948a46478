from datetime import date, datetime
from uuid import uuid4

import pghistory
import pgtrigger
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from clients.models import Assignment, Client, Matter
from plans.models.goal import Goal
from plans.models.rehabilitation import Rehabilitation
from soskuntoutus import clock
from soskuntoutus.audit.transition import transition
from soskuntoutus.organisation.models import User
from soskuntoutus.organisation.roles import Permission


class VisitQuerySet(models.QuerySet):
    def held(self) -> "VisitQuerySet":
        """Those at which the client was met."""
        return self.exclude(held_at=None)

    def planned(self) -> "VisitQuerySet":
        """Agreed, and neither held, cancelled nor missed."""
        return self.filter(held_at=None, cancelled_by="", missed=False)

    def missed_in_a_row(self) -> int:
        """How many of a client's latest meetings were missed; a cancellation does not count."""
        settled = self.exclude(locked_at=None).filter(cancelled_by="")
        newest_first = settled.order_by(Coalesce("held_at", "planned_at").desc()).values_list(
            "missed", flat=True
        )
        return next((number for number, missed in enumerate(newest_first) if not missed), len(newest_first))


@pghistory.track()
class Visit(models.Model):
    """Any meeting or call with the client: agreed, held, cancelled or missed (19005, 19006)."""

    class Mode(models.TextChoices):
        MEETING = "meeting", _("meeting")
        NEGOTIATION = "negotiation", _("meeting with others")
        CALL = "call", _("call")
        REMOTE = "remote", _("remote meeting")

    class Place(models.TextChoices):
        HOME = "home", _("home")
        OUTSIDE = "outside", _("outside the home")
        OFFICE = "office", _("office")
        PHONE = "phone", _("phone")
        ONLINE = "online", _("online")
        OTHER = "other", _("other place")

    class Side(models.TextChoices):
        CLIENT = "client", _("the client")
        US = "us", _("we")

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    client = models.ForeignKey(Client, models.PROTECT, related_name="visits")
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="visits")
    rehabilitation = models.ForeignKey(
        Rehabilitation, models.PROTECT, null=True, blank=True, related_name="visits"
    )
    worker = models.ForeignKey(User, models.PROTECT, related_name="visits")
    mode = models.CharField(_("kind"), max_length=12, choices=Mode)
    place = models.CharField(_("where"), max_length=10, choices=Place)
    participants = models.CharField(_("others present"), max_length=200, blank=True)
    planned_at = models.DateTimeField(_("agreed for"), null=True, blank=True)
    held_at = models.DateTimeField(_("began at"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    cancelled_by = models.CharField(_("cancelled by"), max_length=6, choices=Side, blank=True)
    missed = models.BooleanField(_("the client did not come"), default=False)
    words = models.TextField(_("what was done and agreed"), blank=True)
    client_words = models.TextField(_("in the client's own words"), blank=True)
    together = models.BooleanField(_("written down together"), default=False)
    goals = models.ManyToManyField(Goal, blank=True, related_name="visits", verbose_name=_("goals furthered"))
    locked_at = models.DateTimeField(_("completed at"), null=True, blank=True)

    objects = VisitQuerySet.as_manager()

    class Meta:
        verbose_name = _("visit")
        verbose_name_plural = _("visits")
        ordering = ["-held_at", "-planned_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(held_at=None) | Q(cancelled_by="", missed=False),
                name="visit_held_or_not",
                violation_error_message=_("A visit was held, cancelled or missed, not two of these."),
            ),
            models.CheckConstraint(
                condition=Q(cancelled_by="") | Q(missed=False),
                name="visit_cancelled_or_missed",
                violation_error_message=_("A visit was cancelled or missed, not both."),
            ),
            models.CheckConstraint(
                condition=Q(planned_at__isnull=False) | Q(held_at__isnull=False),
                name="visit_has_a_time",
                violation_error_message=_("Give the day and the time."),
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(held_at__isnull=False, ended_at__gt=F("held_at")),
                name="visit_ends_after_it_begins",
                violation_error_message=_("Give an end that is later than the beginning."),
            ),
            models.CheckConstraint(
                condition=Q(locked_at=None) | Q(held_at__isnull=False) | Q(missed=True) | ~Q(cancelled_by=""),
                name="visit_completed_when_something_happened",
                violation_error_message=_(
                    "Only a visit that was held, cancelled or missed can be completed."
                ),
            ),
        ]
        indexes = [
            models.Index(fields=["client", "-held_at"], name="visit_client_held"),
            models.Index(fields=["worker", "planned_at"], name="visit_worker_planned"),
        ]
        triggers = [
            pgtrigger.Protect(
                name="completed_visit_never_changes",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__locked_at__isnull=False),
            ),
            pgtrigger.Protect(name="visit_is_never_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self):
        return self.get_mode_display()

    def clean(self):
        if self.matter.client_id != self.client_id:
            raise ValidationError(_("The matter is another client's."), code="matter")

    @property
    def at(self) -> datetime:
        """When it was held, or else agreed for."""
        return self.held_at or self.planned_at

    @classmethod
    @transition(Permission.REHABILITATE)
    def plan(
        cls,
        *,
        client: Client,
        matter: Matter,
        mode: str,
        place: str,
        planned_at: datetime,
        participants: str = "",
        by: User,
    ) -> "Visit":
        """Agree on a time with the client."""
        client.refuse_unassigned(by)
        if planned_at < clock.now():
            raise ValidationError(
                {"planned_at": _("The time has passed. Choose a time that is still to come.")}
            )
        visit = cls(client=client, matter=matter, mode=mode, place=place, planned_at=planned_at, worker=by)
        visit.participants = participants
        visit._keep()
        return visit

    @classmethod
    @transition(Permission.REHABILITATE)
    def record(cls, *, client: Client, matter: Matter, by: User, **facts) -> "Visit":
        """Write down a visit that had not been agreed on beforehand."""
        client.refuse_unassigned(by)
        visit = cls(client=client, matter=matter, worker=by)
        visit._hold(**facts)
        return visit

    @classmethod
    @transition(Permission.REHABILITATE)
    def record_unmet(
        cls,
        *,
        client: Client,
        matter: Matter,
        mode: str,
        place: str,
        planned_at: datetime,
        side: str = "",
        words: str = "",
        participants: str = "",
        by: User,
    ) -> "Visit":
        """Write down a meeting that fell through and was not in the calendar; no side: did not come."""
        client.refuse_unassigned(by)
        visit = cls(client=client, matter=matter, mode=mode, place=place, planned_at=planned_at)
        visit.participants = participants
        visit._fall_through(side=side, words=words, by=by)
        return visit

    @transition(Permission.REHABILITATE)
    def hold(self, *, by: User, **facts) -> "Visit":
        """Write down a visit that was held; the note is complete and locked (later words are addenda)."""
        self.client.refuse_unassigned(by)
        self._refuse_locked()
        self.worker = by
        self._hold(**facts)
        return self

    @transition(Permission.REHABILITATE)
    def miss(self, *, words: str = "", by: User) -> "Visit":
        """The client did not come (19006, Y30): the rhythm counts on, nothing ends by it (SOSKU-3)."""
        self.client.refuse_unassigned(by)
        self._refuse_locked()
        self._fall_through(side="", words=words, by=by)
        return self

    @transition(Permission.REHABILITATE)
    def cancel(self, *, side: str, words: str = "", by: User) -> "Visit":
        """The visit was cancelled by the client or by us (19006, Y30 or Y32)."""
        self.client.refuse_unassigned(by)
        self._refuse_locked()
        self._fall_through(side=side, words=words, by=by)
        return self

    @transition(Permission.REHABILITATE)
    def add(self, *, words: str, by: User) -> "Addendum":
        """Add dated words to a completed note."""
        self.client.refuse_unassigned(by)
        if not self.locked_at:
            raise ValidationError(_("The note is not complete yet: write in the note itself."), code="open")
        addendum = Addendum(visit=self, author=by, words=words)
        addendum.full_clean()
        addendum.save()
        return addendum

    def _hold(
        self,
        *,
        mode,
        place,
        held_at,
        ended_at,
        words,
        client_words="",
        together=False,
        goals=(),
        participants="",
    ) -> None:
        self._refuse_future(held_at)
        if any(goal.rehabilitation.client_id != self.client_id for goal in goals):
            raise ValidationError({"goals": ValidationError(_("The goal is another client's."), code="goal")})
        self._attach(mode, clock.day_of(held_at), goals)
        self.mode, self.place, self.held_at, self.ended_at = mode, place, held_at, ended_at
        self.words, self.client_words, self.together = words, client_words, together
        self.participants = participants
        self._keep()
        self.goals.set(goals)
        self.locked_at = clock.now()
        self._keep()

    def _fall_through(self, *, side: str, words: str, by: User) -> None:
        if not side:
            self._refuse_future(self.planned_at)
        self.missed, self.cancelled_by, self.words = not side, side, words
        self.worker, self.locked_at = by, clock.now()
        self._keep()

    def _keep(self) -> None:
        self.full_clean()
        self.save()

    def _refuse_locked(self) -> None:
        if self.locked_at:
            raise ValidationError(_("A completed note does not change. Add to it instead."), code="locked")

    @staticmethod
    def _refuse_future(moment: datetime) -> None:
        if moment > clock.now():
            raise ValidationError({"held_at": _("The visit has not begun yet. Check the day and the time.")})

    def _attach(self, mode: str, day: date, goals) -> None:
        """A visit belongs to the rehabilitation that runs on the day, if it is that rehabilitation's work."""
        running = Q(ended_on=None) | Q(ended_on__gte=day)
        self.rehabilitation = self.client.rehabilitations.filter(running, started_on__lte=day).first()
        if mode == self.Mode.NEGOTIATION:
            return
        if not goals and (self.rehabilitation is None or not self._carries_out(day)):
            self.rehabilitation = None
        elif self.rehabilitation is None or not self.rehabilitation.periods.covering(day).exists():
            sentence = _(
                "No decision is in force on that day. Check it, or sign a decision to continue first."
            )
            raise ValidationError({"held_at": ValidationError(sentence, code="validity")})

    def _carries_out(self, day: date) -> bool:
        """Whether the worker has a part in the rehabilitation, not only in the clientship."""
        ordinary = (Assignment.Part.OWN_WORKER, Assignment.Part.HANDLER)
        rows = self.client.assignments.filter(worker=self.worker, sight__contains=day)
        return rows.exclude(part__in=ordinary).exists()


class Addendum(models.Model):
    """Dated words added to a completed visit note."""

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="addenda")
    author = models.ForeignKey(User, models.PROTECT, related_name="addenda")
    at = models.DateTimeField(_("added at"), default=clock.now)
    words = models.TextField(_("addition"))

    class Meta:
        verbose_name = _("addendum")
        verbose_name_plural = _("addenda")
        ordering = ["at", "pk"]
        triggers = [
            pgtrigger.Protect(name="addendum_never_changes", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self):
        return f"{self.at:%Y-%m-%d}"

    @property
    def client(self) -> Client:
        """The client whose note was added to."""
        return self.visit.client
