"""Where each role may go, and that every place opens."""

import pytest
from django.urls import reverse

from reviews.navigation import items_of

WORKER = ["reviews:desk", "clients:list", "groups:list", "clients:intake"]
MENUS = {
    "sanna": WORKER,
    "niklas": WORKER,
    "leena": [
        "reviews:desk",
        "clients:list",
        "plans:referrals",
        "groups:list",
        "clients:intake",
        "reviews:figures",
    ],
    "pia": ["clients:intake"],
    "katja": ["reviews:desk"],
    "antti": ["reviews:desk", "organisation:rights", "admin:index"],
    "tuija": ["reviews:desk", "reviews:log_alerts"],
}


@pytest.mark.parametrize(("name", "views"), MENUS.items())
def test_each_role_has_its_own_menu(world, name, views):
    assert [item.view for item in items_of(getattr(world, name))] == views


@pytest.mark.parametrize("name", [name for name in MENUS if name != "antti"])
def test_every_item_of_the_menu_opens(world, client, name):
    client.force_login(getattr(world, name))
    for item in items_of(getattr(world, name)):
        assert client.get(reverse(item.view), follow=True).status_code == 200, item.view


@pytest.mark.step(10)
def test_on_a_clients_page_the_clients_are_where_one_is(world, client):
    client.force_login(world.niklas)
    answer = client.get(reverse("reviews:client", args=[world.ville.uuid]))
    assert [link.url for link in answer.context["navigation"] if link.current] == [reverse("clients:list")]


@pytest.mark.parametrize(
    ("name", "searches"), [("sanna", True), ("pia", False), ("katja", False), ("antti", False)]
)
def test_only_those_who_read_files_search_for_a_client(world, client, name, searches):
    client.force_login(getattr(world, name))
    answer = client.get(reverse("reviews:desk"), follow=True)
    assert bool(answer.context["navigation"].search_url) is searches
