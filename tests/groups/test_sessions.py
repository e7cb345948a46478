"""A session is recorded in a minute, and what is written of one participant never tells of another."""

from datetime import date, datetime

import pytest
from django.urls import reverse

from clients.models import Client, RelationBlock
from groups.models import Attendance, Group, Session
from soskuntoutus import clock
from soskuntoutus.audit.models import Shown
from soskuntoutus.demo.cast import make_assigned, make_client

pytestmark = pytest.mark.step(10)
DAY = date(2026, 4, 15)
LAST = date(2026, 7, 8)


@pytest.fixture
def group(world):
    """The film group with Ville of Niklas's, and Sini and Omar whose files Niklas does not see."""
    group = Group.objects.get()
    group.enrol(client=world.ville, first_day=DAY, last_day=LAST, by=world.niklas)
    for code, name in (("010190-907X", "Sini Kurki"), ("010190-908Y", "Omar Halla")):
        client = make_client(code, name)
        make_assigned(client, world.eeva, date(2026, 2, 2))
        group.enrol(client=client, first_day=DAY, last_day=LAST, by=world.eeva)
    world.on(datetime(2026, 4, 15, 16, tzinfo=clock.HELSINKI))
    return group


@pytest.fixture
def sini(group):
    return Client.objects.get(last_name="Kurki")


@pytest.fixture
def omar(group):
    return Client.objects.get(last_name="Halla")


@pytest.fixture
def all_here(world, sini, omar):
    """What is typed when everyone came."""
    return marks((world.ville, "present"), (sini, "present"), (omar, "present"))


@pytest.fixture
def niklas(client, world):
    client.force_login(world.niklas)
    return client


def to_new(group):
    return reverse("groups:session_new", args=[group.uuid])


def to_group(group):
    return reverse("groups:group", args=[group.uuid])


def marks(*pairs):
    typed = {}
    for client, presence, *line in pairs:
        typed[f"presence_{client.pk}"] = presence
        typed[f"words_{client.pk}"] = line[0] if line else ""
    return {"on": "15.4.2026", "theme": "", "note": "Katsottiin kohtauksia.", "others": "", **typed}


def errors(response):
    return {name: " ".join(found) for name, found in response.context["form"].errors.items()}


# Recording


def test_everyone_is_marked_and_the_session_saved_with_one_press(niklas, world, group, sini, omar):
    typed = marks((world.ville, "present", "Esitteli kohtauksensa."), (sini, "told"), (omar, "absent"))
    assert niklas.post(to_new(group), {**typed, "others": "2"}).url == to_group(group)
    session = group.sessions.get()
    assert (session.held_on, session.note, session.others) == (DAY, "Katsottiin kohtauksia.", 2)
    found = {row.client: (row.presence, row.words) for row in session.attendances.all()}
    assert found == {
        world.ville: ("present", "Esitteli kohtauksensa."),
        sini: ("told", ""),
        omar: ("absent", ""),
    }


def test_somebody_not_marked_is_asked_for_by_first_name_and_the_words_stay(niklas, world, group, sini, omar):
    response = niklas.post(to_new(group), marks((world.ville, "present"), (sini, "present")))
    assert "Omar" in errors(response)[f"presence_{omar.pk}"]
    assert "Katsottiin kohtauksia." in response.content.decode()
    assert not Session.objects.exists()


def test_the_rest_are_marked_as_here_without_saving_and_what_is_marked_stays(
    niklas, world, group, sini, omar
):
    response = niklas.post(to_new(group), {**marks((sini, "absent")), "rest": "1"})
    form = response.context["form"]
    assert [mark.value() for _each, mark, _line in form.rows] == ["present", "absent", "present"]
    assert form["note"].value() == "Katsottiin kohtauksia."
    assert not form.errors
    assert not Session.objects.exists()


def test_the_newest_session_stands_first_and_a_session_to_come_is_not_asked_for(
    niklas, world, group, sini, omar
):
    for day in (15, 22):
        world.on(datetime(2026, 4, day, 16, tzinfo=clock.HELSINKI))
        typed = marks((world.ville, "present"), (sini, "present"), (omar, "present"))
        niklas.post(to_new(group), {**typed, "on": f"{day}.4.2026"})
    world.on(datetime(2026, 4, 29, 9, tzinfo=clock.HELSINKI))
    context = niklas.get(to_group(group)).context
    assert [session.held_on.day for session in context["sessions"]] == [22, 15]
    assert context["unrecorded"] == []


