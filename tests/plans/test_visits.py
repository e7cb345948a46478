"""Visits: recorded on one screen with the next one, locked at once, only by who works with the client."""

from datetime import date, datetime

import pytest
from django.urls import reverse

from plans.models import Visit
from soskuntoutus import clock

EVENING = datetime(2026, 4, 13, 17, tzinfo=clock.HELSINKI)


def at(day, month, hour, minute=0):
    return datetime(2026, month, day, hour, minute, tzinfo=clock.HELSINKI)


def told(**changed):
    """What Niklas types of a home visit on the first day; the form's names."""
    return {
        "outcome_of_visit": "met",
        "day": "13.4.2026",
        "began": "9:30",
        "ended": "10.30",
        "place": "home",
        "participants": "",
        "words": "Avasimme postin yhdessä.",
        "client_words": "Eka kirje auki.",
        "next_meeting": "later",
        "next_time_0": "",
        "next_time_1": "",
        **changed,
    }


def to_new(world):
    return reverse("plans:visit_new", args=[world.ville.uuid])


def to_list(world):
    return reverse("plans:visits", args=[world.ville.uuid])


def errors(response):
    return {name: " ".join(found) for name, found in response.context["form"].errors.items()}


pytestmark = pytest.mark.step(10)


# Recording


def test_a_visit_is_recorded_and_locked_at_once(niklas, world):
    goal = world.ville.rehabilitations.get().goals.first()
    response = niklas.post(to_new(world), told(goals=[goal.pk], together="on"))
    visit = world.ville.visits.latest("pk")
    assert response.url == to_list(world)
    assert (visit.held_at, visit.ended_at, visit.place, visit.mode) == (
        at(13, 4, 9, 30),
        at(13, 4, 10, 30),
        "home",
        "meeting",
    )
    assert visit.client_words == "Eka kirje auki."
    assert visit.together
    assert list(visit.goals.all()) == [goal]
    assert visit.locked_at is not None
    assert visit.rehabilitation == world.ville.rehabilitations.get()


def test_the_same_press_agrees_on_the_next_visit(niklas, world):
    form = niklas.get(to_new(world)).context["form"]
    proposed = form.fields["next_meeting"].choices[0][0]
    niklas.post(to_new(world), told(next_meeting=proposed))
    following = world.ville.visits.planned().get()
    assert following.planned_at == datetime.fromisoformat(proposed)
    assert (following.place, following.mode, following.worker) == ("home", "meeting", world.niklas)


def test_the_next_visit_can_be_at_another_time(niklas, world):
    niklas.post(to_new(world), told(next_meeting="own", next_time_0="17.4.2026", next_time_1="14"))
    assert world.ville.visits.planned().get().planned_at == at(17, 4, 14)


def test_if_the_next_time_is_refused_the_visit_is_not_recorded_either(niklas, world):
    before = world.ville.visits.count()
    response = niklas.post(to_new(world), told(next_meeting="own", next_time_0="12.4.2026", next_time_1="14"))
    assert list(errors(response)) == ["next_time"]
    assert world.ville.visits.count() == before
    assert "Avasimme postin yhdessä." in response.content.decode()


def test_another_time_is_asked_for_when_it_is_chosen(niklas, world):
    assert list(errors(niklas.post(to_new(world), told(next_meeting="own")))) == ["next_time"]


def test_proposals_keep_the_rhythm_and_are_working_days(niklas, world):
    choices = niklas.get(to_new(world)).context["form"].fields["next_meeting"].choices
    moments = [datetime.fromisoformat(value) for value, _label in choices[:-2]]
    assert [clock.day_of(moment) for moment in moments] == [date(2026, 4, 17), date(2026, 4, 20)]


def test_a_time_that_the_worker_has_agreed_elsewhere_is_not_proposed(niklas, world):
    agreed = niklas.get(to_new(world)).context["form"].fields["next_meeting"].choices[1][0]
    Visit.plan(
        client=world.ville,
        matter=world.ville.matters.get(),
        mode="meeting",
        place="home",
        planned_at=datetime.fromisoformat(agreed),
        by=world.niklas,
    )
    left = niklas.get(to_new(world)).context["form"].fields["next_meeting"].choices
    assert agreed not in dict(left)


def test_no_time_is_proposed_after_the_last_day_decided(niklas, world):
    world.on(at(8, 7, 17))
    choices = niklas.get(to_new(world)).context["form"].fields["next_meeting"].choices
    assert all(
        clock.day_of(datetime.fromisoformat(value)) <= date(2026, 7, 12) for value, _label in choices[:-2]
    )


def test_a_next_time_after_the_last_day_decided_is_agreed_with_a_warning(niklas, world):
    response = niklas.post(
        to_new(world), told(next_meeting="own", next_time_0="14.7.2026", next_time_1="10"), follow=True
    )
    assert world.ville.visits.planned().get().planned_at == at(14, 7, 10)
    assert [message.level_tag for message in response.context["messages"]] == ["success", "warning"]


