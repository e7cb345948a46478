"""How a test asks what a rule says, and whether the database holds it against whoever writes."""

from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, models, transaction


def both_refuse(rule: str, row: models.Model, *, field: str = "", **change) -> None:
    """The row is refused with the rule's sentence, or beside the field it is about, and by the database."""
    _change(row, change)
    with pytest.raises(ValidationError) as refusal:
        row.full_clean()
    assert field in refusal.value.message_dict if field else _sentence(rule, row) in refusal.value.messages
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        row.save()


def both_accept(row: models.Model, **change) -> None:
    """The near miss: neither the sentence nor the database stands in the way."""
    _change(row, change)
    row.full_clean()
    row.save()


def trigger_refuses(deed: Callable[[], object], what: str) -> None:
    """The database itself refuses, whoever asks and by whatever road."""
    with pytest.raises(DatabaseError, match=what), transaction.atomic():
        deed()


def refused(verb: Callable, **facts) -> set[str]:
    """The codes, or the fields, by which a verb refuses."""
    with pytest.raises(ValidationError) as refusal:
        verb(**facts)
    if hasattr(refusal.value, "error_dict"):
        return set(refusal.value.error_dict)
    return {error.code for error in refusal.value.error_list}


def _change(row: models.Model, change: dict) -> None:
    for name, value in change.items():
        setattr(row, name, value)


def _sentence(rule: str, row: models.Model) -> str:
    constraint = next(constraint for constraint in row._meta.constraints if constraint.name == rule)
    return constraint.get_violation_error_message()