def test_one_day_is_recorded_once(niklas, world, group, sini, omar):
    typed = marks((world.ville, "present"), (sini, "present"), (omar, "present"))
    niklas.post(to_new(group), typed)
    assert niklas.post(to_new(group), typed).status_code == 200
    assert group.sessions.count() == 1


@pytest.mark.parametrize("day", ["22.4.2026", "14.4.2026"])
def test_a_session_to_come_or_outside_the_group_is_refused(niklas, group, all_here, day):
    assert "on" in errors(niklas.post(to_new(group), {**all_here, "on": day}))
    assert not Session.objects.exists()


def test_who_is_not_enrolled_on_the_day_is_not_asked_for(niklas, world, group, sini, omar):
    group.enrolments.filter(client=omar).delete()
    response = niklas.get(to_new(group))
    assert [each.name for each, _mark, _line in response.context["form"].rows] == ["Sini", "Ville"]


def test_the_oldest_day_not_recorded_is_offered_first(niklas, world, group):
    world.on(datetime(2026, 4, 29, 16, tzinfo=clock.HELSINKI))
    assert niklas.get(to_new(group)).context["on"] == DAY
    assert niklas.get(to_new(group) + "?on=22.4.2026").context["on"] == date(2026, 4, 22)
    assert niklas.get(to_new(group) + "?on=huomenna").context["on"] == DAY


# One record, one person


@pytest.mark.parametrize("note", ["Ville esitti kohtauksen.", "Katsottiin Villen kohtaus.", "Kurki ja muut."])
def test_the_common_note_names_nobody(niklas, group, all_here, note):
    response = niklas.post(to_new(group), {**all_here, "note": note})
    assert list(errors(response)) == ["note"]
    assert note in response.content.decode()
    assert not Session.objects.exists()


def test_an_own_line_names_nobody_else(niklas, world, group, sini, omar):
    typed = marks((world.ville, "present"), (sini, "present", "Riiteli Villen kanssa."), (omar, "present"))
    assert list(errors(niklas.post(to_new(group), typed))) == [f"words_{sini.pk}"]
    assert not Attendance.objects.exists()


def test_an_own_line_may_name_the_person_it_is_about(niklas, world, group, sini, omar):
    typed = marks((world.ville, "present"), (sini, "present", "Sini leikkasi lopun."), (omar, "present"))
    assert niklas.post(to_new(group), typed).status_code == 302


def test_a_word_that_only_begins_like_a_name_in_small_letters_is_no_name(niklas, world, group, sini, omar):
    typed = {
        **marks((world.ville, "present"), (sini, "present"), (omar, "present")),
        "note": "Kuvattiin sinistä ja omaria.",
    }
    assert niklas.post(to_new(group), typed).status_code == 302


CLIENT_PAGES = ["plans:visits", "plans:visit_new", "plans:visit_plan", "groups:enrol"]


@pytest.mark.parametrize("page", CLIENT_PAGES)
def test_no_page_of_one_participant_tells_of_another(client, world, group, page):
    sini, omar = Client.objects.filter(last_name__in=["Kurki", "Halla"]).order_by("-last_name")
    group.hold(
        on=DAY,
        theme="Leikkauspöytä",
        note="Yhteinen rivi.",
        presences={
            world.ville: ("present", "Oma rivi yksi."),
            sini: ("told", "Oma rivi kaksi."),
            omar: ("absent", "Oma rivi kolme."),
        },
        by=world.niklas,
    )
    for worker, own, others in (
        (world.niklas, world.ville, (sini, omar)),
        (world.eeva, sini, (world.ville, omar)),
        (world.eeva, omar, (world.ville, sini)),
    ):
        client.force_login(worker)
        shown = client.get(reverse(page, args=[own.uuid])).content.decode()
        told = {row.client: row.words for row in Attendance.objects.all()}
        for other in others:
            assert other.first_names not in shown
            assert other.last_name not in shown
            assert told[other] not in shown
        assert "Yhteinen rivi." not in shown
        if page == "plans:visits":
            assert told[own] in shown