def test_a_call_is_recorded_as_a_call_and_the_next_meeting_is_at_home(niklas, world):
    niklas.post(
        to_new(world), told(place="phone", next_meeting="own", next_time_0="15.4.2026", next_time_1="9")
    )
    assert world.ville.visits.held().latest("pk").mode == "call"
    assert world.ville.visits.planned().get().place == "home"


def test_a_meeting_with_others_names_them(niklas, world):
    assert list(errors(niklas.post(to_new(world), told(negotiation="on")))) == ["participants"]
    niklas.post(to_new(world), told(negotiation="on", participants="Sanna Rinne"))
    visit = world.ville.visits.latest("pk")
    assert (visit.mode, visit.participants) == ("negotiation", "Sanna Rinne")


def test_others_at_home_do_not_make_it_a_meeting_with_others(niklas, world):
    niklas.post(to_new(world), told(participants="sisko"))
    assert world.ville.visits.latest("pk").mode == "meeting"


def test_a_visit_that_was_held_needs_its_end_and_what_was_done(niklas, world):
    response = niklas.post(to_new(world), told(ended="", words=""))
    assert list(errors(response)) == ["ended", "words"]
    assert "Eka kirje auki." in response.content.decode()


def test_a_visit_cannot_end_before_it_begins(niklas, world):
    assert "9.30" in errors(niklas.post(to_new(world), told(ended="9:10")))["ended"]


# An agreed visit


def test_an_agreed_visit_is_recorded_with_what_was_agreed_filled_in(niklas, world, planned):
    world.on(at(14, 4, 11))
    url = reverse("plans:visit_record", args=[planned.uuid])
    initial = niklas.get(url).context["form"].initial
    assert (initial["day"], initial["began"].hour, initial["place"]) == (date(2026, 4, 14), 9, "home")
    niklas.post(url, told(day="14.4.2026"))
    planned.refresh_from_db()
    assert planned.held_at == at(14, 4, 9, 30)


@pytest.mark.parametrize(
    ("outcome", "kept"),
    [("missed", (True, "", None)), ("client", (False, "client", None)), ("us", (False, "us", None))],
)
def test_a_visit_that_fell_through_needs_no_end_nor_words(niklas, world, planned, outcome, kept):
    world.on(at(14, 4, 11))
    url = reverse("plans:visit_record", args=[planned.uuid])
    response = niklas.post(url, told(outcome_of_visit=outcome, day="14.4.2026", ended="", words=""))
    planned.refresh_from_db()
    assert response.url == to_list(world)
    assert (planned.missed, planned.cancelled_by, planned.held_at) == kept


def test_a_visit_that_is_still_to_come_can_be_cancelled_but_not_missed(niklas, world, planned):
    url = reverse("plans:visit_record", args=[planned.uuid])
    typed = {"day": "14.4.2026", "ended": "", "words": ""}
    assert list(errors(niklas.post(url, told(outcome_of_visit="missed", **typed)))) == ["day"]
    niklas.post(url, told(outcome_of_visit="client", **typed))
    planned.refresh_from_db()
    assert planned.cancelled_by == "client"


def test_a_meeting_that_was_not_in_the_calendar_can_have_fallen_through(niklas, world):
    niklas.post(to_new(world), told(outcome_of_visit="missed", ended="", words="Ei avannut ovea."))
    visit = world.ville.visits.latest("pk")
    assert (visit.missed, visit.planned_at, visit.words) == (True, at(13, 4, 9, 30), "Ei avannut ovea.")


def test_absences_in_a_row_say_what_follows_and_a_cancellation_does_not_end_the_count(niklas, world):
    said = []
    for day, outcome in (
        (13, "missed"),
        (14, "client"),
        (15, "missed"),
        (16, "missed"),
        (17, "met"),
        (18, "missed"),
    ):
        world.on(at(day, 4, 17))
        typed = told(outcome_of_visit=outcome, day=f"{day}.4.2026")
        warnings = niklas.post(to_new(world), typed, follow=True).context["messages"]
        said.append([str(message) for message in warnings if message.level_tag == "warning"])
    first, cancelled, second, third, met, again = said
    assert cancelled == met == []
    assert again == first
    assert len({*first, *second, *third}) == 3


def test_the_one_who_records_is_the_worker_of_the_visit(client, world, planned):
    world.on(at(14, 4, 11))
    client.force_login(world.sanna)
    client.post(reverse("plans:visit_record", args=[planned.uuid]), told(day="14.4.2026"))
    planned.refresh_from_db()
    assert planned.worker == world.sanna


