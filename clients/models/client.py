from datetime import date, timedelta
from uuid import uuid4

import pghistory
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from clients import identity
from clients.models.sight import FILE, ClientQuerySet
from soskuntoutus import clock
from soskuntoutus.audit.transition import transition
from soskuntoutus.organisation.models import Unit, User, Value
from soskuntoutus.organisation.roles import Permission, UnitRight
from soskuntoutus.ranges import span
from soskuntoutus.secrets import decrypt, encrypt


@pghistory.track()
class Client(models.Model):
    """A person whose need for social rehabilitation has come to notice. Belongs to no unit: matters and workers do."""

    class Language(models.TextChoices):
        FINNISH = "fi", _("Finnish")
        SWEDISH = "sv", _("Swedish")

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    identity_cipher = models.TextField(_("identity code"), blank=True)
    identity_index = models.CharField(max_length=64, null=True, editable=False)
    last_name = models.CharField(_("last name"), max_length=100)
    first_names = models.CharField(_("first names"), max_length=100)
    born_on = models.DateField(_("born on"), null=True, blank=True)
    language = models.CharField(
        _("language of service"), max_length=2, choices=Language, default=Language.FINNISH
    )
    died_on = models.DateField(_("died on"), null=True, blank=True)

    objects = ClientQuerySet.as_manager()

    class Meta:
        verbose_name = _("client")
        verbose_name_plural = _("clients")
        ordering = ["last_name", "first_names", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["identity_index"],
                name="client_once_per_identity_code",
                violation_error_message=_("Two clients cannot have the same identity code."),
            ),
            models.CheckConstraint(
                condition=models.Q(died_on=None)
                | models.Q(born_on=None)
                | models.Q(died_on__gte=models.F("born_on")),
                name="client_died_after_birth",
                violation_error_message=_("The day of death cannot be before the day of birth."),
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def name(self) -> str:
        """First names and last name."""
        return f"{self.first_names} {self.last_name}"

    @property
    def short_name(self) -> str:
        """The name in lists: first name and the initial of the last name."""
        return f"{self.first_names.split()[0]} {self.last_name[:1]}."

    @property
    def age(self) -> int | None:
        """Whole years today."""
        if self.born_on is None:
            return None
        day = self.died_on or clock.today()
        return day.year - self.born_on.year - ((day.month, day.day) < (self.born_on.month, self.born_on.day))

    @property
    def identity_code(self) -> str:
        """The identity code in clear, or nothing if the person has none."""
        return decrypt(self.identity_cipher) if self.identity_cipher else ""

    def identify(self, code: str) -> None:
        """Set the identity code and the day of birth that it says. Raises ValidationError on a wrong code."""
        clean = identity.clean(code)
        self.identity_cipher, self.identity_index = encrypt(clean), identity.index(clean)
        self.born_on = identity.birth_date(clean)

    @property
    def details(self) -> "ContactDetails":
        """The person's contact details, empty if none are known."""
        return getattr(self, "contact_details", None) or ContactDetails(client=self)

    def assigned_today(self, worker: User) -> bool:
        """Whether the worker works with the client: from the reservation on, until what was done is written down."""
        return self.assignments.in_sight().filter(worker=worker).exists()

    def own_worker_today(self) -> User | None:
        """The own worker of today (SHL 42 §)."""
        return self._worker_in("own_worker")

    def responsible_today(self) -> User | None:
        """Who is responsible for the rehabilitation today."""
        return self._worker_in("responsible")

    def _worker_in(self, part: str) -> User | None:
        found = self.assignments.in_force().filter(part=part).select_related("worker").first()
        return found.worker if found else None

    @transition(Permission.NAME_OWN_WORKER)
    def name_own_worker(self, *, worker: User, by: User):
        """Name the own worker from today on; the one before hands over today (SHL 42 §)."""
        yesterday = clock.today() - timedelta(days=1)
        self._refuse_outsider(by)
        self.refuse_blocked(worker)
        earlier = self.assignments.open().filter(part="own_worker")
        if earlier.filter(worker=worker).exists():
            raise ValidationError({"worker": _("This person already is the own worker.")})
        earlier.hand_over(yesterday)
        self.assignments.open().filter(part="handler").hand_over(yesterday)
        return self.assign(worker, part="own_worker", first=clock.today())

    def assign(
        self,
        worker: User,
        *,
        part: str,
        first: date,
        last: date | None = None,
        unit: Unit | None = None,
        **slot,
    ):
        """Write down who works with the client in which part; the row is the sight as well."""
        self.refuse_blocked(worker)
        sight_last = last + timedelta(days=Value.of(Value.Key.HANDOVER_DAYS)) if last else None
        row = self.assignments.model(
            client=self,
            worker=worker,
            unit=unit or worker.unit,
            part=part,
            during=span(first, last),
            sight=span(min(first, clock.today()), sight_last),
            **slot,
        )
        row.full_clean()
        row.save()
        return row

    def refuse_unassigned(self, worker: User) -> None:
        """Who leads a unit reads; who works with the client writes (domain.md 5.2), unless a close person."""
        self.refuse_blocked(worker)
        if not self.assigned_today(worker):
            raise ValidationError(
                _("Only someone who works with the client can do this."), code="not_assigned"
            )

    def refuse_unread(self, by: User) -> None:
        """Who reads the whole file today, by working with the client or leading the work, may go on."""
        self.refuse_blocked(by)
        if not Client.objects.visible_to(by, FILE).filter(pk=self.pk).exists():
            raise ValidationError(
                _("Only someone who works with the client, or leads the work, can do this."), code="not_read"
            )

    def _refuse_outsider(self, by: User) -> None:
        self.refuse_blocked(by)
        led = by.entrusted(UnitRight.LEAD)
        if not self.assigned_today(by) and not self.assignments.in_sight().filter(unit__in=led).exists():
            raise ValidationError(
                _("Only someone who works with the client can do this."), code="not_assigned"
            )

    def refuse_blocked(self, worker: User) -> None:
        """Nobody works in their own or a close person's matter (hallintolaki 27–30 §)."""
        if RelationBlock.objects.filter(client=self, user=worker).exists():
            raise ValidationError(
                _("This person cannot handle the matter of a close person. Choose another."), code="blocked"
            )


@pghistory.track()
class ContactDetails(models.Model):
    """How to reach the client; kept apart so that a protection order hides one table."""

    client = models.OneToOneField(Client, models.PROTECT, related_name="contact_details")
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    address = models.CharField(_("address"), max_length=200, blank=True)
    protected_from = models.DateField(_("protection order from"), null=True, blank=True)
    protected_until = models.DateField(_("protection order until"), null=True, blank=True)
    secret = models.BooleanField(_("secret contact details"), default=False)

    class Meta:
        verbose_name = _("contact details")
        verbose_name_plural = _("contact details")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(protected_until=None)
                | models.Q(protected_from__isnull=False, protected_until__gte=models.F("protected_from")),
                name="protection_ends_after_it_begins",
                violation_error_message=_("The protection order cannot end before it begins."),
            ),
        ]

    def __str__(self):
        return "contact details"

    @property
    def protected(self) -> bool:
        """Whether a protection order (turvakielto) is in force today; without an end, until further notice."""
        today = clock.today()
        if self.protected_from is None or self.protected_from > today:
            return False
        return self.protected_until is None or self.protected_until >= today

    @transition(Permission.KEEP_CONTACT_DETAILS)
    def change(
        self,
        *,
        phone: str,
        email: str,
        address: str,
        protected_from: date | None,
        protected_until: date | None,
        secret: bool,
        by: User,
    ) -> "ContactDetails":
        """Bring the contact details up to date; the former ones stay in their history."""
        self.client.refuse_unassigned(by)
        self.phone, self.email, self.address = phone, email, address
        self.protected_from, self.protected_until, self.secret = protected_from, protected_until, secret
        self.keep()
        return self

    def protect(self) -> None:
        """Hold a protection order in force from today, until further notice if its end is past."""
        if not self.protected:
            self.protected_from, self.protected_until = clock.today(), None
            self.keep()

    def keep(self) -> None:
        """Save what holds together."""
        self.full_clean()
        self.save()


