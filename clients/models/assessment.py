from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clients.models.client import Client
from clients.models.document import Document
from clients.schemas.assessment import recurring_or_long
from soskuntoutus import clock
from soskuntoutus.audit.transition import transition
from soskuntoutus.database import lock
from soskuntoutus.organisation.models import User
from soskuntoutus.organisation.roles import Permission, Title


class Assessment(models.Model):
    """What a signed assessment of service needs decides by (SHL 36, 37 §); the words are in its document."""

    class Nature(models.TextChoices):
        TEMPORARY = "1", _("temporary")
        RECURRING = "2", _("recurring")
        LONG_TERM = "3", _("long-term")

    document = models.OneToOneField(Document, models.PROTECT, related_name="assessment")
    client = models.ForeignKey(Client, models.PROTECT, related_name="assessments")
    signed_on = models.DateField(_("signed on"))
    special_support = models.BooleanField(_("right to special support"))
    continues = models.BooleanField(_("clientship continues"))
    nature = models.CharField(_("nature of the need"), max_length=1, choices=Nature, blank=True)
    needs_own_worker = models.BooleanField(_("needs an own worker"))
    plan_needed = models.BooleanField(_("client plan is made"))
    proposes_rehabilitation = models.BooleanField(_("social rehabilitation is proposed"))

    class Meta:
        verbose_name = _("assessment of service needs")
        verbose_name_plural = _("assessments of service needs")
        ordering = ["-signed_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(continues=False) | ~Q(nature=""),
                name="assessment_nature_if_it_continues",
                violation_error_message=_("Choose the nature of the need when the clientship continues."),
            ),
            models.CheckConstraint(
                condition=Q(needs_own_worker=True) | Q(nature__in=["", "1"]),
                name="assessment_own_worker_for_lasting_need",
                violation_error_message=_("A recurring or long-term need calls for an own worker (42 §)."),
            ),
        ]

    def __str__(self):
        return f"assessment {self.signed_on}"

    @classmethod
    @transition(Permission.ASSESS)
    def sign(cls, *, document: Document, by: User) -> "Assessment":
        """T6: sign; with a right to special support, as a social worker in public office (36 §)."""
        lock(document)
        initiated_on = document.matter.received_on.isoformat()
        content = document.content = {**document.content, "initiated_on": initiated_on}
        document.schema.refuse_gaps(content)
        document.client.refuse_unassigned(by)
        refuse(cls.obstacles(document, by=by))
        document.seal(by=by)
        assessment = cls(
            document=document,
            client=document.client,
            signed_on=clock.today(),
            special_support=content["special_support"],
            continues=content["continues"],
            nature=content.get("nature") or "",
            needs_own_worker=content["own_worker"],
            plan_needed=content["plan"],
            proposes_rehabilitation=content["rehabilitation"],
        )
        assessment.full_clean()
        assessment.save()
        return assessment

    @staticmethod
    def obstacles(document: Document, *, by: User) -> list[tuple[str, str]]:
        """What bars this person's signature beyond the gaps: a code and its sentence (36, 42 §)."""
        found, content = [], document.content
        if content.get("special_support") and not by.holds_public_office(Title.SOCIAL_WORKER):
            sentence = _(
                "The client has a right to special support: "
                "a social worker in public office must sign (36 §)."
            )
            found.append(("special_support", sentence))
        if recurring_or_long(content) and content.get("own_worker") is False:
            found.append(("lasting_need", _("A recurring or long-term need calls for an own worker (42 §).")))
        return found


class ClientPlan(Document):
    """The one client plan a person has (SHL 39 §): a document with its own verb."""

    class Meta:
        proxy = True
        verbose_name = _("client plan")
        verbose_name_plural = _("client plans")

    @transition(Permission.PLAN)
    def sign(self, *, by: User) -> "ClientPlan":
        """T8: the own worker signs the plan made with the client; it replaces the one before (VISIO-13)."""
        self.client.refuse_blocked(by)
        self.schema.refuse_gaps(self.content)
        refuse(self.obstacles(self, by=by))
        self.seal(by=by)
        return self

    @staticmethod
    def obstacles(document: Document, *, by: User) -> list[tuple[str, str]]:
        """What stands in the way of this person's signature beyond the gaps: a code and its sentence."""
        found, client = [], document.client
        if client.own_worker_today() != by:
            found.append(("own_worker", _("The own worker signs the client plan.")))
        earlier = client.documents.in_force("client_plan").exclude(pk=document.pk)
        if earlier.exists() and not document.content.get("evaluation"):
            sentence = _("Write how the goals of the previous plan were reached.")
            found.append(("looking_back", sentence))
        return found


def refuse(obstacles: list[tuple[str, str]]) -> None:
    """Raise ValidationError with every obstacle's sentence."""
    if obstacles:
        raise ValidationError([ValidationError(sentence, code=code) for code, sentence in obstacles])