def test_a_completed_note_is_not_recorded_twice(niklas, world, planned):
    world.on(at(14, 4, 11))
    url = reverse("plans:visit_record", args=[planned.uuid])
    niklas.post(url, told(day="14.4.2026"))
    assert niklas.get(url).url == reverse("plans:visit", args=[planned.uuid])
    response = niklas.post(url, told(day="14.4.2026", words="Toinen totuus."))
    assert list(errors(response)) == ["__all__"]
    planned.refresh_from_db()
    assert planned.words == "Avasimme postin yhdessä."


# What is refused


def test_a_visit_in_the_future_is_refused(niklas, world):
    response = niklas.post(to_new(world), told(day="14.4.2026"))
    assert list(errors(response)) == ["day"]
    assert "Avasimme postin yhdessä." in response.content.decode()


def test_a_visit_just_begun_is_not_in_the_future(niklas, world):
    assert niklas.post(to_new(world), told(began="17:00", ended="18:00")).status_code == 302


def test_rehabilitation_outside_the_decision_is_refused_with_the_way_out(niklas, world):
    world.on(at(13, 7, 17))
    response = niklas.post(to_new(world), told(day="13.7.2026"))
    assert list(errors(response)) == ["day"]
    assert reverse("plans:decision", args=[world.ville.uuid]) in response.content.decode()


def test_on_the_last_day_decided_a_visit_is_recorded(niklas, world):
    world.on(at(12, 7, 17))
    assert niklas.post(to_new(world), told(day="12.7.2026")).status_code == 302


def test_goals_are_not_furthered_before_the_service_has_begun(niklas, world):
    goal = world.ville.rehabilitations.get().goals.first()
    response = niklas.post(to_new(world), told(day="10.4.2026", goals=[goal.pk]))
    assert list(errors(response)) == ["day"]


def test_the_clientship_goes_on_outside_the_decision(client, world):
    world.on(at(13, 7, 17))
    client.force_login(world.sanna)
    assert client.post(to_new(world), told(day="13.7.2026")).status_code == 302
    assert world.ville.visits.latest("pk").rehabilitation is None


def test_a_time_in_the_past_is_not_agreed(niklas, world):
    url = reverse("plans:visit_plan", args=[world.ville.uuid])
    typed = {"place": "home", "participants": "", "planned_at_0": "13.4.2026", "planned_at_1": "16:59"}
    assert list(errors(niklas.post(url, typed))) == ["planned_at"]
    assert niklas.post(url, {**typed, "planned_at_1": "17:01"}).url == to_list(world)


def test_a_three_party_meeting_is_agreed_with_those_who_come(niklas, world):
    url = reverse("plans:visit_plan", args=[world.ville.uuid])
    typed = {"place": "office", "planned_at_0": "9.7.2026", "planned_at_1": "10", "negotiation": "on"}
    assert list(errors(niklas.post(url, {**typed, "participants": ""}))) == ["participants"]
    niklas.post(url, {**typed, "participants": "Sanna Rinne"})
    agreed = world.ville.visits.planned().get()
    assert (agreed.mode, agreed.participants) == ("negotiation", "Sanna Rinne")


# Reading and adding


def test_a_note_is_read_and_added_to(niklas, world):
    niklas.post(to_new(world), told())
    visit = world.ville.visits.latest("pk")
    niklas.post(reverse("plans:addendum", args=[visit.uuid]), {"words": "Vuokran toinen erä lähti."})
    page = niklas.get(reverse("plans:visit", args=[visit.uuid])).content.decode()
    assert "Avasimme postin yhdessä." in page
    assert "”Eka kirje auki.”" in page
    assert "Vuokran toinen erä lähti." in page


def test_an_empty_addition_is_refused_and_a_visit_to_come_is_not_added_to(niklas, world, planned):
    niklas.post(to_new(world), told())
    visit = world.ville.visits.held().latest("pk")
    assert list(errors(niklas.post(reverse("plans:addendum", args=[visit.uuid]), {"words": ""}))) == ["words"]
    assert (
        niklas.post(reverse("plans:addendum", args=[planned.uuid]), {"words": "Liian aikaisin."}).status_code
        == 200
    )
    assert not planned.addenda.exists()


@pytest.mark.step(12)
def test_the_list_shows_what_is_agreed_first_and_then_the_newest(niklas, world):
    context = niklas.get(to_list(world)).context
    assert [entry.kind for entry in context["agreed"]] == ["planned"]
    titles = [entry.title for entry in context["page"]]
    assert titles[0].startswith("Elokuvaryhmä")
    held = world.ville.visits.exclude(locked_at=None).count()
    assert len(titles) == held + 13


@pytest.mark.step(12)
def test_the_clients_own_words_stand_as_their_own(niklas, world):
    spoken = world.ville.visits.exclude(client_words="").first().client_words
    page = niklas.get(to_list(world)).content.decode()
    assert '<blockquote class="voice">”' in page
    assert spoken[:20] in page
