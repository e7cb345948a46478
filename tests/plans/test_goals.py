"""Goals in the client's own words, with a history that stays (HEL-4, HEL-5, NOSTE-9, NOSTE-10)."""

from datetime import date

import pytest
from django.urls import reverse

from plans.models import Goal
from soskuntoutus.audit.models import Shown

pytestmark = pytest.mark.step(8)

LEVELS = {f"level_{level}": "" for level in range(-2, 3)}


def typed(**changed):
    """What Niklas types of a goal; the form's names."""
    return {
        "client_words": "Haluun soittaa siskolle ite.",
        "area": "social",
        "achievable": "Sisko odottaa jo puhelua.",
        "target_on": "9.7.2026",
        "worker_words": "",
        "means": "",
        **LEVELS,
        "baseline": "",
        **changed,
    }


def to_list(world):
    return reverse("plans:goals", args=[world.ville.uuid])


def to_new(world):
    return reverse("plans:goal_new", args=[world.ville.uuid])


def to_refine(goal):
    return reverse("plans:goal_refine", args=[goal.uuid])


def errors(response):
    return {name: " ".join(found) for name, found in response.context["form"].errors.items()}


@pytest.fixture
def niklas(client, world):
    client.force_login(world.niklas)
    return client


@pytest.fixture
def goal(world):
    return world.ville.rehabilitations.get().goals.get(line=1)


# Setting


def test_a_goal_is_written_down_as_it_was_said(niklas, world):
    response = niklas.post(to_new(world), typed(level_0="Soittaa viikoittain", baseline="-2"))
    assert response.url == to_list(world)
    goal = world.ville.rehabilitations.get().goals.get(line=4)
    assert goal.client_words == "Haluun soittaa siskolle ite."
    assert (goal.levels, goal.baseline) == ({"0": "Soittaa viikoittain"}, -2)


def test_the_levels_can_wait(niklas, world):
    niklas.post(to_new(world), typed())
    goal = world.ville.rehabilitations.get().goals.get(line=4)
    assert (goal.levels, goal.baseline) == ({}, None)
    assert to_refine(goal) in niklas.get(to_list(world)).content.decode()


@pytest.mark.parametrize("name", ["client_words", "area", "achievable", "target_on"])
def test_what_makes_a_goal_cannot_be_left_out_and_the_rest_stays_typed(niklas, world, name):
    response = niklas.post(to_new(world), typed(**{name: " "}))
    assert list(errors(response)) == [name]
    kept = "Sisko odottaa" if name != "achievable" else "Haluun soittaa"
    assert kept in response.content.decode()
    assert world.ville.rehabilitations.get().goals.count() == 3


@pytest.mark.parametrize(
    ("day", "is_refused"),
    [("12.4.2026", True), ("13.4.2026", False), ("12.4.2027", False), ("13.4.2027", True)],
)
def test_a_goal_is_reached_within_the_service_at_its_longest(niklas, world, day, is_refused):
    response = niklas.post(to_new(world), typed(target_on=day))
    if is_refused:
        assert list(errors(response)) == ["target_on"]
        assert "12.4.2027" in errors(response)["target_on"]
    else:
        assert response.url == to_list(world)


@pytest.mark.step(7)
def test_before_a_worker_is_reserved_the_page_says_what_comes_first(niklas, client, world):
    client.force_login(world.sanna)
    response = client.get(to_new(world))
    assert [guard.met for guard in response.context["guards"]] == [False, False]
    assert client.post(to_new(world), typed()).status_code == 200
    assert not Goal.objects.exists()


def test_who_only_leads_reads_the_goals_and_does_not_write_them(client, world):
    client.force_login(world.leena)
    page = client.get(to_list(world))
    assert "laskut ei kasaannu" in page.content.decode()
    assert to_new(world) not in page.content.decode()
    assert list(errors(client.post(to_new(world), typed()))) == ["__all__"]


# The tab


def test_the_tab_shows_each_goal_with_its_pins(niklas, world, goal):
    (way,) = niklas.get(to_list(world)).context["ways"]
    _, standing, dropped = way
    assert [line.scale.goal.line for line in standing] == [1, 2, 3]
    assert dropped == []
    places = {level.sign: [pin.kind for pin in level.pins] for level in standing[0].scale.levels}
    assert places == {"−2": ["base"], "−1": [], "0": [], "+1": [], "+2": []}


@pytest.mark.step(13)
def test_after_the_evaluation_each_voice_stands_on_its_own_level(niklas, world):
    (way,) = niklas.get(to_list(world)).context["ways"]
    places = {level.sign: [pin.kind for pin in level.pins] for level in way[1][0].scale.levels}
    assert places == {"−2": ["base"], "−1": ["client"], "0": ["worker"], "+1": [], "+2": []}


@pytest.mark.step(15)
def test_the_goals_of_an_ended_service_stay_readable(client, world):
    client.force_login(world.sanna)
    page = client.get(to_list(world)).content.decode()
    assert "laskut ei kasaannu" in page
    assert to_new(world) not in page


def test_the_reading_leaves_one_mark(niklas, world):
    niklas.get(to_list(world))
    assert Shown.objects.filter(client=world.ville.uuid, actor=world.niklas.uuid).count() == 1


@pytest.mark.parametrize(("name", "status"), [("olli", 404), ("tarja", 404), ("pia", 403), ("antti", 403)])
def test_nobody_else_reads_them(client, world, goal, name, status):
    client.force_login(getattr(world, name))
    for url in (to_list(world), to_new(world), to_refine(goal)):
        assert client.get(url).status_code == status


# Refining


def test_a_refinement_keeps_what_was_there_and_adds_a_version(niklas, world, goal):
    form = niklas.get(to_refine(goal)).context["form"]
    same = {name: form[name].value() for name in form.fields}
    said = "Haluun et kirjeet avataan samana päivänä."
    assert niklas.post(to_refine(goal), {**same, "client_words": said}).url == to_list(world)
    versions = list(world.ville.rehabilitations.get().goals.filter(line=1))
    assert [version.client_words for version in versions] == [goal.client_words, said]
    assert versions[1].levels == goal.levels
    assert versions[1].baseline == -2
    page = niklas.get(to_list(world)).content.decode()
    assert page.index(said) < page.index("kasaannu")


def test_only_the_newest_version_is_refined(niklas, goal, world):
    goal.refine(client_words="Uudempi.", by=world.niklas)
    response = niklas.post(to_refine(goal), typed(dropped_reason=""))
    assert list(errors(response)) == ["__all__"]


def test_a_goal_that_is_given_up_stays_with_its_reason(niklas, world, goal):
    niklas.post(to_refine(goal), typed(dropped_reason="Sisko muutti, ei enää ajankohtainen."))
    (way,) = niklas.get(to_list(world)).context["ways"]
    assert [line.scale.goal.line for line in way[1]] == [2, 3]
    assert [line.scale.goal.dropped_reason for line in way[2]] == ["Sisko muutti, ei enää ajankohtainen."]
    assert world.ville.rehabilitations.get().goals.current().count() == 2


def test_the_day_of_the_version_is_the_day_it_was_put(world, goal):
    world.on(date(2026, 4, 14))
    assert goal.refine(client_words="Uudempi.", by=world.niklas).set_on == date(2026, 4, 14)
