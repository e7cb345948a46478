"""Founding a group, seeing one's own, and giving a client a place in one."""

from datetime import date

import pytest
from django.urls import reverse

from groups.models import Group
from soskuntoutus.audit.models import Shown
from soskuntoutus.demo.cast import make_assigned, make_client

pytestmark = pytest.mark.step(10)
LIST, NEW = "/groups/", "/groups/new/"


def told(**changed):
    return {
        "name": "Kokkiryhmä",
        "place": "Keittiö",
        "capacity": "2",
        "weekday": "3",
        "begins": "10",
        "ends": "12:00",
        "first_day": "16.4.2026",
        "last_day": "30.4.2026",
        **changed,
    }


def errors(response):
    return {name: " ".join(found) for name, found in response.context["form"].errors.items()}


@pytest.fixture
def niklas(client, world):
    client.force_login(world.niklas)
    return client


@pytest.fixture
def film():
    return Group.objects.get()


def to_enrol(world):
    return reverse("groups:enrol", args=[world.ville.uuid])


def place(group, first="15.4.2026", last="8.7.2026"):
    return {"group": group.pk, "first_day": first, "last_day": last}


def test_who_founds_a_group_leads_it(niklas, world):
    response = niklas.post(NEW, told())
    group = Group.objects.get(name="Kokkiryhmä")
    assert response.url == reverse("groups:group", args=[group.uuid])
    assert group.led_by(world.niklas)
    assert group.unit == world.niklas.unit
    assert group.meeting_days == [date(2026, 4, 16), date(2026, 4, 23), date(2026, 4, 30)]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"ends": "9:30"}, "__all__"),
        ({"last_day": "15.4.2026"}, "last_day"),
        ({"capacity": "0"}, "capacity"),
        ({"name": ""}, "name"),
    ],
)
def test_a_group_that_cannot_be_is_refused_and_the_words_stay(niklas, changed, field):
    response = niklas.post(NEW, told(**changed))
    assert list(errors(response)) == [field]
    assert "Keittiö" in response.content.decode()


def test_only_ones_own_groups_are_listed(client, world, film):
    seen = {}
    for user in (world.niklas, world.leena, world.hanna, world.tarja):
        client.force_login(user)
        seen[user.username] = film in client.get(LIST).context["running"]
    assert seen == {"niklas": True, "leena": True, "hanna": False, "tarja": False}


def test_the_list_shows_no_client_and_logs_none(niklas, world, film):
    film.enrol(client=world.ville, first_day=date(2026, 4, 15), last_day=date(2026, 7, 8), by=world.niklas)
    assert "Ville" not in niklas.get(LIST).content.decode()
    assert not Shown.objects.exists()


def test_a_client_gets_a_place_from_the_clients_own_page(niklas, world, film):
    assert niklas.post(to_enrol(world), place(film)).url == reverse("plans:visits", args=[world.ville.uuid])
    enrolment = world.ville.enrolments.get()
    assert (enrolment.group, enrolment.during.lower, enrolment.during.upper) == (
        film,
        date(2026, 4, 15),
        date(2026, 7, 9),
    )


def test_without_days_the_place_lasts_as_long_as_the_group_and_the_decision(niklas, world, film):
    niklas.post(to_enrol(world), place(film, "", ""))
    assert world.ville.enrolments.get().during == film.during
    niklas.post(NEW, told(first_day="16.4.2026", last_day="31.12.2026"))
    longer = Group.objects.get(name="Kokkiryhmä")
    niklas.post(to_enrol(world), place(longer, "", ""))
    during = world.ville.enrolments.get(group=longer).during
    assert (during.lower, during.upper) == (date(2026, 4, 16), date(2026, 7, 13))


@pytest.mark.parametrize(
    "days", [("14.4.2026", "8.7.2026"), ("15.4.2026", "9.7.2026"), ("8.7.2026", "15.4.2026")]
)
def test_a_place_outside_the_groups_own_days_is_refused(niklas, world, film, days):
    response = niklas.post(to_enrol(world), place(film, *days))
    assert errors(response)
    assert days[0] in response.content.decode()
    assert not world.ville.enrolments.exists()


def test_one_place_at_a_time(niklas, world, film):
    niklas.post(to_enrol(world), place(film))
    assert errors(niklas.post(to_enrol(world), place(film, "1.6.2026")))
    assert world.ville.enrolments.count() == 1


def test_a_full_group_takes_nobody_more(niklas, world):
    niklas.post(NEW, told(capacity="1"))
    group = Group.objects.get(name="Kokkiryhmä")
    other = make_client("010190-907X", "Sini Kurki")
    make_assigned(other, world.eeva, date(2026, 2, 2))
    group.enrol(client=other, first_day=date(2026, 4, 16), last_day=date(2026, 4, 20), by=world.eeva)
    assert errors(niklas.post(to_enrol(world), place(group, "20.4.2026", "30.4.2026")))
    assert niklas.post(to_enrol(world), place(group, "21.4.2026", "30.4.2026")).status_code == 302


def test_only_who_works_with_the_client_gives_a_place(client, world, film):
    client.force_login(world.leena)
    assert client.get(to_enrol(world)).context["guards"]
    assert list(errors(client.post(to_enrol(world), place(film)))) == ["__all__"]
    client.force_login(world.olli)
    assert client.get(to_enrol(world)).status_code == 404
    client.force_login(world.pia)
    assert client.get(to_enrol(world)).status_code == 403
    assert not world.ville.enrolments.exists()


def test_the_last_session_can_be_written_down_after_the_last_day(niklas, world, film):
    world.on(date(2026, 7, 22))
    assert film in niklas.get(LIST).context["ended"]
    assert film.led_by(world.niklas)
    world.on(date(2026, 7, 23))
    assert not film.led_by(world.niklas)
