from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from clients.models import Assignment, Client, Document
from plans import letter
from plans.models.period import Period, period_bounds
from plans.models.readiness import missing_for_decision, rule_for
from plans.models.rehabilitation import Rehabilitation, release_lapsed
from soskuntoutus import clock
from soskuntoutus.audit.transition import transition
from soskuntoutus.database import lock
from soskuntoutus.organisation.models import User
from soskuntoutus.organisation.roles import Permission


class Decision(models.Model):
    """A signed decision (SHL 45 §, hallintolaki 43–47 §); its words are in its document."""

    class Outcome(models.TextChoices):
        GRANTED = "granted", _("granted")
        PARTIAL = "partial", _("granted in part")
        REFUSED = "refused", _("not granted")

    document = models.OneToOneField(Document, models.PROTECT, related_name="decision")
    client = models.ForeignKey(Client, models.PROTECT, related_name="decisions")
    rehabilitation = models.ForeignKey(
        Rehabilitation, models.PROTECT, null=True, blank=True, related_name="decisions"
    )
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome)
    basis = models.TextField(_("legal basis"))
    decided_on = models.DateField(_("decided on"))

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["-decided_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="refused") | Q(rehabilitation__isnull=False),
                name="decision_granted_to_somebody_who_carries_it_out",
                violation_error_message=_(
                    "A service is granted only together with somebody who carries it out."
                ),
            ),
        ]

    def __str__(self):
        return self.number

    @property
    def number(self) -> str:
        """The decision's number (päätöstunnus), as its letter prints it."""
        return letter.number(self.document, self.decided_on)

    @classmethod
    @transition(Permission.DECIDE)
    def sign(cls, *, document: Document, rehabilitation: Rehabilitation | None, by: User) -> "Decision":
        """T12, T20: the period and the slot come with a positive decision's signature, or nothing does."""
        slot = rehabilitation.slot if rehabilitation else None
        lock(document, rehabilitation, *([slot.worker] if slot else []))
        content = document.content
        document.client.refuse_unread(by)
        document.schema.refuse_gaps(content)
        refuse_unready(document, rehabilitation, by)
        if content["outcome"] != cls.Outcome.GRANTED or content["provision"] != Rehabilitation.Provision.OWN:
            raise ValidationError({"outcome": _("Only a granted service of our own can be signed here yet.")})
        number = rehabilitation.next_number
        starts, ends = period_bounds(rehabilitation.anchor, number)
        rule = rule_for(rehabilitation, by)
        document.subject = f"{rehabilitation.uuid}/{number}"
        if document.pk is None:
            document.save()  # the letter bears the number of the paper
        document.content = content | letter.frozen(document, rehabilitation, by=by, rule=rule)
        document.seal(by=by, rule=rule)
        decision = cls(
            document=document,
            client=document.client,
            rehabilitation=rehabilitation,
            outcome=content["outcome"],
            basis=content["legal_basis"],
            decided_on=clock.today(),
        )
        decision.full_clean()
        decision.save()
        period = Period(
            rehabilitation=rehabilitation, anchor=rehabilitation.anchor, number=number, decision=decision
        )
        period.starts, period.ends = starts, ends
        period.full_clean()
        period.save()
        confirm_slot(rehabilitation, last=ends)
        document.matter.refer_no_more()
        return decision

    @property
    def review_until(self) -> date | None:
        """The last day to ask for review, from the latest delivery (hallintolaki 49 c §)."""
        return self.deliveries.aggregate(last=models.Max("review_until"))["last"]

    @transition(Permission.DECIDE)
    def deliver(
        self, *, recipient: str, way: str, sent_on: date, received_on: date | None = None, by: User
    ) -> "Delivery":
        """Send the decision to one recipient; the time for review counts from service (hallintolaki 54 §)."""
        self.client.refuse_unread(by)
        ways = Delivery.Way
        if not self.decided_on <= sent_on <= clock.today():
            raise ValidationError(
                {"sent_on": _("The decision was sent after it was made, today at the latest. Check the day.")}
            )
        if way == ways.RECEIPT and received_on is None:
            raise ValidationError({"received_on": _("Give the day on the signed receipt.")})
        served = service(way, sent_on=sent_on, received_on=received_on).date
        delivery = Delivery(
            decision=self,
            recipient=recipient,
            way=way,
            sent_on=sent_on,
            served_on=served,
            review_until=clock.review_limit(served).date,
        )
        delivery.full_clean()
        delivery.save()
        return delivery


class Delivery(models.Model):
    """One decision sent to one recipient (tiedoksianto)."""

    class Way(models.TextChoices):
        LETTER = "letter", _("by letter")
        ELECTRONIC = "electronic", _("electronically")
        RECEIPT = "receipt", _("against a signed receipt")

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="deliveries")
    recipient = models.CharField(_("recipient"), max_length=200)
    way = models.CharField(_("way"), max_length=10, choices=Way)
    sent_on = models.DateField(_("sent on"))
    served_on = models.DateField(_("served on"))
    review_until = models.DateField(_("review can be asked for until"))

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        ordering = ["sent_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(served_on__gte=F("sent_on"), review_until__gt=F("served_on")),
                name="delivery_dates_ascend",
                violation_error_message=_("A decision cannot be served before it is sent."),
            )
        ]

    def __str__(self):
        return self.recipient

    @property
    def client(self) -> Client:
        """The client whose decision was sent."""
        return self.decision.client

    @property
    def served(self) -> clock.Explained:
        """The day of service with its sum."""
        return service(self.way, sent_on=self.sent_on, received_on=self.served_on)

    @property
    def review(self) -> clock.Explained:
        """The last day to ask for review with its sum."""
        return clock.review_limit(self.served_on)


def service(way: str, *, sent_on: date, received_on: date | None) -> clock.Explained:
    """When a decision sent this way has reached its recipient (hallintolaki 59, 60 §; laki 13/2003 19 §)."""
    if way == Delivery.Way.LETTER:
        return clock.letter_served_on(sent_on)
    if way == Delivery.Way.ELECTRONIC:
        return clock.electronic_served_on(sent_on)
    return clock.Explained(
        received_on,
        (
            clock.Step(_("The decision was sent"), sent_on),
            clock.Step(_("The receipt was signed"), received_on),
        ),
        _("Administrative Procedure Act, section 60"),
        clock.Kind.LAW,
    )


def refuse_unready(document: Document, rehabilitation: Rehabilitation | None, by: User) -> None:
    """Raise ValidationError with every sentence that stands in the way of a positive decision."""
    missing = missing_for_decision(document, rehabilitation, by)
    if missing:
        raise ValidationError([ValidationError(sentence, code=code) for code, sentence in missing])


def confirm_slot(rehabilitation: Rehabilitation, *, last: date) -> None:
    """The reserved slot becomes the client's own, until the last day decided."""
    slot: Assignment = rehabilitation.slot
    release_lapsed(slot.worker)
    slot.confirmed_at = slot.confirmed_at or clock.now()
    slot.end(last)
