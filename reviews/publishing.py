"""Publishing a month: counted once, what could tell of a person hidden, and frozen."""

from collections.abc import Iterator
from datetime import date

from django.db import transaction

from reviews.disclosure import hidden_of_flow, hidden_of_parts, is_small
from reviews.figures import DEFINITIONS, FLOW, HIDDEN_WITH_A_SMALL_ONE, WAITING, WAITING_ALL
from reviews.models import Cell, Publication
from reviews.statistics import Counts, counts_of, first_month
from soskuntoutus import clock
from soskuntoutus.audit.record import record

TABLE = Cell.Table


@transaction.atomic
def publish(month: date, *, reason: str = "") -> Publication:
    """Freeze the figures of a month; a month that has been published needs a reason and becomes a new version.

    Raises ValidationError with the rule's sentence.
    """
    earlier = Publication.objects.filter(month=month).first()
    publication = Publication(month=month, reason=reason, definitions=DEFINITIONS)
    publication.version = earlier.version + 1 if earlier else 1
    publication.full_clean()
    publication.save()
    cells = [*_flow(counts := counts_of(month), opening_hidden=_turn_is_hidden(month)), *_waiting(counts)]
    for cell in cells:
        cell.publication = publication
    Cell.objects.bulk_create(cells)
    record(None, "publish_cells", publication)
    return publication


def unpublished() -> Iterator[date]:
    """The months that are over and not yet published, the oldest first."""
    newest = Publication.objects.order_by("-month").first()
    month = clock.add_months(newest.month, 1) if newest else first_month()
    while month and clock.add_months(month, 1) <= clock.today():
        yield month
        month = clock.add_months(month, 1)


def _turn_is_hidden(month: date) -> bool:
    """Whether the page hides how many were active when this month began."""
    opening = Publication.objects.filter(month=clock.add_months(month, -1)).first()
    return bool(opening and opening.cells.filter(table=TABLE.FLOW, row="active", suppressed=True).exists())


def _flow(counts: Counts, *, opening_hidden: bool) -> Iterator[Cell]:
    hidden = hidden_of_flow(counts.flow, opening_hidden=opening_hidden)
    for row in FLOW:
        yield _cell(TABLE.FLOW, row, getattr(counts.flow, row), hidden=row in hidden)


def _waiting(counts: Counts) -> Iterator[Cell]:
    hidden = hidden_of_parts(counts.waiting, HIDDEN_WITH_A_SMALL_ONE)
    for place, (row, value) in enumerate(zip(WAITING, counts.waiting, strict=True)):
        yield _cell(TABLE.WAITING, row, value, hidden=place in hidden)
    total = sum(counts.waiting)
    yield _cell(TABLE.WAITING, WAITING_ALL, total, hidden=is_small(total))


def _cell(table: str, row: str, value: int, *, hidden: bool) -> Cell:
    return Cell(table=table, row=row, value=None if hidden else value, suppressed=hidden)
