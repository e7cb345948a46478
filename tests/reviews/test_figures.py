"""The city's published figures: frozen when the month turns, read from cells alone."""

from datetime import date
from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from plans.models import Rehabilitation
from reviews.disclosure import Flow
from reviews.figures import WAITING, page_of_figures
from reviews.models import Cell, Publication
from reviews.publishing import publish, unpublished
from reviews.statistics import counts_of
from soskuntoutus import clock
from tests.refusals import both_refuse, trigger_refuses

APRIL, MAY = date(2026, 4, 1), date(2026, 5, 1)
OF_CLIENTS = ("clients_", "plans_", "groups_")


def told(month):
    publication = Publication.objects.filter(month=month).first()
    return {(cell.table, cell.row): cell.value for cell in publication.cells.all()}


@pytest.mark.step(10)
def test_a_month_counts_who_started_who_is_there_and_who_waits(world):
    world.on(date(2026, 6, 2))
    assert counts_of(APRIL).flow == Flow(new=1, ended=0, active=1)
    assert counts_of(MAY).flow == Flow(new=0, ended=0, active=1)
    assert sum(counts_of(date(2026, 3, 1)).waiting) == 1
    assert sum(counts_of(APRIL).waiting) == 0


@pytest.mark.step(16)
def test_who_ended_is_counted_in_the_month_of_the_last_day(world):
    world.on(date(2026, 8, 3))
    assert counts_of(date(2026, 7, 1)).flow == Flow(new=0, ended=1, active=0)


@pytest.mark.step(10)
def test_a_figure_that_could_tell_of_one_is_kept_nowhere(world):
    world.on(date(2026, 6, 2))
    publish(APRIL)
    assert set(told(APRIL).values()) == {None}
    assert Cell.objects.filter(suppressed=True).count() == 3 + len(WAITING) + 1


@pytest.mark.step(10)
def test_rules_of_a_publication(world):
    world.on(date(2026, 6, 2))
    first = publish(APRIL)
    both_refuse("publication_of_a_whole_month", Publication(month=date(2026, 4, 2), definitions=1))
    both_refuse("publication_corrected_with_a_reason", Publication(month=MAY, version=2, definitions=1))
    both_refuse("publication_version_once", Publication(month=APRIL, definitions=1))
    both_refuse(
        "cell_hidden_or_told", Cell(publication=first, table="flow", row="x", suppressed=True, value=9)
    )
    both_refuse("cell_tells_of_five_at_least", Cell(publication=first, table="flow", row="x", value=4))
    both_refuse("cell_once", Cell(publication=first, table="flow", row="new", value=9))


@pytest.mark.step(10)
def test_a_published_month_never_changes(world):
    world.on(date(2026, 6, 2))
    publish(APRIL)
    trigger_refuses(lambda: Publication.objects.update(reason="x"), "Cannot update")
    trigger_refuses(lambda: Cell.objects.update(value=9, suppressed=False), "Cannot update")
    trigger_refuses(lambda: Cell.objects.all()._raw_delete("default"), "Cannot")


@pytest.mark.step(10)
def test_a_month_that_is_not_over_is_not_published(world):
    world.on(date(2026, 4, 30))
    with pytest.raises(ValidationError):
        publish(APRIL)
    world.on(date(2026, 5, 1))
    assert publish(APRIL).version == 1


@pytest.mark.step(10)
def test_what_changes_later_reaches_the_page_only_as_a_correction_with_its_reason(world):
    world.on(date(2026, 6, 2))
    publish(APRIL)
    with pytest.raises(ValidationError):
        publish(APRIL)
    assert publish(APRIL, reason="Yksi alku kirjattiin myöhässä.").version == 2
    (month,) = page_of_figures().months
    assert month.publication.version == 2
    assert Publication.objects.count() == 2


@pytest.mark.step(10)
def test_the_command_publishes_each_month_that_is_over_once(world):
    world.on(date(2026, 6, 2))
    assert list(unpublished()) == [APRIL, MAY]
    call_command("publish_cells", stdout=StringIO())
    call_command("publish_cells", stdout=StringIO())
    call_command("publish_cells", "--month", "2026-04", stdout=StringIO())
    assert [each.month for each in Publication.objects.all()] == [MAY, APRIL]
    with pytest.raises(CommandError):
        call_command("publish_cells", "--month", "2026-06")
    call_command("publish_cells", "--month", "2026-04", "--reason", "Korjaus", stdout=StringIO())
    assert Publication.objects.filter(month=APRIL).count() == 2


def many(world, number, started_on):
    """So many rehabilitations from the same day, of clients of their own."""
    from clients.models import Client, Document, Matter  # noqa: PLC0415
    from plans.models import Referral  # noqa: PLC0415

    for each in range(number):
        person = Client.objects.create(last_name=f"Moni {each}", first_names="Asiakas")
        at = clock.now()
        matter = Matter.objects.create(client=person, unit=world.west, received_at=at, channel="application")
        paper = Document.objects.create(
            client=person, matter=matter, kind="referral", language="fi", created_by=world.sanna
        )
        referral = Referral.objects.create(
            client=person, matter=matter, document=paper, to_unit=world.west, sent_at=at
        )
        Rehabilitation.objects.create(
            client=person, matter=matter, referral=referral, anchor=started_on, started_on=started_on
        )


@pytest.mark.step(10)
def test_the_coordination_group_reads_cells_and_touches_no_client(world, client):
    many(world, 8, date(2026, 5, 4))
    world.on(date(2026, 6, 2))
    call_command("publish_cells", stdout=StringIO())
    client.force_login(world.katja)
    with CaptureQueriesContext(connection) as asked:
        page = client.get(reverse("reviews:desk"))
    touched = [query["sql"] for query in asked if any(f'"{name}' in query["sql"] for name in OF_CLIENTS)]
    assert touched == []
    assert any("reviews_cell" in query["sql"] for query in asked)
    print(f"coordination desk: {len(asked)} queries")  # noqa: T201 - read with pytest -s
    assert told(MAY)["flow", "active"] == 9
    assert told(MAY)["flow", "new"] is None  # ended is nought
    assert "hidden-cell" in page.content.decode()


@pytest.mark.step(10)
def test_a_leader_reads_the_same_page_and_a_worker_does_not(world, client):
    for user, status in ((world.leena, 200), (world.katja, 200), (world.sanna, 403), (world.tuija, 403)):
        client.force_login(user)
        assert client.get(reverse("reviews:figures")).status_code == status


def test_before_anything_is_published_the_page_says_when_it_will_be(world, client):
    client.force_login(world.katja)
    assert "1.4.2026" in client.get(reverse("reviews:desk")).content.decode()
