"""The implementation plan, the first day and the last (HEL-9…12, PROSOS-9, T16, T22)."""

from datetime import date

import pytest
from django.urls import reverse

from plans.models import Goal, WorkForm
from soskuntoutus.demo import words

PLAN = {name: value for name, value in words.SERVICE_PLAN.items() if not name.endswith("_on")}


def typed(**changed):
    """What Niklas types of the plan; the form's names."""
    return {
        **PLAN,
        "met_on": "31.3.2026",
        "review_on": "9.7.2026",
        "form": "overlap",
        "every_days": "7",
        **changed,
    }


def page(name, world):
    return reverse(f"plans:{name}", args=[world.ville.uuid])


def errors(response):
    return {name: " ".join(found) for name, found in response.context["form"].errors.items()}


def lacking(response):
    return [guard.url for guard in response.context["guards"] if not guard.met]


@pytest.fixture
def niklas(client, world):
    client.force_login(world.niklas)
    return client


@pytest.fixture
def unplanned(world):
    """Ville with a worker and a goal, and no plan yet: on the day of the three-party meeting."""
    referral = world.ville.referrals.get().accept(by=world.leena)
    world.on(date(2026, 3, 31))
    rehabilitation = referral.reserve(worker=world.niklas, first_day=date(2026, 4, 13), by=world.leena)
    Goal.put(rehabilitation=rehabilitation, target_on=date(2026, 7, 9), by=world.niklas, **words.GOALS[0])
    return rehabilitation


# The plan


@pytest.mark.step(7)
def test_the_signed_plan_holds_the_goals_the_form_and_the_rhythm(niklas, world, unplanned):
    response = niklas.post(page("service_plan", world), typed(sign="1"))
    paper = world.ville.documents.in_force("service_plan").get()
    assert response.url == reverse("reviews:client", args=[world.ville.uuid])
    assert paper.content["goals"] == words.GOALS[0]["client_words"]
    assert (paper.content["work_form"], paper.content["every_days"]) == ("overlap", "7")
    assert paper.content["responsible"] == "Niklas Åberg"
    agreed = unplanned.work_forms.get()
    assert (agreed.form, agreed.every_days, agreed.during.lower) == ("overlap", 7, unplanned.anchor)
    text = niklas.get(response.url).content.decode()
    assert "kasaannu" in text


@pytest.mark.step(7)
def test_the_three_parties_and_the_citys_rhythm_are_there_to_begin_with(niklas, world, unplanned):
    form = niklas.get(page("service_plan", world)).context["form"]
    assert form["participants"].value() == "Ville Lehtola, Sanna Rinne, Niklas Åberg"
    assert form["every_days"].value() == 14


@pytest.mark.step(7)
def test_a_draft_demands_nothing_and_keeps_the_rhythm(niklas, world, unplanned):
    begun = {"content": "Kotikäynnit.", "form": "group", "every_days": "10"}
    assert niklas.post(page("service_plan", world), begun).url == page("service_plan", world)
    form = niklas.get(page("service_plan", world)).context["form"]
    values = [form[name].value() for name in ("content", "form", "every_days")]
    assert values == ["Kotikäynnit.", "group", 10]
    assert not WorkForm.objects.exists()


@pytest.mark.step(7)
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("strengths", ""),
        ("met_on", "31.2.2026"),
        ("form", ""),
        ("every_days", ""),
        ("every_days", "32"),
        ("every_days", "0"),
    ],
)
def test_what_is_missing_is_said_at_its_field_and_nothing_is_signed(niklas, world, unplanned, name, value):
    response = niklas.post(page("service_plan", world), typed(**{name: value, "sign": "1"}))
    assert list(errors(response)) == [name]
    assert PLAN["content"] in response.content.decode()
    assert not world.ville.documents.in_force("service_plan").exists()


@pytest.mark.step(7)
@pytest.mark.parametrize("days", ["1", "31"])
def test_meetings_are_from_a_day_to_a_month_apart(niklas, world, unplanned, days):
    niklas.post(page("service_plan", world), typed(every_days=days, sign="1"))
    assert unplanned.work_forms.get().every_days == int(days)


@pytest.mark.step(7)
def test_only_the_responsible_worker_signs_the_plan(client, world, unplanned):
    client.force_login(world.sanna)
    assert client.get(page("service_plan", world)).context["guards"][-1].met is False
    assert list(errors(client.post(page("service_plan", world), typed(sign="1")))) == ["__all__"]


@pytest.mark.step(7)
def test_a_plan_without_a_goal_is_not_signed(niklas, world, unplanned):
    Goal.objects.all().delete()
    assert page("goal_new", world) in lacking(niklas.get(page("service_plan", world)))
    assert list(errors(niklas.post(page("service_plan", world), typed(sign="1")))) == ["__all__"]


