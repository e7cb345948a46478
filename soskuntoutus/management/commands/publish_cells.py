"""`manage.py publish_cells`: the month that is over, counted once and frozen; the platform runs it on the first."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.core.management import BaseCommand, CommandError

from reviews.models import Publication
from reviews.publishing import publish, unpublished


class Command(BaseCommand):
    help = "Publish the figures of the months that are over, or correct one month for a stated reason."

    def add_arguments(self, parser):
        parser.add_argument("--month", type=_month, help="only this month, such as 2026-06")
        parser.add_argument("--reason", default="", help="why a published month is corrected")

    def handle(self, *args, month: date | None, reason: str, **options):
        if reason and not month:
            raise CommandError("Say which month is corrected: --month 2026-06.")
        months = [month] if month else list(unpublished())
        for each in months:
            if not reason and Publication.objects.filter(month=each).exists():
                self.stdout.write(
                    f"{each:%Y-%m} has been published; it stays as it is. --reason corrects it."
                )
                continue
            try:
                publication = publish(each, reason=reason)
            except ValidationError as refusal:
                raise CommandError(" ".join(refusal.messages)) from refusal
            self.stdout.write(f"{each:%Y-%m} published, version {publication.version}.")
        if not months:
            self.stdout.write("Every month that is over has been published.")


def _month(text: str) -> date:
    return datetime.strptime(text, "%Y-%m").date()  # noqa: DTZ007 - a month has no time zone
