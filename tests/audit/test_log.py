"""The log: rows are only ever added; a client shown is one row per request; refusals leave a mark."""

import re
from uuid import uuid4

import pytest
from django.db import Error, connection, transaction
from django.urls import reverse

from soskuntoutus.audit.context import serving
from soskuntoutus.audit.models import Event, Shown
from soskuntoutus.audit.record import record, show

LOGS = [Event, Shown]
NOWHERE = uuid4()
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')


@pytest.fixture
def written(world):
    """One row in each log."""
    record(world.sanna, "test", world.west)
    show(world.sanna, [(world.aada.uuid, "assigned")], purpose="test")


def refused(deed):
    with pytest.raises(Error) as refusal, transaction.atomic():
        deed()
    return str(refusal.value)


@pytest.mark.parametrize("log", LOGS)
def test_a_row_of_the_log_is_never_changed(written, log):
    assert "append_only" in refused(lambda: log.objects.update(at="2020-01-01T00:00:00Z"))


@pytest.mark.parametrize("log", LOGS)
def test_a_row_of_the_log_is_never_removed(written, log):
    assert "append_only" in refused(lambda: log.objects.all().delete())
    assert "append_only" in refused(lambda: log.objects.all()._raw_delete("default"))


@pytest.mark.parametrize("log", LOGS)
def test_the_log_is_never_emptied(written, log):
    def empty():
        with connection.cursor() as cursor:
            cursor.execute(f"TRUNCATE {log._meta.db_table}")

    assert "never emptied" in refused(empty)
    assert log.objects.exists()


def test_the_log_points_at_nothing_so_nothing_is_held_back_by_it():
    assert not [field for log in LOGS for field in log._meta.get_fields() if field.is_relation]


def test_a_client_shown_twice_in_a_request_is_one_row(world):
    with serving() as request:
        show(world.sanna, [(world.aada.uuid, "assigned"), (world.linnea.uuid, "assigned")], purpose="list")
        show(world.sanna, [(world.aada.uuid, "assigned")], purpose="page")
    assert Shown.objects.filter(request=request).count() == 2


def test_a_client_shown_in_two_requests_is_two_rows(world):
    for _ in range(2):
        with serving():
            show(world.sanna, [(world.aada.uuid, "assigned")], purpose="page")
    assert Shown.objects.filter(client=world.aada.uuid, purpose="page").count() == 2


@pytest.mark.step(9)
def test_opening_a_client_leaves_one_row_with_who_by_what_and_where(client, world):
    client.force_login(world.sanna)
    assert client.get(reverse("clients:details", args=[world.ville.uuid])).status_code == 200
    row = Shown.objects.get()
    assert (row.actor, row.client, row.relation) == (world.sanna.uuid, world.ville.uuid, "assigned")
    assert row.purpose == "clients:details"


def refusals(user):
    return list(Event.objects.filter(actor=user.uuid, verb="refused").values_list("subject", flat=True))


@pytest.mark.step(9)
def test_a_refusal_is_the_same_for_a_hidden_client_and_for_none(client, world):
    client.force_login(world.eeva)
    answers = [client.get(reverse("clients:details", args=[uuid])) for uuid in (world.ville.uuid, NOWHERE)]
    hidden, missing = [TOKEN.sub("", answer.content.decode()) for answer in answers]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert hidden.replace(str(world.ville.uuid), str(NOWHERE)) == missing
    assert refusals(world.eeva) == [f"clients:details/{NOWHERE}", f"clients:details/{world.ville.uuid}"]
    assert {row.client for row in Event.objects.filter(actor=world.eeva.uuid, verb="refused")} == {None}
    assert not Shown.objects.filter(actor=world.eeva.uuid).exists()


def test_what_a_role_may_not_is_recorded_too(client, world):
    client.force_login(world.katja)
    assert client.get(reverse("clients:list")).status_code == 403
    assert refusals(world.katja) == ["clients:list"]


def test_an_address_that_leads_nowhere_is_no_refusal(client, world):
    client.force_login(world.sanna)
    assert client.get("/nothing-here/").status_code == 404
    assert refusals(world.sanna) == []


@pytest.mark.step(9)
def test_a_refusal_outlives_the_rollback_of_its_request(committed_world, client):
    client.force_login(committed_world.eeva)
    client.get(reverse("clients:details", args=[committed_world.ville.uuid]))
    connection.close()
    assert refusals(committed_world.eeva) == [f"clients:details/{committed_world.ville.uuid}"]


def test_rows_of_one_request_carry_its_number(world):
    with serving() as request:
        record(world.sanna, "test", world.west)
    assert Event.objects.latest("pk").request == request
    record(world.sanna, "test", world.west)
    assert Event.objects.latest("pk").request is None


def test_the_log_names_a_record_by_its_number_never_by_its_content(world):
    subject = record(world.sanna, "test", world.aada).subject
    assert subject == f"clients.Client:{world.aada.uuid}"
    assert Event.objects.latest("pk").client == world.aada.uuid
