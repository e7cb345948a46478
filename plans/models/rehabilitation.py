from datetime import date, timedelta
from uuid import uuid4

import pghistory
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from clients.models import Assignment, Client, Document, Matter
from plans.models.referral import Referral, has_client_plan
from soskuntoutus import clock
from soskuntoutus.audit.transition import transition
from soskuntoutus.database import lock
from soskuntoutus.organisation.models import User, Value
from soskuntoutus.organisation.roles import Permission
from soskuntoutus.ranges import span

NEWEST_BACKDATING = timedelta(days=7)


class RehabilitationQuerySet(models.QuerySet):
    def open(self) -> "RehabilitationQuerySet":
        """Not ended."""
        return self.filter(ended_on=None)

    def running(self) -> "RehabilitationQuerySet":
        """Started and not ended."""
        return self.open().exclude(started_on=None)


@pghistory.track()
class Rehabilitation(models.Model):
    """One client's social rehabilitation (SHL 17 §): at most a year, in periods of three months."""

    class Provision(models.TextChoices):
        OWN = "own", _("own production")
        PURCHASE = "purchase", _("purchased service")
        VOUCHER = "voucher", _("service voucher")

    class End(models.TextChoices):
        GOALS_MET = "goals_met", _("the goals were met")
        MAX_TIME = "max_time", _("the longest time was reached")
        CLIENT_WISH = "client_wish", _("the client's own wish")
        MOVED = "moved", _("the client moved away")
        OTHER_SERVICE = "other_service", _("another service suits better")
        NO_CONTACT = "no_contact", _("the contact was lost")
        DEATH = "death", _("the client has died")
        NOT_GRANTED = "not_granted", _("the service was not granted")
        OTHER = "other", _("another reason")

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    client = models.ForeignKey(Client, models.PROTECT, related_name="rehabilitations")
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="rehabilitations")
    referral = models.ForeignKey(Referral, models.PROTECT, related_name="rehabilitations")
    anchor = models.DateField(_("first day"))
    provision = models.CharField(_("provided as"), max_length=10, choices=Provision, default=Provision.OWN)
    provider = models.CharField(_("provider"), max_length=120, blank=True)
    started_on = models.DateField(_("started on"), null=True, blank=True)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    end_reason = models.CharField(_("reason for ending"), max_length=15, choices=End, blank=True)

    objects = RehabilitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("rehabilitation")
        verbose_name_plural = _("rehabilitations")
        ordering = ["-anchor", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["client"],
                condition=Q(ended_on=None),
                name="rehabilitation_one_open",
                violation_error_message=_("The client already has a rehabilitation that has not ended."),
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None, end_reason="") | (Q(ended_on__isnull=False) & ~Q(end_reason="")),
                name="rehabilitation_ended_with_a_reason",
                violation_error_message=_("Choose the reason for the end."),
            ),
            models.CheckConstraint(
                condition=Q(started_on=None) | Q(started_on=F("anchor")),
                name="rehabilitation_starts_on_its_first_day",
                violation_error_message=_("The service starts on the first day that was decided."),
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(started_on=None) | Q(ended_on__gte=F("started_on")),
                name="rehabilitation_ends_after_it_starts",
                violation_error_message=_("The service cannot end before it starts."),
            ),
        ]

    def __str__(self):
        return f"rehabilitation {self.anchor}"

    @property
    def current_period(self):
        """The newest period that has been granted."""
        return self.periods.order_by("-number").first()

    @property
    def next_number(self) -> int:
        """The number of the period that would be granted next."""
        return self.periods.count() + 1

    @property
    def slot(self) -> Assignment | None:
        """The newest row by which somebody is, was or will be responsible."""
        return (
            self.client.assignments.filter(part="responsible", released_at=None)
            .order_by("-during", "-pk")
            .first()
        )

    @classmethod
    def prepare(cls, referral: Referral, *, worker: User, first_day: date) -> "Rehabilitation":
        """Reserve the slot for the first three months; the row waits for a decision."""
        from plans.models.period import period_bounds  # noqa: PLC0415 - Period points here

        if first_day < clock.today() - NEWEST_BACKDATING:
            raise ValidationError({"first_day": _("The first day can be a week ago at most.")})
        row = cls.objects.open().filter(client=referral.client).first() or cls(client=referral.client)
        if row.pk and row.periods.exists():
            raise ValidationError(_("The rehabilitation has already been decided on."), code="decided")
        row.matter, row.referral, row.anchor = referral.matter, referral, first_day
        row.full_clean()
        row.save()
        release_lapsed(worker)
        for earlier in referral.client.assignments.filter(
            part="responsible", released_at=None, confirmed_at=None
        ):
            earlier.release()
        last = period_bounds(first_day, 1)[1]
        take_slot(referral, worker, first=first_day, last=last)
        return row

    @transition(Permission.REHABILITATE)
    def start(self, *, words: str = "", by: User) -> "Rehabilitation":
        """T16: the first day. Nothing starts without a decision, a goal in the client's words and a free hand."""
        lock(by)
        self.client.refuse_blocked(by)
        today = clock.today()
        if self.started_on:
            raise ValidationError(_("The service has already started."), code="done")
        _refuse(self.missing_for_start())
        period = self.periods.get(number=1)
        if not period.starts <= today <= period.ends:
            raise ValidationError(
                _("The decision is valid from %(first)s to %(last)s: the service starts within that time.")
                % {"first": f"{period.starts:%-d.%-m.%Y}", "last": f"{period.ends:%-d.%-m.%Y}"},
                code="validity",
            )
        if self.client.responsible_today() != by:
            raise ValidationError(_("The responsible worker starts the service."), code="responsible")
        self._refuse_unended_predecessor(by)
        self.started_on = self.anchor
        self.full_clean()
        self.save()
        self.matter.add_note("start_note", {"started_on": self.started_on.isoformat(), "words": words}, by=by)
        return self

    @transition(Permission.END_REHABILITATION)
    def end(self, *, reason: str, words: str, by: User) -> "Rehabilitation":
        """T22: the service ends on its last decided day, after the final evaluation; the slot is free the day after."""
        if not self.started_on or self.ended_on:
            raise ValidationError(_("Only a running service can be ended."), code="running")
        self.client.refuse_blocked(by)
        if self.slot is None or self.slot.worker != by:
            self.client.refuse_unassigned(by)
        _refuse(self.missing_for_end())
        self.ended_on, self.end_reason = self.current_period.last_day, reason
        self.full_clean()
        self.save()
        slot = self.slot
        if slot is not None:
            slot.end(self.ended_on)
        label = str(self.End(reason).label)
        self.matter.add_note(
            "end_note", {"ended_on": self.ended_on.isoformat(), "reason": label, "words": words}, by=by
        )
        return self

    @transition(Permission.REHABILITATE)
    def sign_plan(self, *, document: Document, form: str, every_days: int, by: User) -> Document:
        """Sign the implementation plan made by the three together, with the work form and the rhythm (HEL-9…12)."""
        from plans.models.work_form import WorkForm  # noqa: PLC0415 - it points here

        self.client.refuse_blocked(by)
        if self.slot is None or self.slot.worker != by:
            raise ValidationError(
                _("The responsible worker signs the implementation plan."), code="responsible"
            )
        if not self.goals.current().exists():
            raise ValidationError(_("There is no goal in the client's own words."), code="goal")
        goals = self.goals.current()
        document.content = {
            **document.content,
            "goals": "\n".join(goal.client_words for goal in goals),
            "work_form": form,
            "every_days": str(every_days),
            "responsible": by.get_full_name(),
        }
        document.seal(by=by)
        WorkForm.agree(self, form=form, every_days=every_days)
        return document

    def missing_for_start(self) -> list[tuple[str, str]]:
        """What still stands in the way of the first day, each with a code the page links by."""
        found = []
        if not self.client.assessments.exists():
            found.append(("assessment", _("The assessment of service needs is not signed.")))
        if self.client.own_worker_today() is None:
            found.append(("own_worker", _("The client has no own worker.")))
        if not has_client_plan(self.client):
            found.append(
                ("client_plan", _("The client plan is not signed, and there is no reason why none is made."))
            )
        if not self.goals.current().exists():
            found.append(("goal", _("There is no goal in the client's own words.")))
        if not self.periods.exists():
            found.append(("decision", _("There is no signed positive decision.")))
        return found

    def missing_for_end(self) -> list[tuple[str, str]]:
        """What still stands in the way of the end, each with a code the page links by."""
        found, period = [], self.current_period
        if period.evaluated_on is None:
            found.append(("evaluation", _("Evaluate the period with the client first.")))
        if clock.today() < period.last_day:
            sentence = _("The decision is in force until %(last)s. The service ends on that day.")
            found.append(("last_day", sentence % {"last": f"{period.last_day:%-d.%-m.%Y}"}))
        return found

    def _refuse_unended_predecessor(self, worker: User) -> None:
        earlier = Rehabilitation.objects.running().exclude(pk=self.pk)
        slots = Assignment.objects.filter(worker=worker, slot=self.slot.slot, released_at=None)
        slots = slots.filter(during__endswith__lte=clock.today(), client__in=earlier.values("client"))
        if slots.exists():
            raise ValidationError(
                _(
                    "The worker's earlier rehabilitation has not been ended yet. End it first, then this one can start."
                ),
                code="predecessor",
            )


def _refuse(missing: list[tuple[str, str]]) -> None:
    if missing:
        raise ValidationError([ValidationError(sentence, code=code) for code, sentence in missing])


def take_slot(referral: Referral, worker: User, *, first: date, last: date) -> Assignment:
    """Reserve the worker's first free slot for the service's own dates; the constraint speaks if there is none."""
    allowed = Value.of(Value.Key.SLOTS_PER_WORKER)
    overlapping = Assignment.objects.slots().filter(worker=worker, during__overlap=span(first, last))
    taken = set(overlapping.values_list("slot", flat=True))
    free = next((number for number in range(1, allowed + 1) if number not in taken), 1)
    return referral.client.assign(
        worker,
        part=Assignment.Part.RESPONSIBLE,
        first=first,
        last=last,
        slot=free,
        slots_allowed=allowed,
        reserved_until=clock.today() + timedelta(days=Value.of(Value.Key.RESERVATION_DAYS)),
    )


def release_lapsed(worker: User) -> None:
    """End the worker's reservations that ran out without a decision; asked by the verb that needs the slot."""
    lapsed = Assignment.objects.filter(
        worker=worker, released_at=None, confirmed_at=None, reserved_until__lt=clock.today()
    )
    for row in lapsed:
        row.release()
