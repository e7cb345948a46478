from datetime import date, datetime, time

from django.db import models

from soskuntoutus import clock

BEGINS = time(16)
"""The demo's days begin in the afternoon, so that what happened during the day can be written down."""


class DemoDay(models.Model):
    """The demo's own day, kept with its data; the clock runs on from the moment it was set."""

    day = models.DateField()
    set_at = models.DateTimeField(default=clock.real_now)

    def __str__(self):
        return f"{self.day}"

    @classmethod
    def set(cls, day: date) -> None:
        """Let it be this day, at four in the afternoon."""
        cls.objects.update_or_create(pk=1, defaults={"day": day, "set_at": clock.real_now()})

    @classmethod
    def now(cls) -> datetime | None:
        """The demo's moment, or None before it has a day."""
        row = cls.objects.filter(pk=1).first()
        if row is None:
            return None
        begins = datetime.combine(row.day, BEGINS, clock.HELSINKI)
        last = datetime.combine(row.day, time(23, 59), clock.HELSINKI)
        return min(begins + (clock.real_now() - row.set_at), last)
