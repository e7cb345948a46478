from datetime import date
from uuid import uuid4

import pghistory
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from clients.models import Client, Document, Matter, Relation
from clients.models.sight import FILE
from soskuntoutus import clock
from soskuntoutus.audit.transition import transition
from soskuntoutus.database import lock
from soskuntoutus.organisation.models import Unit, User, Value
from soskuntoutus.organisation.roles import Permission, UnitRight


class ReferralQuerySet(models.QuerySet):
    def open(self) -> "ReferralQuerySet":
        """Neither answered nor withdrawn."""
        return self.filter(answered_at=None, withdrawn_at=None)

    def visible_to(self, user: User) -> "ReferralQuerySet":
        """The referrals of the files the user may read, and those that wait in a unit the user leads."""
        files = Client.objects.visible_to(user, FILE)
        referred = Client.objects.visible_to(user, (Relation.REFERRAL,))
        led = user.entrusted(UnitRight.LEAD)
        return self.filter(
            Q(client__in=files) | Q(client__in=referred, pk__in=self.undecided().filter(to_unit__in=led))
        )

    def undecided(self) -> "ReferralQuerySet":
        """On the receiving unit's table: neither returned, withdrawn nor decided on."""
        there = self.filter(withdrawn_at=None, matter__referred_to=F("to_unit"), matter__closed_on=None)
        return there.exclude(accepted=False).exclude(rehabilitations__periods__isnull=False)


@pghistory.track()
class Referral(models.Model):
    """A proposal of social rehabilitation, to the own unit or another, that it answers (NOSTE-5, VISIO-18)."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    client = models.ForeignKey(Client, models.PROTECT, related_name="referrals")
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="referrals")
    document = models.OneToOneField(Document, models.PROTECT, related_name="referral")
    to_unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="referrals", verbose_name=_("receiving unit")
    )
    sent_at = models.DateTimeField(_("sent at"))
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    answered_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="referrals_answered"
    )
    accepted = models.BooleanField(_("accepted"), null=True, blank=True)
    reason = models.TextField(_("reason for returning"), blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)

    objects = ReferralQuerySet.as_manager()

    class Meta:
        verbose_name = _("referral")
        verbose_name_plural = _("referrals")
        ordering = ["-sent_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at=None, accepted=None, answered_by=None)
                | Q(answered_at__isnull=False, accepted__isnull=False, answered_by__isnull=False),
                name="referral_answered_in_full",
                violation_error_message=_("An answer says who, when, and whether the referral is accepted."),
            ),
            models.CheckConstraint(
                condition=~Q(accepted=False) | ~Q(reason=""),
                name="referral_returned_with_a_reason",
                violation_error_message=_("Tell the sender why the referral is returned."),
            ),
            models.UniqueConstraint(
                fields=["matter"],
                condition=Q(answered_at=None, withdrawn_at=None),
                name="referral_one_open",
                violation_error_message=_("A proposal is already waiting for an answer."),
            ),
        ]

    def __str__(self):
        return f"referral {self.sent_at:%Y-%m-%d}"

    @classmethod
    @transition(Permission.REFER)
    def send(cls, *, document: Document, to_unit: Unit, by: User) -> "Referral":
        """T9: propose social rehabilitation on an up-to-date assessment and client plan (NOSTE-6)."""
        client = document.client
        client.refuse_blocked(by)
        if missing := missing_for_referral(client, by):
            raise ValidationError([ValidationError(sentence, code=code) for code, sentence in missing])
        document.subject = f"{clock.now():%Y%m%d%H%M%S%f}"  # each referral is a paper of its own
        document.content = {**document.content, "receiver": to_unit.name_in(document.language)}
        document.seal(by=by)
        referral = cls(
            client=client,
            matter=document.matter,
            document=document,
            to_unit=to_unit,
            sent_at=document.signed_at,
        )
        referral.full_clean()
        referral.save()
        document.matter.refer_to(to_unit)
        return referral

    @transition(Permission.ANSWER_REFERRAL)
    def accept(self, *, by: User) -> "Referral":
        """The receiving unit takes the client on; the 45 § limit runs on as before."""
        self._answer(accepted=True, reason="", by=by)
        return self

    @transition(Permission.ANSWER_REFERRAL)
    def decline(self, *, reason: str, by: User) -> "Referral":
        """T11: return the referral with a reason; the 45 § limit does not stop."""
        self._answer(accepted=False, reason=reason, by=by)
        return self

    @transition(Permission.RESERVE)
    def reserve(self, *, worker: User, first_day: date, by: User):
        """T10: reserve a worker's slot for the client's first three months."""
        from plans.models.rehabilitation import Rehabilitation  # noqa: PLC0415 - it points here, and is made here

        lock(worker, self.client)
        self._refuse_outsider(by)
        if not self.accepted:
            raise ValidationError(_("Accept the referral before reserving a worker."), code="accepted")
        return Rehabilitation.prepare(self, worker=worker, first_day=first_day)

    def _answer(self, *, accepted: bool, reason: str, by: User) -> None:
        self._refuse_outsider(by)
        if self.answered_at or self.withdrawn_at:
            raise ValidationError(_("The referral has already been answered."), code="done")
        self.answered_at, self.answered_by, self.accepted, self.reason = clock.now(), by, accepted, reason
        self.full_clean()
        self.save()
        if not accepted:
            self.matter.refer_no_more()

    def _refuse_outsider(self, by: User) -> None:
        self.client.refuse_blocked(by)
        if self.to_unit_id not in by.entrusted(UnitRight.LEAD):
            raise ValidationError(
                _("The referral is answered by whoever leads the receiving unit."), code="leads"
            )


def missing_for_referral(client: Client, by: User) -> list[tuple[str, str]]:
    """What a proposal still lacks beside its own fields (NOSTE-6), each with a code the page links by."""
    found = []
    oldest = clock.add_months(clock.today(), -Value.of(Value.Key.ASSESSMENT_MAX_AGE_MONTHS))
    if not client.assessments.filter(signed_on__gte=oldest, document__replaced_at=None).exists():
        found.append(("assessment", _("Sign an up-to-date assessment of service needs first.")))
    if client.own_worker_today() != by:
        found.append(("own_worker", _("The own worker proposes social rehabilitation.")))
    if not has_client_plan(client, since=oldest):
        found.append(("client_plan", _("Sign an up-to-date client plan first.")))
    return found


def has_client_plan(client: Client, *, since: date | None = None) -> bool:
    """Whether there is a client plan, no older than this, or a written reason why none is made (SHL 39 §)."""
    plan = client.documents.in_force("client_plan").first()
    if plan is not None:
        return since is None or clock.day_of(plan.signed_at) >= since
    newest = client.assessments.filter(document__replaced_at=None).first()
    return bool(newest and not newest.plan_needed and newest.document.content.get("no_plan_reason"))
