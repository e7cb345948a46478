"""Date ranges as the database holds them: half-open, and compared without extensions."""

from datetime import date, timedelta

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import F, Func, Q, Value
from django.db.models.constraints import BaseConstraint


class SameNumber(Func):
    """A whole number as a range that overlaps only itself, so that exclusion needs no btree_gist."""

    function = "int8range"

    def __init__(self, field: str):
        super().__init__(F(field), F(field), Value("[]"))


class SameText(Func):
    """A text as such a range, by its hash: a collision could refuse too much, never too little."""

    function = "int8range"
    template = "int8range(hashtextextended(%(expressions)s, 0), hashtextextended(%(expressions)s, 0), '[]')"

    def __init__(self, field: str):
        super().__init__(F(field))

    def as_sql(self, compiler, connection, **context):
        sql, params = super().as_sql(compiler, connection, **context)
        return sql, [*params, *params]


def no_overlap(
    name: str, *same: Func, message, condition: Q | None = None, during: str = "during"
) -> BaseConstraint:
    """No two rows that are alike in these respects at the same time."""
    overlaps = RangeOperators.OVERLAPS
    return ExclusionConstraint(
        name=name,
        expressions=[*((expression, overlaps) for expression in same), (during, overlaps)],
        condition=condition,
        violation_error_code=name,
        violation_error_message=message,
    )


def span(first: date, last: date | None = None) -> DateRange:
    """From the first day to the last, both included; without a last day, until further notice."""
    return DateRange(first, last + timedelta(days=1) if last else None, "[)")


def last_day(during: DateRange) -> date | None:
    """The last day of a range, or None if it has no end."""
    return during.upper - timedelta(days=1) if during.upper else None
