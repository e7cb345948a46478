"""The evaluation of a period: a ballot in two voices, drafted, signed and read."""

from datetime import date

import pytest
from django.urls import reverse

from reviews.models import Evaluation, Rating
from soskuntoutus.audit.models import Shown
from soskuntoutus.demo import words

PAPER = {
    "held_on": "9.7.2026",
    "client_present": "True",
    "participants": "Ville, Sanna, Niklas",
    "words": "Tavoitteet toteutuivat melko hyvin.",
    "proposal": "end",
    "reasons": "Tavoitteet ovat täyttyneet.",
}


def ballot(levels=words.LEVELS, **more):
    voices = ("client", "worker", "shared")
    ticked = {
        f"goal_{line}_{voice}": level
        for line, row in enumerate(levels, start=1)
        for voice, level in zip(voices, row, strict=True)
        if level is not None
    }
    return {**PAPER, **ticked, **more}


@pytest.fixture
def evaluate(world, client):
    def post(data=None, by=world.niklas, **query):
        client.force_login(by)
        address = reverse("reviews:evaluation", args=[world.ville.uuid])
        return client.get(address) if data is None else client.post(address, data)

    return post


pytestmark = pytest.mark.step(12)


def on_the_day(world):
    world.on(date(2026, 7, 9))


def test_each_goal_has_its_levels_as_rows_and_both_voices_as_columns(evaluate):
    answer = evaluate()
    text = answer.content.decode()
    assert len(answer.context["ballots"]) == 3
    assert [row.sign for row in answer.context["ballots"][0].rows] == ["+2", "+1", "0", "−1", "−2"]
    for label in (
        "Ville: +2",
        "Niklas: −2",
        "Haluun et laskut ei kasaannu",
        "Ville avaa kirjeet itse ennen käyntiä",
    ):
        assert label in text


def test_a_draft_needs_nothing_and_comes_back_as_it_was_left(evaluate, world):
    answer = evaluate({"goal_1_client": "-1", "goal_1_client_words": "Yks lasku jäi."})
    assert answer.status_code == 302
    assert not Evaluation.objects.exists()
    first = evaluate().context["ballots"][0]
    assert first.levels["client"] == -1
    assert first.levels["worker"] is None
    assert first.client_words.value() == "Yks lasku jäi."


def test_signing_keeps_every_voice_and_marks_the_period_evaluated(evaluate, world):
    on_the_day(world)
    answer = evaluate(ballot(goal_1_client_words="Avaan ite.", goal_1_worker_words="Avaa itse.", sign="1"))
    assert answer.status_code == 302
    evaluation = Evaluation.objects.get()
    assert evaluation.period.evaluated_on == date(2026, 7, 9)
    said = {
        (row.goal.line, row.voice): (row.level, row.words)
        for row in evaluation.ratings.select_related("goal")
    }
    assert said[1, "client"] == (-1, "Avaan ite.")
    assert said[1, "worker"] == (0, "Avaa itse.")
    assert said[3, "shared"] == (1, "")
    assert f"{evaluation.t_score:.2f}" == "54.56"
    assert evaluation.document.content["ratings"]


@pytest.mark.parametrize("missing", ["words", "proposal", "client_present"])
def test_a_refused_signature_keeps_what_was_ticked_and_typed(evaluate, world, missing):
    on_the_day(world)
    data = ballot(goal_2_client_words="Herään ite kympiltä.", sign="1")
    data.pop(missing)
    answer = evaluate(data)
    assert answer.status_code == 200
    assert not Evaluation.objects.exists()
    assert answer.context["form"].errors[missing]
    text = answer.content.decode()
    assert 'name="goal_1_client" value="-1" id="id_goal_1_client_-1" checked' in text
    assert "Herään ite kympiltä." in text
    assert answer.context["ballots"][2].agreed == "+1"


def test_an_evaluation_is_not_signed_before_its_day(evaluate):
    answer = evaluate(ballot(sign="1"))
    assert answer.context["form"].errors["held_on"]
    assert not Evaluation.objects.exists()


def test_without_the_client_the_reason_is_told(evaluate, world):
    on_the_day(world)
    answer = evaluate(ballot(client_present="False", sign="1"))
    assert answer.context["form"].errors["absence_reason"]
    assert (
        evaluate(ballot(client_present="False", absence_reason="Sairaalassa.", sign="1")).status_code == 302
    )


def test_the_figure_comes_only_when_every_goal_is_agreed_on(evaluate, world):
    evaluate(ballot([(-1, 0, 0), (0, 0, None), (1, 1, 1)]))
    score = evaluate().context["score"]
    assert (score.rated, score.goals, score.value) == (2, 3, None)
    evaluate(ballot())
    assert f"{evaluate().context['score'].value:.2f}" == "54.56"


def test_a_signed_evaluation_with_an_open_goal_has_no_figure(evaluate, world):
    on_the_day(world)
    evaluate(ballot([(-1, 0, 0), (0, 0, None), (1, 1, 1)], sign="1"))
    assert Evaluation.objects.get().t_score is None
    assert Rating.objects.filter(voice="shared").count() == 3
    assert "54,56" not in evaluate().content.decode()


def test_voices_apart_are_asked_to_talk_and_voices_together_are_not(evaluate):
    evaluate(ballot([(-1, 1, None), (0, 0, None), (1, None, None)]))
    assert [each.gap for each in evaluate().context["ballots"]] == [2, 0, 0]


def test_a_level_off_the_scale_is_refused(evaluate):
    answer = evaluate(ballot(goal_1_client="3"))
    assert answer.status_code == 200
    assert answer.context["form"].errors["goal_1_client"]


def test_a_signed_evaluation_is_read_and_does_not_change(evaluate, world):
    on_the_day(world)
    evaluate(ballot(sign="1"))
    text = evaluate().content.decode()
    assert "54,56" in text
    assert "<textarea" not in text
    evaluate(ballot([(2, 2, 2)] * 3, sign="1"))
    assert Evaluation.objects.count() == 1
    assert not Rating.objects.filter(level=2).exists()


def test_who_leads_reads_and_does_not_write(evaluate, world):
    answer = evaluate(ballot(), by=world.leena)
    assert answer.status_code == 200
    assert answer.context["form"].non_field_errors()
    assert not world.ville.documents.filter(kind="evaluation").exists()


def test_next_door_finds_nothing_and_other_roles_are_turned_away(evaluate, world):
    assert evaluate(by=world.eeva).status_code == 404
    assert evaluate(ballot(sign="1"), by=world.eeva).status_code == 404
    assert evaluate(by=world.pia).status_code == 403
    assert not Evaluation.objects.exists()


def test_one_viewing_leaves_one_mark(evaluate, world):
    evaluate()
    assert Shown.objects.filter(client=world.ville.uuid, actor=world.niklas.uuid).count() == 1


@pytest.mark.step(8)
def test_before_a_decision_there_is_nothing_to_evaluate(evaluate, world):
    assert evaluate().url == reverse("reviews:client", args=[world.ville.uuid])
