from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clients.models import Client, Document
from plans.models import Goal, Period
from reviews import gas
from soskuntoutus import clock
from soskuntoutus.audit.transition import transition
from soskuntoutus.database import lock
from soskuntoutus.organisation.models import User
from soskuntoutus.organisation.roles import Permission


class Evaluation(models.Model):
    """The evaluation of one period, made together with the client (HEL-6); its words are in its document."""

    class Proposal(models.TextChoices):
        CONTINUE = "continue", _("a new period")
        END = "end", _("the end of the rehabilitation")
        CHANGE = "change", _("another way of going on")

    period = models.OneToOneField(Period, models.PROTECT, related_name="evaluation")
    document = models.OneToOneField(Document, models.PROTECT, related_name="evaluation")
    held_on = models.DateField(_("held on"))
    client_present = models.BooleanField(_("the client took part"))
    absence_reason = models.TextField(_("why the client did not take part"), blank=True)
    proposal = models.CharField(_("proposal"), max_length=8, choices=Proposal)

    class Meta:
        verbose_name = _("evaluation")
        verbose_name_plural = _("evaluations")
        ordering = ["-held_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(client_present=True) | ~Q(absence_reason=""),
                name="evaluation_with_the_client_or_a_reason",
                violation_error_message=_(
                    "Evaluate together with the client, or say why the client did not take part."
                ),
            )
        ]

    def __str__(self):
        return f"evaluation {self.held_on}"

    @property
    def client(self) -> Client:
        """The client whose period was evaluated."""
        return self.period.client

    @property
    def t_score(self) -> Decimal | None:
        """The shared ratings as one figure, or None until every goal is rated."""
        shared = [rating for rating in self.ratings.all() if rating.voice == Rating.Voice.SHARED]
        if any(rating.level is None for rating in shared):
            return None
        return gas.t_score([rating.level for rating in shared], [rating.goal.weight for rating in shared])

    @classmethod
    @transition(Permission.EVALUATE)
    def complete(cls, *, document: Document, period: Period, ratings: list[dict], by: User) -> "Evaluation":
        """T19: sign the evaluation; nothing follows the period without it. Ratings: goal, voice, level, words."""
        lock(period)
        period.client.refuse_unassigned(by)
        content = document.content
        document.schema.refuse_gaps(content)
        held_on = date.fromisoformat(content["held_on"])
        if held_on > clock.today():
            raise ValidationError({"held_on": _("The evaluation has not been held yet.")})
        if held_on < period.starts:
            raise ValidationError({"held_on": _("The evaluation is held during the period.")})
        document.content = {**content, "ratings": _ballot(ratings)}
        document.seal(by=by)
        evaluation = cls(
            period=period,
            document=document,
            held_on=held_on,
            client_present=content["client_present"],
            absence_reason=content.get("absence_reason") or "",
            proposal=content["proposal"],
        )
        evaluation.full_clean()
        evaluation.save()
        for facts in ratings:
            rating = Rating(evaluation=evaluation, **facts)
            rating.full_clean()
            rating.save()
        period.mark_evaluated(held_on)
        return evaluation


def _ballot(ratings: list[dict]) -> dict[str, dict]:
    """What each voice said of each goal, as the signed paper keeps and prints it."""
    ballot: dict[str, dict] = {}
    for said in ratings:
        goal, voice = said["goal"], said["voice"]
        of_the_goal = ballot.setdefault(str(goal.uuid), {"line": goal.line, "client_goal": goal.client_words})
        of_the_goal |= {str(voice): said.get("level"), f"{voice}_words": said.get("words", "")}
    return ballot


class RatingQuerySet(models.QuerySet):
    def placed(self) -> models.QuerySet:
        """Where client and worker have put which goal, the oldest first, as plans/scales.py draws it."""
        found = (
            self.exclude(level=None).exclude(voice=Rating.Voice.SHARED).order_by("evaluation__held_on", "pk")
        )
        return found.values_list(
            "goal__rehabilitation", "goal__line", "voice", "level", "evaluation__held_on"
        )


class Rating(models.Model):
    """How far a goal was reached, in one voice: the client's, the worker's, or the one they agreed on."""

    class Voice(models.TextChoices):
        CLIENT = "client", _("the client")
        WORKER = "worker", _("the worker")
        SHARED = "shared", _("agreed together")

    evaluation = models.ForeignKey(Evaluation, models.PROTECT, related_name="ratings")
    goal = models.ForeignKey(Goal, models.PROTECT, related_name="ratings")
    voice = models.CharField(_("voice"), max_length=6, choices=Voice)
    level = models.SmallIntegerField(_("level"), null=True, blank=True)
    words = models.TextField(_("in words"), blank=True)

    objects = RatingQuerySet.as_manager()

    class Meta:
        verbose_name = _("rating")
        verbose_name_plural = _("ratings")
        ordering = ["goal", "voice"]
        constraints = [
            models.UniqueConstraint(
                fields=["evaluation", "goal", "voice"],
                name="rating_one_per_voice",
                violation_error_message=_("Each voice rates a goal once in an evaluation."),
            ),
            models.CheckConstraint(
                condition=Q(level=None) | Q(level__gte=-2, level__lte=2),
                name="rating_on_the_scale",
                violation_error_message=_("Levels run from −2 to +2."),
            ),
        ]

    def __str__(self):
        return f"{self.get_voice_display()}: {self.level}"

    def clean(self):
        if self.goal.rehabilitation_id != self.evaluation.period.rehabilitation_id:
            raise ValidationError(_("The goal belongs to another rehabilitation."), code="goal")
