"""Fields for dates and times as people here write them: 9.7.2026 and 9:30."""

import re
from datetime import date, datetime, time

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import from_current_timezone
from django.utils.translation import gettext_lazy as _

from soskuntoutus import clock
from soskuntoutus.ui import dates
from soskuntoutus.ui.widgets import DayAndTime, Digits

FIRST_YEAR, LAST_YEAR = 1900, 2199
DAY = re.compile(r"([0-9]{1,2})[.,/\s]+([0-9]{1,2})(?:[.,/\s]+([0-9]{4})?[.]?)?")
TIME = re.compile(r"([0-9]{1,2})(?:[:.,\s]*([0-9]{2}))?")
NEAREST_LEAP_DAY = 8


class DateField(forms.Field):
    """A day as d.m.yyyy; without the year, the one nearest today."""

    default_error_messages = {
        "invalid": _("Write the date like this: 9.7.2026."),
        "no_such_day": _("There is no such day. Check the day and the month."),
        "year": _("The year must be between 1900 and 2199."),
    }

    def __init__(self, **kwargs):
        super().__init__(**{"widget": Digits("date"), **kwargs})

    def to_python(self, value):
        if value in self.empty_values or isinstance(value, date):
            return value or None
        typed = str(value).strip()
        if not typed:
            return None
        if not (match := DAY.fullmatch(typed)):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        day, month, year = (int(part) if part else None for part in match.groups())
        if year is not None and not FIRST_YEAR <= year <= LAST_YEAR:
            raise ValidationError(self.error_messages["year"], code="year")
        found = _day(day, month, year) if year else _nearest(day, month)
        if found is None:
            raise ValidationError(self.error_messages["no_such_day"], code="no_such_day")
        return found

    def prepare_value(self, value):
        return dates.plain(value) if isinstance(value, date) else value


class TimeField(forms.Field):
    """A time of day as H:MM; 9.30, 9,30 and 930 are understood too."""

    default_error_messages = {"invalid": _("Write the time like this: 9:30.")}

    def __init__(self, **kwargs):
        super().__init__(**{"widget": Digits("time"), **kwargs})

    def to_python(self, value):
        if value in self.empty_values or isinstance(value, time):
            return None if value in self.empty_values else value
        typed = str(value).strip()
        if not typed:
            return None
        if not (match := TIME.fullmatch(typed)):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        hour, minute = (int(part or 0) for part in match.groups())
        try:
            return time(hour, minute)
        except ValueError as refused:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from refused

    def prepare_value(self, value):
        return f"{value.hour}:{value.minute:02}" if isinstance(value, time) else value


class MomentField(forms.MultiValueField):
    """A day and a time that make one moment in Helsinki."""

    widget = DayAndTime
    default_error_messages = {"incomplete": _("Give both the date and the time.")}

    def __init__(self, **kwargs):
        super().__init__((DateField(), TimeField()), **kwargs)

    def compress(self, data_list):
        if not any(data_list):
            return None
        if None in data_list:
            raise ValidationError(self.error_messages["incomplete"], code="incomplete")
        return from_current_timezone(datetime.combine(*data_list))

    def prepare_value(self, value):
        if not isinstance(value, datetime):
            return value
        fields = zip(self.fields, self.widget.decompress(value), strict=True)
        return [field.prepare_value(part) for field, part in fields]


def _day(day: int, month: int, year: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _nearest(day: int, month: int) -> date | None:
    today = clock.today()
    years = range(today.year - NEAREST_LEAP_DAY, today.year + NEAREST_LEAP_DAY + 1)
    found = (candidate for year in years if (candidate := _day(day, month, year)))
    return min(found, key=lambda candidate: abs(candidate - today), default=None)