def test_a_participants_list_has_one_line_for_each_own_session(client, world, group, sini, omar):
    presences = {world.ville: ("present", ""), sini: ("told", ""), omar: ("absent", "")}
    group.hold(on=DAY, theme="", note="", presences=presences, by=world.niklas)
    client.force_login(world.eeva)
    kinds = {}
    for person in (sini, omar):
        entries = client.get(reverse("plans:visits", args=[person.uuid])).context["page"]
        kinds[person] = [entry.kind for entry in entries if "Elokuvaryhmä" in entry.title]
    assert kinds == {sini: ["event"], omar: ["miss"]}


# Who sees whom


def test_a_group_shows_first_names_only_and_opens_no_file_it_does_not_open_already(
    niklas, world, group, sini, omar
):
    for url in (to_group(group), to_new(group)):
        page = niklas.get(url).content.decode()
        assert all(name in page for name in ("Ville", "Sini", "Omar"))
        assert not any(name in page for name in ("Lehtola", "Kurki", "Halla"))
    assert reverse("plans:visits", args=[world.ville.uuid]) in niklas.get(to_group(group)).content.decode()
    assert str(sini.uuid) not in niklas.get(to_group(group)).content.decode()
    assert niklas.get(reverse("plans:visits", args=[sini.uuid])).status_code == 404


def test_two_with_the_same_first_name_are_told_apart_by_an_initial(niklas, world, group, sini):
    namesake = make_client("010190-9090", "Ville Aalto")
    make_assigned(namesake, world.eeva, date(2026, 2, 2))
    group.enrol(client=namesake, first_day=DAY, last_day=LAST, by=world.eeva)
    page = niklas.get(to_group(group)).content.decode()
    assert "Ville A." in page
    assert "Ville L." in page
    assert "Sini K." not in page


def test_each_participant_shown_is_in_the_use_log_with_the_nearest_relation(niklas, world, group, sini, omar):
    niklas.get(to_group(group))
    rows = {row.client: row.relation for row in Shown.objects.filter(actor=world.niklas.uuid)}
    assert rows == {world.ville.uuid: "assigned", sini.uuid: "group", omar.uuid: "group"}


def test_a_close_person_is_not_shown_to_the_leader_and_need_not_be_marked(niklas, world, group, sini, omar):
    RelationBlock.objects.create(user=world.niklas, client=sini, reason="sisar")
    assert "Sini" not in niklas.get(to_group(group)).content.decode()
    assert niklas.post(to_new(group), marks((world.ville, "present"), (omar, "present"))).status_code == 302
    assert not Shown.objects.filter(actor=world.niklas.uuid, client=sini.uuid).exists()


def test_the_supervisor_reads_but_does_not_record(client, world, group, sini, omar):
    client.force_login(world.leena)
    page = client.get(to_group(group))
    assert page.status_code == 200
    assert to_new(group) not in page.content.decode()
    typed = marks((world.ville, "present"), (sini, "present"), (omar, "present"))
    assert list(errors(client.post(to_new(group), typed))) == ["__all__"]
    assert not Session.objects.exists()


def test_next_door_there_is_no_such_group(client, world, group):
    for user in (world.olli, world.eeva, world.tarja, world.sanna):
        client.force_login(user)
        assert client.get(to_group(group)).status_code == 404
        assert client.get(to_new(group)).status_code == 404
    assert not Shown.objects.filter(relation="group").exists()


def test_intake_and_figures_have_no_groups(client, world, group):
    for user in (world.pia, world.katja, world.antti, world.tuija):
        client.force_login(user)
        assert client.get(reverse("groups:list")).status_code == 403
        assert client.get(to_group(group)).status_code == 403


def test_who_was_absent_without_a_word_is_called_and_told_on_the_groups_page_only(
    niklas, world, group, sini, omar
):
    typed = marks((world.ville, "present"), (sini, "told"), (omar, "absent"))
    response = niklas.post(to_new(group), typed, follow=True)
    messages = [str(message) for message in response.context["messages"]]
    assert not any("Omar" in message for message in messages)
    followed = {each.name: bool(each.what_now) for each in response.context["participants"]}
    assert followed == {"Omar": True, "Sini": False, "Ville": False}
