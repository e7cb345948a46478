"""What follows the rehabilitation, the meeting with the new instructor, the follow-up and the closing."""

from datetime import date

import pytest
from django.urls import reverse

from reviews.models import FollowOn, FollowUp
from soskuntoutus.audit.models import Shown
from soskuntoutus.organisation.models import Code, Partner


@pytest.fixture
def go(world, client):
    def ask(view, *parts, data=None, by=None):
        client.force_login(by or world.niklas)
        address = reverse(f"reviews:{view}", args=[world.ville.uuid, *parts])
        return client.get(address) if data is None else client.post(address, data)

    return ask


def a_service():
    return Code.objects.valid(Code.System.FOLLOW_ON_SERVICE).get(value="2")


@pytest.mark.step(13)
def test_what_follows_is_written_down_with_its_organisation(go, world):
    facts = {
        "service": a_service().pk,
        "partner": Partner.objects.get().pk,
        "description": "Kolme päivää viikossa.",
    }
    assert go("follow_on", data=facts).status_code == 302
    row = FollowOn.objects.get()
    assert (row.rehabilitation.client, row.description) == (world.ville, "Kolme päivää viikossa.")


@pytest.mark.step(13)
def test_what_was_agreed_is_asked_for_and_the_choice_stays(go):
    answer = go("follow_on", data={"service": a_service().pk, "description": ""})
    assert answer.status_code == 200
    assert answer.context["form"].errors["description"]
    assert f'value="{a_service().pk}" selected' in answer.content.decode()
    assert not FollowOn.objects.exists()


@pytest.mark.step(9)
def test_before_the_start_the_page_says_what_is_missing_and_writes_nothing(go):
    assert go("follow_on").context["guards"][0].met is False
    go("follow_on", data={"service": a_service().pk, "description": "Liian aikaisin."})
    assert not FollowOn.objects.exists()


@pytest.mark.step(13)
def test_the_meeting_with_the_new_instructor_is_recorded_once_it_has_been_held(go, world):
    row = FollowOn.propose(
        rehabilitation=world.ville.rehabilitations.get(),
        service=a_service(),
        description="Paja.",
        by=world.niklas,
    )
    ahead = go("follow_on_meeting", row.pk, data={"met_on": "10.7.2026", "words": "Tutustuttiin."})
    assert ahead.context["form"].errors["met_on"]
    assert "Tutustuttiin." in ahead.content.decode()
    assert (
        go("follow_on_meeting", row.pk, data={"met_on": "9.7.2026", "words": "Tutustuttiin."}).status_code
        == 302
    )
    row.refresh_from_db()
    assert row.met_on == date(2026, 7, 9)


@pytest.mark.step(14)
def test_a_meeting_is_reached_only_by_its_own_client(world, client):
    row = FollowOn.objects.get()
    client.force_login(world.sanna)
    assert (
        client.get(reverse("reviews:follow_on_meeting", args=[world.ville.uuid, row.pk])).status_code == 200
    )
    assert client.get(reverse("reviews:follow_on_meeting", args=[world.aada.uuid, row.pk])).status_code == 404


@pytest.mark.step(17)
def test_the_follow_up_is_recorded_by_the_own_worker_and_then_the_matter_is_closed(go, world, client):
    world.on(date(2026, 10, 12))
    facts = {"attached": "yes", "words": "Käy pajalla.", "client_words": "Leikkaan toista pätkää."}
    assert go("follow_up", data=facts, by=world.sanna).url == reverse(
        "reviews:follow_up", args=[world.ville.uuid]
    )
    assert FollowUp.objects.get().attached == "yes"
    matter = world.ville.matters.get()
    closure = reverse("clients:closure", args=[matter.uuid])
    assert closure in go("follow_up", by=world.sanna).content.decode()
    client.post(closure)
    matter.refresh_from_db()
    assert matter.closed_on == date(2026, 10, 12)
    assert world.ville.own_worker_today() == world.sanna
    assert closure not in go("follow_up", by=world.sanna).content.decode()


@pytest.mark.step(17)
def test_somebody_elses_follow_up_is_refused_and_the_words_stay(go, world):
    answer = go("follow_up", data={"attached": "yes", "words": "Käy pajalla."}, by=world.leena)
    assert answer.context["form"].non_field_errors()
    assert "Käy pajalla." in answer.content.decode()
    assert not FollowUp.objects.exists()


@pytest.mark.step(14)
def test_while_the_service_runs_the_follow_up_waits_for_its_end(go, world):
    assert [guard.met for guard in go("follow_up", by=world.sanna).context["guards"]] == [False, True]
    go("follow_up", data={"attached": "yes", "words": "Liian aikaisin."}, by=world.sanna)
    assert not FollowUp.objects.exists()


@pytest.mark.step(14)
@pytest.mark.parametrize("view", ["follow_on", "follow_up"])
def test_next_door_finds_nothing_and_other_roles_are_turned_away(go, world, view):
    assert go(view, by=world.eeva).status_code == 404
    assert go(view, by=world.pia).status_code == 403
    assert go(view, by=world.katja).status_code == 403


@pytest.mark.step(14)
def test_one_viewing_leaves_one_mark(go, world):
    go("follow_on")
    assert Shown.objects.filter(client=world.ville.uuid, actor=world.niklas.uuid).count() == 1