class RelationBlock(models.Model):
    """A user who must have nothing to do with a client: the person themselves or someone close (hallintolaki 28 §)."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="relation_blocks")
    client = models.ForeignKey(Client, models.PROTECT, related_name="relation_blocks")
    reason = models.CharField(_("reason"), max_length=200)

    class Meta:
        verbose_name = _("conflict of interest")
        verbose_name_plural = _("conflicts of interest")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "client"],
                name="relation_block_once",
                violation_error_message=_("This conflict of interest is already on record."),
            )
        ]

    def __str__(self):
        return self.reason


class AccessGrant(models.Model):
    """Four hours of sight for a stated reason, to be looked at afterwards by someone else (break-glass)."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="access_grants")
    client = models.ForeignKey(Client, models.PROTECT, related_name="access_grants")
    reason = models.TextField(_("reason"))
    at = models.DateTimeField(_("from"))
    until = models.DateTimeField(_("until"))
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="reviewed_grants"
    )

    class Meta:
        verbose_name = _("granted access")
        verbose_name_plural = _("granted accesses")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until__gt=models.F("at"), until__lte=models.F("at") + timedelta(hours=4)),
                name="access_grant_four_hours",
                violation_error_message=_("Access is granted for four hours at most."),
            ),
            models.CheckConstraint(
                condition=models.Q(reviewed_by=None) | ~models.Q(reviewed_by=models.F("user")),
                name="access_grant_reviewed_by_another",
                violation_error_message=_("Someone else must review the access."),
            ),
        ]

    def __str__(self):
        return self.reason
