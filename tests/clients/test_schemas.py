"""The schemas of papers: what a signature needs, and how answers are read."""

from datetime import date

import pytest
from django.utils.translation import override

from clients import schemas
from clients.schemas.fields import CHOICE, CODE, CODES, DATE, TICK, YES_NO, Field
from soskuntoutus.demo import words
from soskuntoutus.organisation.models import Code
from soskuntoutus.ranges import span

ASSESSMENT = schemas.get("assessment")
PLAN = schemas.get("client_plan")
DECISION = schemas.get("decision")


@pytest.mark.parametrize("kind", schemas.kinds())
def test_no_two_fields_of_a_paper_share_a_name(kind):
    names = [field.name for field in schemas.get(kind).fields()]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("kind", schemas.kinds())
def test_what_the_verb_writes_is_never_asked_of_the_writer(kind):
    assert not [field.name for field in schemas.get(kind).fields() if field.required and not field.typed]


def test_villes_assessment_lacks_nothing():
    assert ASSESSMENT.missing(words.ASSESSMENT) == {}


def test_an_empty_assessment_lacks_what_every_assessment_has():
    assert set(ASSESSMENT.missing({})) == {
        "started_on",
        "special_support",
        "client_view",
        "needs",
        "conclusions",
        "rehabilitation",
        "continues",
        "own_worker",
        "plan",
    }


@pytest.mark.parametrize(
    ("schema", "answers", "missing"),
    [
        (ASSESSMENT, {"special_support": True}, "special_support_reason"),
        (ASSESSMENT, {"rehabilitation": True}, "rehabilitation_reasons"),
        (ASSESSMENT, {"rehabilitation": True}, "rehabilitation_form"),
        (ASSESSMENT, {"rehabilitation": True}, "own_will"),
        (ASSESSMENT, {"continues": True}, "nature"),
        (ASSESSMENT, {"continues": True, "nature": "3", "plan": False}, "no_plan_reason"),
        (PLAN, {"rights_explained": True}, "rights_how"),
        (PLAN, {"rights_explained": False}, "rights_reason"),
        (DECISION, {"outcome": "granted"}, "provision"),
    ],
)
def test_an_answer_may_call_for_another(schema, answers, missing):
    assert missing in schema.missing(answers)


@pytest.mark.parametrize(
    ("schema", "answers", "field"),
    [
        (ASSESSMENT, {"special_support": False}, "special_support_reason"),
        (ASSESSMENT, {"rehabilitation": False}, "own_will"),
        (ASSESSMENT, {"continues": False}, "nature"),
        (ASSESSMENT, {"continues": True, "nature": "2", "plan": False}, "no_plan_reason"),
        (ASSESSMENT, {"continues": True, "nature": "3", "plan": True}, "no_plan_reason"),
        (PLAN, {"rights_explained": True}, "rights_reason"),
        (DECISION, {"outcome": "refused"}, "provision"),
    ],
)
def test_the_opposite_answer_does_not(schema, answers, field):
    assert field not in schema.missing(answers)


@pytest.mark.parametrize(("length", "said"), [(199, "1"), (200, "")])
def test_the_reasons_of_a_decision_have_two_hundred_characters(length, said):
    assert said in DECISION.missing({"text": "x" * length}).get("text", "")
    assert ("text" in DECISION.missing({"text": "x" * length})) == bool(said)


def test_an_answered_no_is_an_answer_and_an_open_box_is_not():
    assert not Field("sure", "Sure", YES_NO).is_empty(False)
    assert Field("agrees", "Agrees", TICK).is_empty(False)


@pytest.mark.parametrize(
    ("field", "value", "read"),
    [
        (Field("day", "Day", DATE), "2026-03-05", ["5.3.2026"]),
        (Field("sure", "Sure", YES_NO), False, ["No"]),
        (Field("agrees", "Agrees", TICK), True, ["Yes"]),
        (Field("way", "Way", CHOICE, choices=(("a", "On foot"),)), "a", ["On foot"]),
        (Field("words", "Words"), "Two\nlines", ["Two\nlines"]),
        (Field("words", "Words"), "", []),
    ],
)
def test_an_answer_is_read_in_words(field, value, read):
    with override("en"):
        assert field.in_words(value) == read


def test_codes_are_read_as_their_texts_in_the_language_of_the_paper(world):
    needs = Field("needs", "Needs", CODES, system=Code.System.SUPPORT_NEED)
    with override("sv"):
        assert needs.in_words(["2", "8"]) == [
            "Stödbehov i anslutning till boende",
            "Stödbehov på grund av rusmedel",
        ]


def test_a_code_is_read_as_it_was_on_the_day_of_the_paper(world):
    nature = Field("nature", "Nature", CODE, system=Code.System.SUPPORT_NATURE)
    old = Code.objects.get(system=Code.System.SUPPORT_NATURE, value="2")
    old.during = span(date(2020, 1, 1), date(2026, 1, 31))
    old.save()
    with override("fi"):
        assert nature.in_words("2", date(2026, 1, 31)) == [old.fi]
        assert nature.in_words("2", date(2026, 2, 1)) == ["2"]
