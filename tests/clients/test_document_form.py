"""The form of a paper: every kind of field, nothing compulsory, every typed word kept."""

import re

import pytest
from django.http import QueryDict
from django.utils.translation import override

from clients import schemas
from clients.forms.document import DocumentForm, draft_of
from clients.models import ClientPlan, Document
from soskuntoutus.demo import words

ASSESSMENT = schemas.get("assessment")


def typed(**answers) -> QueryDict:
    """What a browser sends."""
    data = QueryDict(mutable=True)
    for name, value in answers.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    return data


@pytest.mark.parametrize("kind", schemas.kinds())
def test_every_typed_field_of_every_kind_stands_on_the_form_under_its_label(world, kind):
    form = DocumentForm(schemas.get(kind), initial={})
    drawn = {bound.name: bound.label for section in form.sections for row in section.rows for bound in row}
    assert drawn == {field.name: field.label for field in schemas.get(kind).fields() if field.typed}


def test_a_draft_requires_nothing(world):
    form = DocumentForm(ASSESSMENT, typed(conclusions="   "), initial={})
    assert form.is_valid()
    assert form.content()["conclusions"] == ""


def test_what_is_typed_comes_back_as_it_was_stored(world):
    data = typed(
        **{name: str(value) if isinstance(value, bool) else value for name, value in words.ASSESSMENT.items()}
    )
    data["started_on"] = "5.3.2026"
    form = DocumentForm(ASSESSMENT, data, initial={})
    content = form.content()
    empty = {field.name for field in ASSESSMENT.fields() if field.is_empty(content.get(field.name))}
    assert {name: value for name, value in content.items() if name not in empty} == words.ASSESSMENT


def test_what_is_stored_is_shown_as_it_is_typed(world):
    page = str(DocumentForm(ASSESSMENT, initial=words.ASSESSMENT))
    assert 'value="5.3.2026"' in page
    assert re.search(r'name="special_support" value="False"[^>]* checked', page)
    assert page.count("checked") == 5 + 3 + 1 + 1  # yes or no, needs, form, nature


def test_a_date_that_does_not_exist_is_refused_and_stays_on_the_form(world):
    form = DocumentForm(ASSESSMENT, typed(started_on="31.2.2026", housing="Vuokralla"), initial={})
    assert list(form.errors) == ["started_on"]
    assert 'value="31.2.2026"' in str(form)
    assert "Vuokralla" in str(form)


def test_what_the_form_does_not_ask_is_kept(world):
    form = DocumentForm(
        schemas.get("registration"), typed(received_on="2.3.2026"), initial={"carried": "over"}
    )
    assert form.content() == {"carried": "over", "received_on": "2026-03-02"}


def test_line_ends_are_stored_alike_whatever_the_browser(world):
    assert DocumentForm(ASSESSMENT, typed(housing="a\r\nb"), initial={}).content()["housing"] == "a\nb"


def test_only_what_no_signature_needs_is_called_optional(world):
    with override("en"):
        form = DocumentForm(ASSESSMENT, initial={})
        assert "optional" in form["housing"].as_field_group()
        assert "optional" not in form["conclusions"].as_field_group()
        assert "optional" not in form["no_plan_reason"].as_field_group()


def test_the_guards_say_the_sentences_of_the_schema_and_lead_to_the_fields(world):
    content = {**words.ASSESSMENT, "conclusions": "", "continues": None}
    guards = DocumentForm(ASSESSMENT, initial=content).guards("/page/")
    assert {guard.text for guard in guards if not guard.met} == set(
        map(str, ASSESSMENT.missing(content).values())
    )
    assert {guard.url for guard in guards if not guard.met} == {
        "/page/#id_conclusions",
        "/page/#id_continues_0",
    }
    assert "/page/#id_client_view" in {guard.url for guard in guards if guard.met}


@pytest.mark.step(5)
def test_a_new_draft_is_not_stored_before_it_is_written(world):
    matter = world.ville.matters.get()
    draft = draft_of(world.ville, matter, "assessment", by=world.sanna)
    assert (draft.pk, draft.content, draft.language) == (None, {}, "fi")
    draft.write(content={"housing": "Vuokralla"}, by=world.sanna)
    assert draft_of(world.ville, matter, "assessment", by=world.sanna) == draft


def test_the_draft_is_in_the_language_of_the_client(world):
    assert draft_of(world.linnea, world.linnea.matters.get(), "assessment", by=world.sanna).language == "sv"


@pytest.mark.step(7)
def test_a_new_version_begins_with_what_the_plan_in_force_says(world):
    draft = draft_of(world.ville, world.ville.matters.get(), "client_plan", by=world.sanna)
    assert draft.version == 2
    assert draft.content["goals"] == words.CLIENT_PLAN["goals"]
    assert "met_on" not in draft.content
    assert "review_on" not in draft.content
    assert Document.objects.in_force("client_plan").get().content == words.CLIENT_PLAN


@pytest.mark.step(7)
def test_the_new_version_takes_the_place_of_the_old(world):
    draft = draft_of(world.ville, world.ville.matters.get(), "client_plan", by=world.sanna)
    draft.write(content={**words.CLIENT_PLAN, "evaluation": "Hyvin."}, by=world.sanna)
    first = Document.objects.in_force("client_plan").get()
    second = ClientPlan.objects.get(pk=draft.pk).sign(by=world.sanna)
    assert (second.version, second.replaces) == (2, first)
    assert Document.objects.in_force("client_plan").get() == Document.objects.get(pk=second.pk)
