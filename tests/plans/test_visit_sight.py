"""Who reads a client's visits, who records them, and what that leaves in the log."""

import pytest
from django.urls import reverse

from clients.models import Client
from plans.models import Visit
from soskuntoutus.audit.models import Shown
from tests.plans.test_visits import errors, to_list, to_new, told

pytestmark = pytest.mark.step(10)


PAGES = ("visits", "visit_new", "visit_plan")


@pytest.mark.parametrize("page", PAGES)
def test_next_door_there_is_no_such_client(client, world, page):
    client.force_login(world.olli)
    assert client.get(reverse(f"plans:{page}", args=[world.ville.uuid])).status_code == 404


@pytest.mark.parametrize("page", ["visit", "visit_record"])
def test_next_door_there_is_no_such_visit(client, world, planned, page):
    client.force_login(world.olli)
    url = reverse(f"plans:{page}", args=[planned.uuid])
    assert client.get(url).status_code == 404
    assert client.post(reverse("plans:addendum", args=[planned.uuid]), {"words": "x"}).status_code == 404
    assert not Shown.objects.filter(actor=world.olli.uuid, client=world.ville.uuid).exists()


@pytest.mark.parametrize("page", PAGES)
def test_intake_may_not_read_visits(client, world, page):
    client.force_login(world.pia)
    assert client.get(reverse(f"plans:{page}", args=[world.ville.uuid])).status_code == 403


def test_the_supervisor_reads_but_does_not_record(client, world):
    client.force_login(world.leena)
    assert client.get(to_list(world)).status_code == 200
    assert to_new(world) not in client.get(to_list(world)).content.decode()
    assert client.get(to_new(world)).context["guards"]
    before = Visit.objects.count()
    response = client.post(to_new(world), told())
    assert list(errors(response)) == ["__all__"]
    assert Visit.objects.count() == before


@pytest.mark.parametrize("page", PAGES)
def test_one_look_is_one_row_in_the_use_log(niklas, world, page):
    niklas.get(reverse(f"plans:{page}", args=[world.ville.uuid]))
    row = Shown.objects.get(actor=world.niklas.uuid)
    assert (row.client, row.relation, row.purpose) == (world.ville.uuid, "assigned", f"plans:{page}")


def test_looking_changes_nothing(niklas, world, planned):
    before = list(Visit.objects.order_by("pk").values())
    for url in (to_list(world), to_new(world), reverse("plans:visit_record", args=[planned.uuid])):
        niklas.get(url)
    assert list(Visit.objects.order_by("pk").values()) == before


def test_no_address_or_title_names_the_client(niklas, world, planned):
    for url in (to_list(world), to_new(world), reverse("plans:visit", args=[planned.uuid])):
        page = niklas.get(url).content.decode()
        assert "Lehtola" not in page.split("</title>")[0]
    assert Client.objects.filter(last_name="Lehtola").exists()
