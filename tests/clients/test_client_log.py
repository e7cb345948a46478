"""Who has looked at a client and what was done, in plain words."""

import pytest
from django.apps import apps
from django.urls import get_resolver, reverse

from clients.words import DEEDS, PAGES, in_words

WITH_CLIENTS = ("clients", "plans", "groups", "reviews")


@pytest.fixture
def sanna(client, world, at_step):
    at_step(9)
    client.force_login(world.sanna)
    return client


def entries(browser, person, **query):
    return browser.get(reverse("clients:log", args=[person.uuid]), query).context["entries"]


def test_who_looked_and_what_was_done_newest_first(sanna, world):
    sanna.get(reverse("clients:details", args=[world.ville.uuid]))
    newest, *older = entries(sanna, world.ville)
    assert newest.who == "Sanna Rinne"
    assert newest.what == PAGES["clients:log"]
    assert older[0].what == PAGES["clients:details"]
    assert older[-1].what == DEEDS["Matter.receive"]
    assert older[-1].who == "Pia Palo"


def test_a_deed_is_told_once_not_also_as_the_opening_of_its_page(sanna, world):
    address = reverse("clients:details", args=[world.ville.uuid])
    sanna.post(address, {"phone": "050 222 2222"})
    told = [entry.what for entry in entries(sanna, world.ville)]
    assert told[1] == DEEDS["ContactDetails.change"]
    assert PAGES["clients:details"] not in told


def test_an_opening_of_protected_details_is_told_with_its_purpose(sanna, world):
    sanna.post(reverse("clients:opening", args=[world.aada.uuid]), {"purpose": "decision"})
    told = entries(sanna, world.aada)[1].what
    assert told.startswith(str(PAGES["clients:opening"]))
    assert told != PAGES["clients:opening"]


def test_a_long_log_has_pages(sanna, world):
    for _time in range(60):
        sanna.get(reverse("clients:details", args=[world.ville.uuid]))
    assert len(entries(sanna, world.ville)) == 50
    assert len(entries(sanna, world.ville, page=2)) >= 11


def test_another_client_s_log_is_not_mixed_in(sanna, world):
    sanna.get(reverse("clients:details", args=[world.linnea.uuid]))
    assert PAGES["clients:details"] not in [entry.what for entry in entries(sanna, world.ville)]


def test_a_worker_next_door_finds_nothing(client, world, at_step):
    at_step(9)
    client.force_login(world.eeva)
    assert client.get(reverse("clients:log", args=[world.ville.uuid])).status_code == 404


@pytest.mark.parametrize("who", ["pia", "katja", "antti", "tuija"])
def test_who_reads_no_files_reads_no_log_here(client, world, at_step, who):
    at_step(9)
    client.force_login(getattr(world, who))
    assert client.get(reverse("clients:log", args=[world.ville.uuid])).status_code == 403


def test_every_deed_has_its_words():
    deeds = {
        method.__qualname__
        for model in apps.get_models()
        if model._meta.app_label in WITH_CLIENTS
        for method in vars(model).values()
        if getattr(getattr(method, "__func__", method), "is_transition", False)
        for method in [getattr(method, "__func__", method)]
    }
    assert deeds - set(DEEDS) == set()


def _routes(app):
    routes = get_resolver().namespace_dict[app][1].reverse_dict
    return [(name, route) for name, route in routes.items() if isinstance(name, str)]


def test_every_page_that_may_show_a_client_has_its_words():
    pages = {
        f"{app}:{name}"
        for app in WITH_CLIENTS
        for name, (_possibilities, _pattern, _defaults, converters) in _routes(app)
        if converters
    }
    assert pages - set(PAGES) == set()


def test_what_has_no_words_is_told_by_its_own_name():
    assert in_words("clients:unheard_of") == "clients:unheard_of"
