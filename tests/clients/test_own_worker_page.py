"""Naming the own worker (SHL 42 §)."""

import pytest
from django.urls import reverse

from clients.forms.own_worker import OwnWorkerForm


def url(world) -> str:
    return reverse("clients:own_worker", args=[world.ville.uuid])


def choices(world) -> set:
    return set(OwnWorkerForm(client=world.ville).fields["worker"].queryset)


@pytest.mark.step(5)
def test_the_choice_is_among_the_planners_of_the_unit_and_its_teams(world):
    assert choices(world) == {world.sanna, world.niklas, world.hanna, world.leena}


@pytest.mark.step(6)
def test_who_is_the_own_worker_already_is_not_offered(world):
    assert choices(world) == {world.niklas, world.hanna, world.leena}


@pytest.mark.step(5)
def test_nobody_is_offered_a_close_person(world):
    world.ville.relation_blocks.create(user=world.niklas, reason="Sukulainen")
    assert world.niklas not in choices(world)
    assert world.hanna in choices(world)


@pytest.mark.step(5)
def test_a_right_to_special_support_is_said_where_the_choice_is_made(world):
    assert not OwnWorkerForm(client=world.ville).fields["worker"].help_text
    world.do(6)
    world.ville.assessments.update(special_support=True)
    assert OwnWorkerForm(client=world.ville).fields["worker"].help_text


@pytest.mark.step(5)
def test_the_own_worker_is_named_from_today_on(world, client):
    client.force_login(world.sanna)
    response = client.post(url(world), {"worker": world.hanna.pk})
    assert response.url == reverse("reviews:client", args=[world.ville.uuid])
    assert world.ville.own_worker_today() == world.hanna


@pytest.mark.step(5)
def test_a_worker_of_another_area_cannot_be_named(world, client):
    client.force_login(world.sanna)
    assert client.post(url(world), {"worker": world.eeva.pk}).status_code == 200
    assert world.ville.own_worker_today() is None


@pytest.mark.step(5)
def test_a_choice_is_asked_for_in_words(world, client, settings):
    settings.LANGUAGE_CODE = "en"
    client.force_login(world.sanna)
    assert "Choose: Own worker" in client.post(url(world)).content.decode()
