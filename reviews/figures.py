"""What each published figure is called and exactly what it counts; and the page of them, read from cells alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from reviews.models import Cell, Publication
from soskuntoutus import clock

DEFINITIONS = 1
MONTHS = 12


@dataclass(frozen=True)
class Figure:
    """A row of a table: its name and its definition."""

    title: str
    definition: str


FLOW: Mapping[str, Figure] = {
    "new": Figure(
        pgettext_lazy("figures", "New"), _("Social rehabilitations whose first day was in the month.")
    ),
    "ended": Figure(
        pgettext_lazy("figures", "Ended"), _("Social rehabilitations whose last day was in the month.")
    ),
    "active": Figure(
        pgettext_lazy("figures", "Active"),
        _("Started and not ended when the month turned; interrupted ones are counted."),
    ),
}
WAITING: Mapping[str, Figure] = {
    "0-30": Figure(_("0–30 days"), ""),
    "31-60": Figure(_("31–60 days"), ""),
    "61-90": Figure(_("61–90 days"), ""),
    "over-90": Figure(_("over 90 days"), ""),
}
WAITING_ALL = "all"
ALL = Figure(
    pgettext_lazy("figures", "Waiting"),
    _(
        "Proposed for social rehabilitation, neither started, refused nor returned when the month turned. "
        "The age is the days from the arrival of the matter to the last day of the month."
    ),
)
HIDDEN_WITH_A_SMALL_ONE = (1, 2, 0, 3)
"""By place in WAITING: the middle first, since the oldest and the newest are what one looks for."""


@dataclass(frozen=True)
class Month:
    """One published month, its cells in the order of the tables."""

    publication: Publication
    flow: Sequence[Cell]
    waiting: Sequence[Cell]

    @property
    def first(self) -> date:
        """The month's first day."""
        return self.publication.month


@dataclass(frozen=True)
class Page:
    """The newest months, and when the next one comes."""

    months: Sequence[Month]
    next_on: date
    flow: Sequence[Figure] = tuple(FLOW.values())
    waiting: Sequence[Figure] = (*WAITING.values(), ALL)

    @property
    def tiles(self) -> Sequence[tuple[Figure, Cell]]:
        """The newest month's figures, each with its name and definition."""
        newest = self.months[0]
        return [*zip(self.flow, newest.flow, strict=True), (ALL, newest.waiting[-1])]


def page_of_figures() -> Page:
    """The published figures of a year; two questions to the database, and neither touches a client."""
    publications = list(Publication.objects.in_force()[:MONTHS])
    cells = {
        (cell.publication_id, cell.table, cell.row): cell
        for cell in Cell.objects.filter(publication__in=publications)
    }

    def row(publication: Publication, table: str, keys: Sequence[str]) -> list[Cell]:
        return [cells[publication.pk, table, key] for key in keys]

    months = [
        Month(
            publication,
            row(publication, Cell.Table.FLOW, list(FLOW)),
            row(publication, Cell.Table.WAITING, [*WAITING, WAITING_ALL]),
        )
        for publication in publications
    ]
    return Page(months, clock.add_months(clock.today().replace(day=1), 1))
