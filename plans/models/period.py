from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from plans.models.rehabilitation import Rehabilitation
from soskuntoutus import clock
from soskuntoutus.clock import Explained, Kind, Step

MONTHS = 3
LAST = 4
"""Three months at a time, a year at most: a core element of the model, not a setting (HEL-1, HEL-30)."""


def period_bounds(anchor: date, number: int) -> tuple[date, date]:
    """First and last day of a period, always counted from the first day of the first (domain.md 4.2)."""
    following = clock.add_months(anchor, MONTHS * number)
    return clock.add_months(anchor, MONTHS * (number - 1)), following - timedelta(days=1)


def explained_end(anchor: date, number: int) -> Explained:
    """The last day of a period with its sum."""
    following = period_bounds(anchor, number + 1)[0]
    last = period_bounds(anchor, number)[1]
    months = ngettext("%(months)d month later", "%(months)d months later", MONTHS * number)
    steps = (
        Step(_("First day of the rehabilitation"), anchor),
        Step(months % {"months": MONTHS * number}, following),
        Step(_("The day before is the last day"), last),
    )
    return Explained(last, steps, _("Three months at a time, counted from the first day"), Kind.FACT)


class _MonthsOn(Func):
    """The same arithmetic in the database: so many periods after the anchor, less some days."""

    output_field = models.DateField()

    def __init__(self, anchor, number, *, offset: int, less_days: int):
        super().__init__(anchor, number, offset=offset, less_days=less_days)

    def as_sql(self, compiler, connection, **context):
        (anchor, anchor_params), (number, number_params) = map(compiler.compile, self.source_expressions)
        months = f"{MONTHS} * ({number}::int + {self.extra['offset']})"
        sql = f"(({anchor}::date + make_interval(months => {months}))::date - {self.extra['less_days']})"
        return sql, [*anchor_params, *number_params]


class PeriodQuerySet(models.QuerySet):
    def covering(self, day: date) -> "PeriodQuerySet":
        """The periods that the day falls in."""
        return self.filter(starts__lte=day).filter(
            Q(ends_early_on=None, ends__gte=day) | Q(ends_early_on__gte=day)
        )


class Period(models.Model):
    """Three months of rehabilitation that a decision granted."""

    rehabilitation = models.ForeignKey(Rehabilitation, models.PROTECT, related_name="periods")
    anchor = models.DateField(_("first day of the rehabilitation"))
    number = models.PositiveSmallIntegerField(_("number"))
    starts = models.DateField(_("first day"))
    ends = models.DateField(_("last day"))
    ends_early_on = models.DateField(_("ended early on"), null=True, blank=True)
    decision = models.OneToOneField("plans.Decision", models.PROTECT, related_name="period")
    evaluated_on = models.DateField(_("evaluated on"), null=True, blank=True)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        verbose_name = _("period")
        verbose_name_plural = _("periods")
        ordering = ["rehabilitation", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["rehabilitation", "number"],
                name="period_once",
                violation_error_message=_("This period has already been granted."),
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1, number__lte=LAST),
                name="period_within_a_year",
                violation_error_message=_(
                    "Social rehabilitation lasts a year at most: make a new assessment of the need."
                ),
            ),
            models.CheckConstraint(
                condition=Q(starts=_MonthsOn(F("anchor"), F("number"), offset=-1, less_days=0)),
                name="period_starts_by_the_anchor",
                violation_error_message=_(
                    "A period begins three months after the one before, counted from the first day."
                ),
            ),
            models.CheckConstraint(
                condition=Q(ends=_MonthsOn(F("anchor"), F("number"), offset=0, less_days=1)),
                name="period_ends_by_the_anchor",
                violation_error_message=_("A period lasts three months, counted from the first day."),
            ),
            models.CheckConstraint(
                condition=Q(ends_early_on=None)
                | Q(ends_early_on__gte=F("starts"), ends_early_on__lt=F("ends")),
                name="period_ends_early_within_itself",
                violation_error_message=_("An early end falls within the period."),
            ),
        ]

    def __str__(self):
        return f"period {self.number}"

    @property
    def client(self):
        """The client whose period this is."""
        return self.rehabilitation.client

    @property
    def last_day(self) -> date:
        """The day the period ends or ended."""
        return self.ends_early_on or self.ends

    def clean(self):
        if self.anchor != self.rehabilitation.anchor:
            raise ValidationError(
                _("All periods count from the first day of the rehabilitation."), code="anchor"
            )

    def mark_evaluated(self, on: date) -> None:
        """Written down by the evaluation when it is completed."""
        self.evaluated_on = on
        self.full_clean()
        self.save()