@pytest.mark.step(8)
def test_a_new_version_begins_with_the_words_and_asks_the_meeting_again(niklas, world):
    form = niklas.get(page("service_plan", world)).context["form"]
    assert form["content"].value() == PLAN["content"]
    assert (form["form"].value(), form["every_days"].value()) == ("overlap", 7)
    assert not form["met_on"].value()
    assert not form["review_on"].value()


# The first day


@pytest.mark.step(9)
def test_the_responsible_worker_starts_the_service_on_its_first_day(niklas, world):
    world.on(date(2026, 4, 13))
    response = niklas.get(page("start", world))
    assert lacking(response) == []
    assert niklas.post(page("start", world), {"words": "Alku sujui."}).url == reverse(
        "reviews:client", args=[world.ville.uuid]
    )
    rehabilitation = world.ville.rehabilitations.get()
    assert rehabilitation.started_on == date(2026, 4, 13)
    note = world.ville.documents.get(kind="start_note")
    assert (note.content["words"], note.signed_by) == ("Alku sujui.", world.niklas)


@pytest.mark.step(9)
@pytest.mark.parametrize(("day", "starts"), [(date(2026, 4, 12), False), (date(2026, 4, 14), True)])
def test_not_a_day_too_early(niklas, world, day, starts):
    world.on(day)
    niklas.post(page("start", world), {"words": ""})
    assert (world.ville.rehabilitations.get().started_on is not None) is starts


@pytest.mark.step(8)
def test_without_a_decision_nothing_starts_and_the_page_leads_to_it(niklas, world):
    world.on(date(2026, 4, 13))
    assert lacking(niklas.get(page("start", world))) == [page("decision", world)]
    response = niklas.post(page("start", world), {"words": "Aloitetaan silti."})
    assert list(errors(response)) == ["__all__"]
    assert "Aloitetaan silti." in response.content.decode()
    assert world.ville.rehabilitations.get().started_on is None


@pytest.mark.step(9)
def test_the_own_worker_does_not_start_what_another_is_responsible_for(client, world):
    world.on(date(2026, 4, 13))
    client.force_login(world.sanna)
    assert list(errors(client.post(page("start", world), {"words": ""}))) == ["__all__"]


@pytest.mark.step(6)
def test_before_anything_is_proposed_the_page_says_what_comes_first(client, world):
    client.force_login(world.sanna)
    for name in ("service_plan", "start", "end"):
        assert lacking(client.get(page(name, world)))[0] == page("referral", world)


# The last day


@pytest.mark.step(14)
def test_after_the_evaluation_the_service_ends_on_its_last_decided_day(niklas, world):
    world.on(date(2026, 7, 12))
    assert lacking(niklas.get(page("end", world))) == []
    niklas.post(page("end", world), {"reason": "goals_met", "words": words.END})
    rehabilitation = world.ville.rehabilitations.get()
    assert (rehabilitation.ended_on, rehabilitation.end_reason) == (date(2026, 7, 12), "goals_met")
    assert rehabilitation.slot.last_day == date(2026, 7, 12)


@pytest.mark.step(14)
def test_the_day_before_is_too_early(niklas, world):
    world.on(date(2026, 7, 11))
    response = niklas.post(page("end", world), {"reason": "goals_met", "words": words.END})
    assert list(errors(response)) == ["__all__"]
    assert "12.7.2026" in errors(response)["__all__"]
    assert world.ville.rehabilitations.get().ended_on is None


@pytest.mark.step(12)
def test_without_the_evaluation_the_page_leads_to_it_and_nothing_ends(niklas, world):
    world.on(date(2026, 7, 12))
    assert lacking(niklas.get(page("end", world))) == [reverse("reviews:evaluation", args=[world.ville.uuid])]
    response = niklas.post(page("end", world), {"reason": "goals_met", "words": words.END})
    assert list(errors(response)) == ["__all__"]


@pytest.mark.step(14)
@pytest.mark.parametrize("name", ["reason", "words"])
def test_an_end_has_a_reason_and_words(niklas, world, name):
    world.on(date(2026, 7, 12))
    response = niklas.post(page("end", world), {"reason": "goals_met", "words": words.END, name: ""})
    assert list(errors(response)) == [name]
    assert world.ville.rehabilitations.get().ended_on is None


@pytest.mark.step(10)
@pytest.mark.parametrize(("name", "status"), [("olli", 404), ("tarja", 404), ("pia", 403), ("katja", 403)])
def test_nobody_else_has_these_pages(client, world, name, status):
    client.force_login(getattr(world, name))
    for each in ("service_plan", "start", "end"):
        assert client.get(page(each, world)).status_code == status
