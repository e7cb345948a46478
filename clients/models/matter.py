from datetime import date, datetime, timedelta
from uuid import uuid4

import pghistory
import pgtrigger
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from clients.models.client import Client, ContactDetails
from clients.models.sight import FILE, Relation
from soskuntoutus import clock
from soskuntoutus.audit.transition import transition
from soskuntoutus.database import lock
from soskuntoutus.organisation.models import Unit, User, Value
from soskuntoutus.organisation.roles import Permission, UnitRight


class MatterQuerySet(models.QuerySet):
    def open(self) -> "MatterQuerySet":
        """Not closed."""
        return self.filter(closed_on=None)

    def visible_to(self, user) -> "MatterQuerySet":
        """Every matter of the files the user may read, and the contacts on the user's intake desk."""
        from clients.models.relations import intake_matters  # noqa: PLC0415 - made of matters

        files = Client.objects.visible_to(user, FILE)
        desk = intake_matters(user).filter(client__in=Client.objects.visible_to(user, (Relation.INTAKE,)))
        return self.filter(Q(client__in=files) | Q(pk__in=desk.values("pk")))

    def waiting(self) -> "MatterQuerySet":
        """Received, open and taken by nobody."""
        return self.open().filter(received_at__lte=clock.now(), taken_at=None)

    def on_desk(self) -> "MatterQuerySet":
        """Open and taken by nobody, or taken a few days ago: what the intake desk may still read."""
        readable_from = clock.now() - timedelta(days=Value.of(Value.Key.INTAKE_READ_DAYS))
        recently = Q(received_at__lte=clock.now(), taken_at__gt=readable_from)
        return self.waiting() | self.open().filter(recently)


def _ascending(earlier: str, later: str) -> Q:
    return Q(**{later: None}) | Q(**{f"{earlier}__isnull": False, f"{later}__gte": F(earlier)})


