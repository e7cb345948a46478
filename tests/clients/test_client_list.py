"""Finding a client: only among those in sight, and nothing of a person in any address."""

import pytest
from django.urls import reverse

from clients.models import Client
from soskuntoutus import clock
from soskuntoutus.audit.models import Shown
from soskuntoutus.demo.cast import VILLE, make_assigned, make_client

LIST = reverse("clients:list")


@pytest.fixture
def sanna(client, world, at_step):
    at_step(9)
    client.force_login(world.sanna)
    return client


def found(response):
    return {journey.client.last_name for journey in response.context["journeys"]}


def test_the_list_holds_the_clients_in_sight(sanna):
    assert found(sanna.get(LIST)) == {"Lehtola", "Suojanen", "Sjöberg"}


@pytest.mark.parametrize("typed", ["lehto", "VILLE", "ville leht", VILLE, VILLE.lower(), f" {VILLE} "])
def test_a_client_is_found_by_any_part_of_the_name_or_the_whole_identity_code(sanna, typed):
    response = sanna.post(LIST, {"q": typed})
    assert found(response) == {"Lehtola"}
    assert response.status_code == 200


def test_swedish_letters_are_found_in_either_case(sanna):
    assert found(sanna.post(LIST, {"q": "SJÖ"})) == {"Sjöberg"}


@pytest.mark.parametrize("typed", ["Kanerva", "010190-901R"])
def test_a_client_next_door_is_not_found_by_name_or_code(sanna, typed):
    response = sanna.post(LIST, {"q": typed})
    assert found(response) == set()
    assert not Shown.objects.filter(purpose="clients:list").exists()


def test_half_an_identity_code_finds_nobody(sanna):
    assert found(sanna.post(LIST, {"q": VILLE[:7]})) == set()


def test_a_mistyped_identity_code_is_told_to_be_one(sanna):
    response = sanna.post(LIST, {"q": "140202A951X"})
    assert list(response.context["form"].errors) == ["q"]
    assert b"140202A951X" in response.content


def test_what_is_looked_for_in_the_address_is_not_listened_to(sanna):
    assert len(found(sanna.get(LIST, {"q": "lehto"}))) == 3


def test_no_identity_code_stands_in_the_list(sanna):
    assert VILLE not in sanna.get(LIST).content.decode()


def test_each_client_on_the_page_leaves_one_mark(sanna, world):
    sanna.get(LIST)
    rows = Shown.objects.filter(purpose="clients:list", actor=world.sanna.uuid)
    assert rows.count() == rows.values("client").distinct().count() == 3


def test_a_long_search_goes_on_by_buttons_that_carry_the_words_in_the_body(sanna, world):
    for number in range(30):
        born = make_client(_code(number), f"Matti Monta{number}")
        make_assigned(born, world.sanna, clock.today())
    first = sanna.post(LIST, {"q": "monta"})
    second = sanna.post(LIST, {"q": "monta", "page": "2"})
    assert (len(found(first)), len(found(second))) == (25, 5)
    assert 'name="q" value="monta"' in first.content.decode()
    assert "?page" not in first.content.decode()
    assert Shown.objects.filter(purpose="clients:list").count() == 30


def _code(number):
    stem = f"0101809{number:02d}"
    return f"010180-9{number:02d}{'0123456789ABCDEFHJKLMNPRSTUVWXY'[int(stem) % 31]}"


def test_whoever_leads_sees_the_unit_and_a_team_member_without_clients_nobody(client, world, at_step):
    at_step(9)
    client.force_login(world.leena)
    assert "Lehtola" in found(client.get(LIST))
    client.force_login(world.hanna)
    assert found(client.get(LIST)) == set()


@pytest.mark.parametrize("who", ["pia", "katja", "antti", "tuija"])
def test_who_reads_no_files_has_no_list(client, world, who):
    client.force_login(getattr(world, who))
    assert client.get(LIST).status_code == client.post(LIST, {"q": VILLE}).status_code == 403


def test_the_list_asks_the_same_number_of_questions_whatever_its_length(
    sanna, world, django_assert_num_queries, django_assert_max_num_queries
):
    with django_assert_max_num_queries(60) as few:
        sanna.get(LIST)
    for number in range(10):
        make_assigned(make_client(_code(number), f"Matti Monta{number}"), world.sanna, clock.today())
    with django_assert_num_queries(len(few)):
        sanna.get(LIST)
    assert Client.objects.count() > 10


@pytest.mark.parametrize("typed", ["Letola", "Vile", "lethola", "Lehtole Ville"])
def test_a_name_spelled_nearly_right_is_found_and_said_to_be_near(sanna, typed):
    response = sanna.post(LIST, {"q": typed})
    assert found(response) == {"Lehtola"}
    assert response.context["similar"]


def test_dots_may_be_left_out(sanna):
    assert found(sanna.post(LIST, {"q": "sjoberg"})) == {"Sjöberg"}


@pytest.mark.parametrize("typed", ["Kanervo", "Lehto Maija", "xyz"])
def test_another_name_or_one_next_door_is_not_near(sanna, typed):
    response = sanna.post(LIST, {"q": typed})
    assert found(response) == set()
    assert not Shown.objects.filter(purpose="clients:list").exists()


def test_who_is_found_exactly_hides_who_is_only_near(sanna, world):
    make_assigned(make_client(_code(1), "Ville Lehtonen"), world.sanna, clock.today())
    response = sanna.post(LIST, {"q": "Lehtola"})
    assert found(response) == {"Lehtola"}
    assert not response.context["similar"]
