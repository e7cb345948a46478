from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clients.models import Client
from plans.models import Rehabilitation
from soskuntoutus import clock
from soskuntoutus.audit.transition import transition
from soskuntoutus.organisation.models import Code, Partner, User
from soskuntoutus.organisation.roles import Permission


class FollowOn(models.Model):
    """A service or activity that follows the rehabilitation, and whether the client took to it (HEL-15)."""

    rehabilitation = models.ForeignKey(Rehabilitation, models.PROTECT, related_name="follow_ons")
    service = models.ForeignKey(
        Code, models.PROTECT, related_name="follow_ons", verbose_name=_("service or activity")
    )
    partner = models.ForeignKey(
        Partner,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="follow_ons",
        verbose_name=_("organisation"),
    )
    description = models.TextField(_("what was agreed"), blank=True)
    proposed_on = models.DateField(_("proposed on"), default=clock.today)
    met_on = models.DateField(_("met the new instructor on"), null=True, blank=True)
    met_words = models.TextField(_("how the meeting went"), blank=True)
    attached_at_end = models.BooleanField(_("taking part at the end"), null=True, blank=True)
    attached_at_3m = models.BooleanField(_("taking part at the follow-up"), null=True, blank=True)

    class Meta:
        verbose_name = _("what follows")
        verbose_name_plural = _("what follows")
        ordering = ["proposed_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(description=""),
                name="follow_on_says_what_was_agreed",
                violation_error_message=_("Write what was agreed."),
            )
        ]

    def __str__(self):
        return str(self.service)

    @property
    def client(self) -> Client:
        """The client who goes on to it."""
        return self.rehabilitation.client

    @classmethod
    @transition(Permission.REHABILITATE)
    def propose(
        cls,
        *,
        rehabilitation: Rehabilitation,
        service: Code,
        description: str,
        partner: Partner | None = None,
        by: User,
    ) -> "FollowOn":
        """T21: propose what follows, so that nobody is left with nothing (VISIO-18)."""
        rehabilitation.client.refuse_unassigned(by)
        row = cls(rehabilitation=rehabilitation, service=service, partner=partner, description=description)
        row.full_clean()
        row.save()
        return row

    @transition(Permission.REHABILITATE)
    def meet(self, *, met_on: date, words: str, by: User) -> "FollowOn":
        """The client and the new instructor have met (a warm handover)."""
        self.client.refuse_unassigned(by)
        if met_on > clock.today():
            raise ValidationError({"met_on": _("The meeting has not been held yet.")})
        self.met_on, self.met_words = met_on, words
        self.full_clean()
        self.save()
        return self


class FollowUp(models.Model):
    """How the client is doing three months after the end (T23–T24)."""

    class Attached(models.TextChoices):
        YES = "yes", _("takes part")
        NO = "no", _("does not take part")
        UNKNOWN = "unknown", _("was not reached")

    rehabilitation = models.OneToOneField(Rehabilitation, models.PROTECT, related_name="follow_up")
    made_on = models.DateField(_("made on"))
    attached = models.CharField(_("taking part in what was agreed"), max_length=8, choices=Attached)

    class Meta:
        verbose_name = _("follow-up")
        verbose_name_plural = _("follow-ups")

    def __str__(self):
        return f"{self.made_on}"

    @property
    def client(self) -> Client:
        """The client who was followed up."""
        return self.rehabilitation.client

    @classmethod
    @transition(Permission.FOLLOW_UP)
    def make(
        cls, *, rehabilitation: Rehabilitation, attached: str, words: str, client_words: str = "", by: User
    ) -> "FollowUp":
        """T24: write down how it has gone; the matter can then be closed."""
        rehabilitation.client.refuse_blocked(by)
        if rehabilitation.client.own_worker_today() != by:
            raise ValidationError(_("The own worker makes the follow-up."), code="own_worker")
        if rehabilitation.ended_on is None:
            raise ValidationError(_("The rehabilitation has not ended yet."), code="running")
        row = cls(rehabilitation=rehabilitation, made_on=clock.today(), attached=attached)
        row.full_clean()
        row.save()
        answer = {cls.Attached.YES: True, cls.Attached.NO: False}.get(attached)
        for follow_on in rehabilitation.follow_ons.all():
            follow_on.attached_at_3m = answer
            follow_on.save(update_fields=["attached_at_3m"])
        content = {
            "attached": str(cls.Attached(attached).label),
            "words": words,
            "client_words": client_words,
        }
        rehabilitation.matter.add_note("follow_up", content, by=by)
        return row