@pghistory.track()
class Matter(models.Model):
    """One matter of a client (asia), from the day it came to notice until it is closed."""

    class Channel(models.TextChoices):
        CONTACT = "contact", _("contact made with the person's consent (35 §)")
        NOTIFICATION = "notification", _("notification of need for social care (35 §)")
        APPLICATION = "application", _("application by the person")
        OBSERVATION = "observation", _("noticed in our own work")
        OTHERWISE = "otherwise", _("otherwise come to notice (34 §)")

    class Urgency(models.IntegerChoices):
        AT_ONCE = 1, _("needs help at once")
        SOON = 2, _("needs measures soon")
        NOT_URGENT = 3, _("needs measures that are not urgent")

    class Closing(models.TextChoices):
        FOLLOWED_UP = "followed_up", _("the service has ended and been followed up")
        NO_CLIENTSHIP = "no_clientship", _("no need for social care")
        WITHDRAWN = "withdrawn", _("the client withdrew the matter")
        REDIRECTED = "redirected", _("another authority took it over")
        MOVED = "moved", _("the client moved away")
        DECEASED = "deceased", _("the client has died")

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    client = models.ForeignKey(Client, models.PROTECT, related_name="matters", verbose_name=_("client"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="matters", verbose_name=_("unit"))
    referred_to = models.ForeignKey(
        Unit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="referred_matters",
        verbose_name=_("open referral to"),
    )
    received_at = models.DateTimeField(_("received at"))
    channel = models.CharField(_("how it came"), max_length=12, choices=Channel)
    consent = models.BooleanField(_("made with the person's consent"), default=False)
    urgency = models.PositiveSmallIntegerField(_("urgency"), choices=Urgency, null=True, blank=True)
    registered_at = models.DateTimeField(_("registered at"), null=True, blank=True)
    triaged_at = models.DateTimeField(_("urgency assessed at"), null=True, blank=True)
    taken_at = models.DateTimeField(_("taken at"), null=True, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    reason = models.CharField(_("reason for closing"), max_length=20, choices=Closing, blank=True)

    objects = MatterQuerySet.as_manager()

    class Meta:
        verbose_name = _("matter")
        verbose_name_plural = _("matters")
        ordering = ["-received_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(channel="contact") | Q(consent=True),
                name="matter_contact_needs_consent",
                violation_error_code="consent",
                violation_error_message=_(
                    "A contact is made only with the person's consent (35 §). "
                    "Without it, record a notification with its "
                    "legal ground, or that the matter otherwise came to notice (34 §)."
                ),
            ),
            models.CheckConstraint(
                condition=_ascending("received_at", "registered_at"),
                name="matter_registered_after_receipt",
                violation_error_message=_("A matter cannot be registered before it was received."),
            ),
            models.CheckConstraint(
                condition=_ascending("registered_at", "triaged_at"),
                name="matter_triaged_after_registration",
                violation_error_message=_("Register the matter before its urgency is assessed."),
            ),
            models.CheckConstraint(
                condition=_ascending("triaged_at", "taken_at"),
                name="matter_taken_after_triage",
                violation_error_message=_("Assess how urgent the matter is before it is taken."),
            ),
            models.CheckConstraint(
                condition=Q(triaged_at=None, urgency=None)
                | Q(triaged_at__isnull=False, urgency__isnull=False),
                name="matter_urgency_comes_from_triage",
                violation_error_message=_("Choose how urgent the matter is."),
            ),
            models.CheckConstraint(
                condition=Q(closed_on=None, reason="") | (Q(closed_on__isnull=False) & ~Q(reason="")),
                name="matter_closed_with_a_reason",
                violation_error_message=_("A matter is closed with a reason."),
            ),
        ]
        indexes = [
            models.Index(fields=["unit"], condition=Q(closed_on=None, taken_at=None), name="matter_waiting")
        ]
        triggers = [
            pgtrigger.Protect(
                name="received_at_stands_after_triage",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__triaged_at__isnull=False)
                & pgtrigger.Q(old__received_at__df=pgtrigger.F("new__received_at")),
            ),
            pgtrigger.Protect(name="matter_is_never_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self):
        return self.number

    @property
    def number(self) -> str:
        """The matter's number (asiatunnus): year of receipt and a running number."""
        return f"{clock.day_of(self.received_at).year}-{self.pk:05d}"

    @property
    def received_on(self) -> date:
        """The day every time limit counts from (34 §): the day of receipt, not of typing."""
        return clock.day_of(self.received_at)

    @property
    def earlier_clientship(self) -> bool:
        """Whether the person has been a client before: yes or no, nothing more."""
        return self.client.matters.filter(received_at__lt=self.received_at).exists()

    @classmethod
    @transition(Permission.REGISTER_CONTACT)
    def receive(
        cls,
        *,
        unit: Unit,
        received_at: datetime,
        channel: str,
        consent: bool,
        content: dict,
        last_name: str,
        first_names: str,
        identity_code: str = "",
        language: str = Client.Language.FINNISH,
        phone: str = "",
        protected: bool | None = None,
        by: User,
    ) -> "Matter":
        """T1: write down what came in. A person already known is found by the identity code, silently.

        The contact keeps the person as told now. What is known from before stays as it is, except that a
        protection order told now holds from today; not knowing (None) is not the same as no.
        """
        if received_at > clock.now():
            raise ValidationError({"received_at": _("The time of receipt cannot be in the future.")})
        person = Client(last_name=last_name, first_names=first_names, language=language)
        if identity_code:
            person.identify(identity_code)
            person = Client.objects.filter(identity_index=person.identity_index).first() or person
        if person.pk:
            person.refuse_blocked(by)
        else:
            person.full_clean()
            person.save()
            ContactDetails(client=person, phone=phone).keep()
        if protected:
            person.details.protect()
        matter = cls(client=person, unit=unit, received_at=received_at, channel=channel, consent=consent)
        matter.full_clean()
        matter.save()
        told = {
            "last_name": last_name,
            "first_names": first_names,
            "language": language,
            "phone": phone,
            "protection": {True: "yes", False: "no", None: "unknown"}[protected],
            "channel": channel,
        }
        matter.add_note("contact", {**content, **told}, language=language, by=by)
        return matter

    @transition(Permission.REGISTER_CONTACT)
    def register(self, *, by: User) -> "Matter":
        """T2: the matter is pending from the day it was received (34 §)."""
        self._refuse_off_desk(by)
        self._refuse_twice(self.registered_at, _("The matter has already been registered."))
        self.registered_at = clock.now()
        self._keep()
        self.add_note("registration", {"received_on": self.received_on.isoformat()}, by=by)
        return self

    @transition(Permission.TRIAGE)
    def triage(self, *, urgency: int, content: dict, by: User) -> "Matter":
        """T3: assess how urgent the matter is (36 §)."""
        self._refuse_off_desk(by)
        self._refuse_twice(self.triaged_at, _("The urgency has already been assessed."))
        statutory = any(
            content.get(name) for name in ("over_75", "top_care_allowance", "child_special_support")
        )
        if statutory and int(urgency) == self.Urgency.NOT_URGENT:
            raise ValidationError(
                {"urgency": _("For this person the law sets a time limit (36 §): choose urgency 1 or 2.")}
            )
        self.urgency, self.triaged_at = urgency, clock.now()
        self._keep()
        self.add_note("triage", {**content, "urgency": str(urgency)}, by=by)
        return self

    @transition(Permission.TAKE_MATTER)
    def take(self, *, worker: User, by: User) -> "Matter":
        """T5: a worker takes the catch, or whoever leads the unit gives it to one (PROSOS-19)."""
        lock(self.client)
        self._refuse_off_desk(by)
        self._refuse_twice(self.taken_at, _("The matter has already been taken."))
        if not worker.may(Permission.TAKE_MATTER):
            raise ValidationError({"worker": _("Choose a worker who assesses service needs.")})
        if worker != by and self.unit_id not in by.entrusted(UnitRight.LEAD):
            raise ValidationError({"worker": _("Only whoever leads the unit gives a matter to another.")})
        self.taken_at = clock.now()
        self._keep()
        if not self.client.assigned_today(worker):
            self.client.assign(worker, part="handler", first=clock.today(), unit=self.unit)
        return self

    @transition(Permission.FOLLOW_UP)
    def close(self, *, by: User) -> "Matter":
        """T24: close the matter after the follow-up; clientship and own worker go on (PROSOS-32)."""
        self.client.refuse_blocked(by)
        if self.client.own_worker_today() != by:
            raise ValidationError(_("The own worker closes the matter."), code="own_worker")
        self._refuse_twice(self.closed_on, _("The matter has already been closed."))
        if not self.documents.signed().filter(kind="follow_up").exists():
            raise ValidationError(
                _("Record the follow-up first: then the matter can be closed."), code="follow_up"
            )
        self.closed_on, self.reason = clock.today(), self.Closing.FOLLOWED_UP
        self._keep()
        return self

    def refer_to(self, unit: Unit) -> None:
        """Let whoever leads the unit see the referral and what it encloses, until a decision or its return."""
        lock(self)
        self.referred_to = unit
        self._keep()

    def refer_no_more(self) -> None:
        """The referral has been returned, or a decision has taken its place."""
        lock(self)
        self.referred_to = None
        self._keep()

    def add_note(self, kind: str, content: dict, *, language: str = "", by: User):
        """A short paper that is complete as it is written."""
        note = self.documents.model(
            client=self.client, matter=self, kind=kind, content=content, created_by=by
        )
        note.language = language or self.client.language
        note.seal(by=by)
        return note

    def _refuse_off_desk(self, by: User) -> None:
        self.client.refuse_blocked(by)
        if not Matter.objects.visible_to(by).filter(pk=self.pk).exists():
            raise ValidationError(
                _("Only those on whose desk the contact is can do this."), code="not_on_desk"
            )

    def _keep(self) -> None:
        self.full_clean()
        self.save()

    @staticmethod
    def _refuse_twice(done, sentence) -> None:
        if done:
            raise ValidationError(sentence, code="done")
