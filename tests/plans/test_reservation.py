"""Reserving a worker: the board of slots, the refusal beside its field, what follows (T10, HEL-16)."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from clients.models import Assignment
from plans.board import WEEKS, board_of, first_free_day
from plans.models import Referral
from soskuntoutus.audit.models import Shown
from tests.plans.ready import FIRST_DAY, LAST_DAY, accepted_referral

pytestmark = pytest.mark.step(8)  # 31.3., Niklas is reserved for Ville from 13.4.

AFTER = LAST_DAY + timedelta(days=1)


@pytest.fixture
def leena(client, world):
    client.force_login(world.leena)
    return client


@pytest.fixture
def iida(world):
    """Another client whose referral has been accepted."""
    return accepted_referral(world.cast)


def to(referral):
    return reverse("plans:reservation", args=[referral.uuid])


def row_of(board, worker):
    return next(row for row in board.rows if row.worker == worker)


# The page


def test_a_reservation_takes_the_slot_and_says_until_when(leena, world, iida):
    response = leena.post(to(iida), {"worker": world.hanna.uuid, "first_day": "13.4.2026"})
    assert response.url == reverse("plans:referral_detail", args=[iida.uuid])
    slot = iida.client.rehabilitations.get().slot
    assert (slot.worker, slot.during.lower, slot.last_day) == (world.hanna, FIRST_DAY, LAST_DAY)
    assert slot.reserved_until == date(2026, 4, 21)
    assert "21.4.2026" in leena.get(response.url).content.decode()


def test_the_rule_is_said_beside_the_day_and_what_was_typed_stays(leena, world, iida):
    response = leena.post(to(iida), {"worker": world.niklas.uuid, "first_day": "1.6.2026"})
    form = response.context["form"]
    assert list(form.errors) == ["first_day"]
    assert form["first_day"].value() == "1.6.2026"
    assert response.context["period_end"].date == date(2026, 8, 31)
    assert not iida.client.rehabilitations.exists()


def test_the_day_after_the_last_day_is_free_and_offered_as_help(leena, world, iida):
    choices = leena.get(to(iida)).context["form"].fields["worker"].choices
    more = {str(choice): choice.more for _, choice in choices}
    assert "13.7.2026" in more["Niklas Åberg"]
    assert "2026" not in more["Hanna Koski"]
    leena.post(to(iida), {"worker": world.niklas.uuid, "first_day": "13.7.2026"})
    assert iida.client.rehabilitations.get().slot.during.lower == AFTER


def test_only_the_receiving_units_own_workers_can_be_chosen(leena, world, iida):
    response = leena.post(to(iida), {"worker": world.olli.uuid, "first_day": "13.4.2026"})
    assert list(response.context["form"].errors) == ["worker"]
    names = [str(choice) for _, choice in response.context["form"].fields["worker"].choices]
    assert names == ["Hanna Koski", "Niklas Åberg"]


def test_nobody_is_reserved_for_a_close_person(leena, world, iida):
    iida.client.relation_blocks.create(user=world.hanna, reason="Sisar")
    response = leena.post(to(iida), {"worker": world.hanna.uuid, "first_day": "13.4.2026"})
    assert list(response.context["form"].errors) == ["worker"]


def test_free_time_on_the_board_is_a_link_that_fills_the_form_in(leena, world, iida):
    page = leena.get(to(iida)).content.decode()
    link = f"?worker={world.niklas.uuid}&amp;first_day=13.7.2026"
    assert link in page
    form = leena.get(to(iida), {"worker": world.niklas.uuid, "first_day": "13.7.2026"}).context["form"]
    assert str(form["worker"].value()) == str(world.niklas.uuid)
    assert form["first_day"].value() == "13.7.2026"


@pytest.mark.parametrize("first_day", ["31.2.2026", "huomenna", ""])
def test_a_day_that_is_none_breaks_no_page(leena, world, iida, first_day):
    response = leena.get(to(iida), {"worker": "nobody", "first_day": first_day})
    assert response.status_code == 200
    assert response.context["period_end"] is None


def test_the_period_that_follows_is_shown_with_its_sum_before_anything_is_saved(leena, world, iida):
    asked = {"worker": world.hanna.uuid, "first_day": "30.11.2025"}
    response = leena.get(to(iida), asked, headers={"HX-Request": "true"})
    assert response.context["period_end"].date == date(2026, 2, 27)
    assert [step.date for step in response.context["period_end"].steps] == [
        date(2025, 11, 30),
        date(2026, 2, 28),
        date(2026, 2, 27),
    ]
    assert "<html" not in response.content.decode()
    assert not iida.client.rehabilitations.exists()


@pytest.mark.parametrize(("first_day", "is_late"), [("2.6.2026", False), ("3.6.2026", True)])
def test_a_first_day_past_the_laws_limit_is_said_out_loud(leena, iida, first_day, is_late):
    response = leena.get(to(iida), {"first_day": first_day})
    assert response.context["limit"].latest == date(2026, 6, 2)
    assert ("state--late" in response.content.decode()) is is_late


def test_only_whoever_reserves_has_the_page(client, world, iida):
    client.force_login(world.sanna)
    assert client.get(to(iida)).status_code == 403
    client.force_login(world.tarja)
    assert client.get(to(iida)).status_code == 404


def test_a_referral_that_was_not_accepted_gets_no_worker(leena, world, iida):
    Referral.objects.filter(pk=iida.pk).update(accepted=None, answered_at=None, answered_by=None)
    response = leena.post(to(iida), {"worker": world.hanna.uuid, "first_day": "13.4.2026"})
    assert list(response.context["form"].errors) == ["__all__"]


def test_each_client_whose_name_is_on_the_board_leaves_one_mark(leena, world, iida):
    leena.get(to(iida))
    seen = Shown.objects.filter(actor=world.leena.uuid, purpose="plans:reservation")
    assert sorted(seen.values_list("client", flat=True)) == sorted([iida.client.uuid, world.ville.uuid])


# The board


def test_the_board_has_today_and_the_mondays_after_it(world):
    board = board_of(world.cast.team, seen_by=world.leena, moving=world.ville)
    assert sum(month.weeks for month in board.months) == WEEKS
    assert [month.first for month in board.months][:2] == [date(2026, 3, 31), date(2026, 4, 6)]
    for row in board.rows:
        assert sum(block.weeks for block in row.blocks) == WEEKS


def test_time_is_free_until_the_reservation_and_after_it(world, iida):
    row = row_of(board_of(world.cast.team, seen_by=world.leena, moving=iida.client), world.niklas)
    assert [(block.kind, block.first, block.last) for block in row.blocks] == [
        ("free", date(2026, 3, 31), date(2026, 4, 12)),
        ("booked", FIRST_DAY, LAST_DAY),
        ("free", AFTER, None),
    ]
    assert row.free_from == AFTER


def test_a_decision_makes_the_reservation_a_client(world):
    world.do(9)
    row = row_of(board_of(world.cast.team, seen_by=world.leena, moving=world.ville), world.niklas)
    assert [block.kind for block in row.blocks] == ["free", "taken", "free"]
    assert row.blocks[1].client == world.ville


def test_where_there_is_no_sight_the_board_says_only_taken(client, world, iida):
    world.do(9)
    board = board_of(world.cast.team, seen_by=world.tarja, moving=iida.client)
    assert [block.client for block in row_of(board, world.niklas).blocks] == [None, None, None]
    assert board.clients == []


def test_moving_ones_own_reservation_is_not_in_ones_own_way(world, iida):
    free = {
        moving: board_of(world.cast.team, seen_by=world.leena, moving=moving).free_from(world.niklas)
        for moving in (world.ville, iida.client)
    }
    assert free == {world.ville: date(2026, 3, 31), iida.client: AFTER}


def test_three_months_must_fit_before_a_day_counts_as_free(world, iida):
    later = iida.reserve(worker=world.hanna, first_day=date(2026, 5, 1), by=world.leena)
    slots = list(Assignment.objects.filter(worker=world.hanna))
    assert first_free_day(slots) == later.slot.during.upper
    assert first_free_day([]) == date(2026, 3, 31)


def test_a_lapsed_reservation_is_free_time_on_the_board(world, iida):
    world.on(date(2026, 4, 22))
    row = row_of(board_of(world.cast.team, seen_by=world.leena, moving=iida.client), world.niklas)
    assert [block.kind for block in row.blocks] == ["free"]
