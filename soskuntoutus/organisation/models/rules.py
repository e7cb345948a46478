from collections.abc import Mapping
from datetime import date
from typing import Any

import pghistory
from django.contrib.postgres.fields import DateRangeField
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from soskuntoutus import clock
from soskuntoutus.audit.context import once_per_request
from soskuntoutus.organisation.models.people import User
from soskuntoutus.organisation.models.units import Unit
from soskuntoutus.organisation.roles import Title
from soskuntoutus.ranges import SameNumber, SameText, no_overlap


@pghistory.track()
class Value(models.Model):
    """One number or text of the organiser's operating model, with the days it holds and who decided it."""

    class Key(models.TextChoices):
        ORGANISER = "organiser", _("Name of the organiser")
        REVIEW_BODY = "review_body", _("Who handles requests for review, with addresses")
        SLOTS_PER_WORKER = "slots_per_worker", _("Rehabilitation clients per worker at a time")
        RHYTHM_DAYS = "rhythm_days", _("Days between meetings, if the plan says nothing else")
        FIRST_MEETING_DAYS = "first_meeting_days", _("Target: first meeting, days after the start")
        RESERVATION_DAYS = "reservation_days", _("Days a reservation holds without a decision")
        HANDOVER_DAYS = "handover_days", _("Days a former worker still sees the file")
        INTAKE_READ_DAYS = "intake_read_days", _("Days intake still sees a contact that was taken")
        ASSESSMENT_START_WORKING_DAYS = (
            "assessment_start_working_days",
            _("Target: assessment begins in working days"),
        )
        ASSESSMENT_MAX_AGE_MONTHS = (
            "assessment_max_age_months",
            _("Months an assessment or plan is up to date"),
        )
        REFERRAL_ANSWER_DAYS = "referral_answer_days", _("Target: working days to answer a referral")
        EVALUATION_OPENS_DAYS = "evaluation_opens_days", _("Evaluation opens, days before a period ends")
        EVALUATION_TARGET_DAYS = (
            "evaluation_target_days",
            _("Target: evaluation held, days before a period ends"),
        )
        PLAN_UPDATE_DAYS = "plan_update_days", _("Target: client plan updated, days after the end")
        FOLLOW_UP_MONTHS = "follow_up_months", _("Follow-up, months after the end")
        FOLLOW_UP_GRACE_DAYS = "follow_up_grace_days", _("Target: follow-up made, days after it falls due")

    key = models.CharField(_("what"), max_length=40, choices=Key)
    value = models.JSONField(_("value"))
    during = DateRangeField(_("from–to"))
    source = models.CharField(_("decided by, source"), max_length=200)

    class Meta:
        verbose_name = _("value of the operating model")
        verbose_name_plural = _("values of the operating model")
        ordering = ["key", "during"]
        constraints = [
            no_overlap(
                "value_one_at_a_time",
                SameText("key"),
                message=_("This value is already given for a part of that time. End the old one first."),
            ),
        ]

    def __str__(self):
        return f"{self.get_key_display()}: {self.value}"

    def clean(self):
        in_words = self.key in (self.Key.ORGANISER, self.Key.REVIEW_BODY)
        if in_words and not isinstance(self.value, dict):
            raise ValidationError(
                {"value": _("Give the texts by language, as in the value before this one.")}
            )
        if not in_words and not (type(self.value) is int and self.value >= 0):
            raise ValidationError({"value": _("Give a whole number, such as 14.")})

    @classmethod
    def of(cls, key: Key, on: date | None = None) -> Any:
        """The value that holds on the day; raises ImproperlyConfigured where the organiser has not given one."""
        day = on or clock.today()
        found = cls.in_force(day).get(key)
        if found is None:
            raise ImproperlyConfigured(f"The operating model gives no value for {key} on {day}.")
        return found

    @classmethod
    def in_force(cls, day: date) -> Mapping[str, Any]:
        """Every value that holds on the day, by its key."""
        return _values(day)


@once_per_request
def _values(day: date) -> Mapping[str, Any]:
    return dict(Value.objects.filter(during__contains=day).values_list("key", "value"))


class DelegationRuleQuerySet(models.QuerySet):
    def allowing(self, user: User, kind: "DelegationRule.Kind", *, months: int, on: date | None = None):
        """The rules by which a person may make such a decision on the day, by a public office they hold."""
        day = on or clock.today()
        tree, matching = Unit.objects.tree(), models.Q(pk__in=[])
        for post in user.posts.filter(during__contains=day, public_office=True):
            units = tree.path(post.unit_id)
            matching |= models.Q(title=post.title) & (models.Q(unit=None) | models.Q(unit__in=units))
        return self.filter(matching, kind=kind, during__contains=day, max_months__gte=months)


@pghistory.track()
class DelegationRule(models.Model):
    """Who may make which decision, by the organiser's delegation rule (toimivalta)."""

    class Kind(models.TextChoices):
        GRANT = "grant", _("grant")
        CONTINUE = "continue", _("continue")
        PARTIAL = "partial", _("grant in part")
        REFUSE = "refuse", _("refuse")
        END = "end", _("end")
        PURCHASE = "purchase", _("purchase")
        VOUCHER = "voucher", _("voucher")

    kind = models.CharField(_("decision"), max_length=10, choices=Kind)
    title = models.CharField(_("title"), max_length=30, choices=Title)
    unit = models.ForeignKey(
        Unit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="delegation_rules",
        verbose_name=_("only in unit"),
    )
    max_months = models.PositiveSmallIntegerField(_("months at most"))
    source = models.CharField(_("section of the delegation rule"), max_length=200)
    during = DateRangeField(_("from–to"))

    objects = DelegationRuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("delegation rule")
        verbose_name_plural = _("delegation rules")
        ordering = ["kind", "title"]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.get_title_display()}"


@pghistory.track()
class Closure(models.Model):
    """Days when a unit is closed: the rhythm pauses, no client is interrupted (domain.md 4.3)."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="closures", verbose_name=_("unit"))
    during = DateRangeField(_("from–to"))

    class Meta:
        verbose_name = _("closure")
        verbose_name_plural = _("closures")
        ordering = ["during"]
        constraints = [
            no_overlap(
                "closure_once",
                SameNumber("unit"),
                message=_("The unit is already closed on a part of those days."),
            )
        ]

    def __str__(self):
        return f"{self.unit} {self.during.lower}"
