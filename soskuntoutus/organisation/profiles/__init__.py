"""Operating models that ship with the service; adopting one writes its values with the day they hold from."""

from datetime import date
from types import ModuleType

from soskuntoutus.organisation.models import Code, Value
from soskuntoutus.organisation.profiles import codes
from soskuntoutus.ranges import span


def adopt(profile: ModuleType, *, first_day: date) -> None:
    """Write a profile's values and the national code lists, from the day on. Values already given stay."""
    for key, value in profile.VALUES.items():
        if not Value.objects.filter(key=key).exists():
            Value.objects.create(key=key, value=value, during=span(first_day), source=profile.SOURCE)
    if not Code.objects.exists():
        Code.objects.bulk_create(
            Code(system=system, value=value, fi=fi, sv=sv, en=en, position=position, during=span(first_day))
            for system, rows in codes.LISTS.items()
            for position, (value, fi, sv, en) in enumerate(rows)
        )
