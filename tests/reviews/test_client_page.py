"""The overview of one client: what it tells, to whom, and the mark it leaves."""

from datetime import date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from plans.models import Visit
from soskuntoutus import clock
from soskuntoutus.audit.models import Shown


def page(client, user, of, **query):
    client.force_login(user)
    return client.get(reverse("reviews:client", args=[of.uuid]), query)


def words(answer):
    return answer.content.decode()


@pytest.mark.step(13)
def test_the_overview_tells_who_where_and_what_next(world, client):
    text = words(page(client, world.niklas, world.ville))
    for part in (
        "Ville Lehtola",
        "140202A951U",
        "Sanna Rinne",
        "13.4.–12.7.2026",
        "Haluun et laskut ei kasaannu",
    ):
        assert part in text
    assert reverse("reviews:follow_on", args=[world.ville.uuid]) in text


@pytest.mark.step(13)
def test_the_title_names_the_thing_and_never_the_person(world, client):
    title = words(page(client, world.niklas, world.ville)).split("<title>")[1].split("</title>")[0]
    assert "Lehtola" not in title


@pytest.mark.step(9)
def test_who_can_act_gets_the_button_and_others_the_name_of_who_can(world, client):
    world.on(datetime(2026, 4, 13, 9, tzinfo=clock.HELSINKI))
    start = reverse("plans:start", args=[world.ville.uuid])
    assert start in words(page(client, world.niklas, world.ville))
    theirs = words(page(client, world.sanna, world.ville))
    assert start not in theirs
    assert "Niklas Åberg" in theirs.split('aria-labelledby="next-title"')[1].split("</section>")[0]


@pytest.mark.parametrize("name", ["eeva", "tarja", "hanna"])
@pytest.mark.step(10)
def test_a_worker_next_door_finds_nothing_there(world, client, name):
    assert page(client, getattr(world, name), world.ville).status_code == 404


@pytest.mark.parametrize("name", ["pia", "katja", "antti", "tuija"])
@pytest.mark.step(10)
def test_a_role_without_client_files_is_turned_away(world, client, name):
    assert page(client, getattr(world, name), world.ville).status_code == 403


@pytest.mark.step(10)
def test_one_viewing_leaves_one_mark(world, client):
    page(client, world.niklas, world.ville)
    row = Shown.objects.get(client=world.ville.uuid, actor=world.niklas.uuid)
    assert (row.relation, row.purpose) == ("assigned", "reviews:client")


def test_a_protected_client_shows_a_lock_instead_of_the_code_and_the_phone(world, client):
    text = words(page(client, world.sanna, world.aada))
    assert world.aada.identity_code not in text
    assert world.aada.details.phone not in text
    assert reverse("clients:details", args=[world.aada.uuid]) in text
    assert world.linnea.identity_code in words(page(client, world.sanna, world.linnea))


@pytest.mark.step(13)
def test_the_timeline_is_paged_newest_first_and_narrowed(world, client):
    first = page(client, world.niklas, world.ville).context["page"]
    assert first.has_next()
    papers = page(client, world.niklas, world.ville, show="papers").context["page"]
    assert {entry.kind for entry in papers} <= {"paper", "event"}
    meetings = page(client, world.niklas, world.ville, show="meetings").context["page"]
    assert "paper" not in {entry.kind for entry in meetings}
    assert page(client, world.niklas, world.ville, show="nonsense").status_code == 200


@pytest.mark.step(10)
def test_an_addition_stands_under_its_meeting(world, client):
    facts = {"mode": "meeting", "place": "home", "words": "Avattiin posti."}
    held_at, ended_at = (datetime(2026, 4, 13, hour, tzinfo=clock.HELSINKI) for hour in (10, 11))
    about = {"client": world.ville, "matter": world.ville.matters.get()}
    visit = Visit.record(**about, **facts, held_at=held_at, ended_at=ended_at, by=world.niklas)
    world.on(date(2026, 4, 14))
    visit.add(words="Lasku maksettiin.", by=world.niklas)
    shown = list(page(client, world.niklas, world.ville).context["page"])
    place = next(number for number, entry in enumerate(shown) if entry.text == "Avattiin posti.")
    assert shown[place + 1].kind == "addendum"
    assert shown[place + 1].text == "Lasku maksettiin."


@pytest.mark.step(11)
def test_the_page_asks_as_much_of_the_database_for_a_long_history_as_for_a_short_one(world, client):
    def asked():
        with CaptureQueriesContext(connection) as found:
            client.get(reverse("reviews:client", args=[ville.uuid]))
        return len(found)

    ville, matter = world.ville, world.ville.matters.get()
    page(client, world.niklas, ville)
    before = asked()
    for day in range(10, 20):
        at = datetime(2026, 7, day, 10, tzinfo=clock.HELSINKI)
        about = {"client": ville, "matter": matter, "mode": "meeting", "place": "home"}
        Visit.plan(**about, planned_at=at, by=world.niklas).cancel(side="us", by=world.niklas)
    assert asked() == before
