from datetime import date
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from plans.models.period import LAST, period_bounds
from plans.models.rehabilitation import Rehabilitation
from soskuntoutus import clock
from soskuntoutus.audit.transition import transition
from soskuntoutus.organisation.models import User
from soskuntoutus.organisation.roles import Permission

LEVELS = range(-2, 3)


class GoalQuerySet(models.QuerySet):
    def current(self) -> "GoalQuerySet":
        """The newest version of each goal that has not been dropped."""
        newer = self.model.objects.filter(
            rehabilitation=models.OuterRef("rehabilitation"),
            line=models.OuterRef("line"),
            version__gt=models.OuterRef("version"),
        )
        return self.filter(~models.Exists(newer), dropped_reason="")


class Goal(models.Model):
    """One goal in the client's own words (HEL-4); a refinement makes a new version of the line (NOSTE-10)."""

    class Area(models.TextChoices):
        DAILY_LIFE = "daily_life", _("everyday skills")
        SOCIAL = "social", _("social skills")
        COMMUNITY = "community", _("community skills")
        OTHER = "other", _("other")

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    rehabilitation = models.ForeignKey(Rehabilitation, models.PROTECT, related_name="goals")
    line = models.PositiveSmallIntegerField(_("goal"))
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    client_words = models.TextField(_("in the client's own words"), blank=True)
    worker_words = models.TextField(_("how the worker puts it"), blank=True)
    area = models.CharField(_("area"), max_length=12, choices=Area)
    means = models.TextField(_("means and timetable"), blank=True)
    achievable = models.TextField(_("why it can be reached during the service"))
    target_on = models.DateField(_("reached by"))
    levels = models.JSONField(_("levels −2…+2"), default=dict, blank=True)
    baseline = models.SmallIntegerField(_("level at the start"), null=True, blank=True)
    weight = models.PositiveSmallIntegerField(_("weight"), default=1)
    dropped_reason = models.TextField(_("why it was dropped"), blank=True)
    set_on = models.DateField(_("set on"), default=clock.today)

    objects = GoalQuerySet.as_manager()

    class Meta:
        verbose_name = _("goal")
        verbose_name_plural = _("goals")
        ordering = ["rehabilitation", "line", "version"]
        constraints = [
            models.UniqueConstraint(
                fields=["rehabilitation", "line", "version"],
                name="goal_version_once",
                violation_error_message=_(
                    "The goal was changed meanwhile. Read it afresh and change it again."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(client_words=""),
                name="goal_in_the_clients_words",
                violation_error_message=_("Write the goal in the client's own words."),
            ),
            models.CheckConstraint(
                condition=Q(baseline=None) | Q(baseline__gte=-2, baseline__lte=2),
                name="goal_baseline_on_the_scale",
                violation_error_message=_("Levels run from −2 to +2."),
            ),
            models.CheckConstraint(
                condition=Q(weight__gte=1, weight__lte=9),
                name="goal_weight_one_to_nine",
                violation_error_message=_("A weight is 1–9."),
            ),
        ]

    def __str__(self):
        return f"goal {self.line}"

    def clean(self):
        """A goal is such that it can be reached during the service (HEL-5): within its longest time."""
        first, last = self.rehabilitation.anchor, period_bounds(self.rehabilitation.anchor, LAST)[1]
        if self.target_on and not first <= self.target_on <= last:
            sentence = _("Choose a day within the service: %(first)s to %(last)s at the latest.")
            days = {"first": f"{first:%-d.%-m.%Y}", "last": f"{last:%-d.%-m.%Y}"}
            raise ValidationError({"target_on": ValidationError(sentence, code="outside", params=days)})

    @property
    def client(self):
        """The client whose goal this is."""
        return self.rehabilitation.client

    @classmethod
    @transition(Permission.REHABILITATE)
    def put(
        cls,
        *,
        rehabilitation: Rehabilitation,
        client_words: str,
        area: str,
        achievable: str,
        target_on: date,
        worker_words: str = "",
        means: str = "",
        levels: dict | None = None,
        baseline: int | None = None,
        by: User,
    ) -> "Goal":
        """Write down a goal that the client sets, and why it can be reached during the service (HEL-5)."""
        rehabilitation.client.refuse_unassigned(by)
        if rehabilitation.ended_on:
            raise ValidationError(_("The rehabilitation has ended."), code="ended")
        newest = rehabilitation.goals.aggregate(line=models.Max("line"))["line"] or 0
        goal = cls(
            rehabilitation=rehabilitation,
            line=newest + 1,
            client_words=client_words.strip(),
            worker_words=worker_words,
            area=area,
            means=means,
            achievable=achievable,
            target_on=target_on,
            levels=levels or {},
            baseline=baseline,
        )
        goal.full_clean()
        goal.save()
        return goal

    @transition(Permission.REHABILITATE)
    def refine(self, *, by: User, **words) -> "Goal":
        """Put the goal more exactly as trust grows: a new version, the old one stays (NOSTE-10)."""
        self.client.refuse_unassigned(by)
        if self.rehabilitation.goals.filter(line=self.line, version__gt=self.version).exists():
            raise ValidationError(_("The goal has a newer version. Refine that one."), code="version")
        kept = {
            field.name: getattr(self, field.name)
            for field in self._meta.concrete_fields
            if field.name not in {"id", "uuid", "version", "set_on"}
        }
        goal = Goal(**{**kept, **words}, version=self.version + 1)
        goal.full_clean()
        goal.save()
        return goal
