"""A form keeps every typed word, shows a refusal where it is put right, and leaves the rules to the verb."""

import pytest
from django import forms
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied, ValidationError
from django.template import Context, Template
from django.utils import translation

from soskuntoutus.ui.forms import ActionForm, TextField, VoiceField
from soskuntoutus.ui.moments import DateField, MomentField, TimeField
from soskuntoutus.ui.parts import Choice
from soskuntoutus.ui.templatetags.ui import problems
from soskuntoutus.ui.widgets import Picks


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


class VisitForm(ActionForm):
    fieldsets = (("What happened", [("day", "began"), "result"], "Of this meeting only."),)

    day = DateField(label="Day")
    began = TimeField(label="Began")
    result = forms.ChoiceField(
        label="Result",
        widget=Picks(layout="rows"),
        choices=[("met", Choice("Met", "face to face")), ("no", "No")],
    )
    words = VoiceField(label="In own words", required=False, help_text="The client reads this.")
    done = TextField(label="Done", max_length=20)
    next_time = MomentField(label="Next time", required=False)


TYPED = {"day": "9.7.2026", "began": "9:30", "result": "met", "words": "Hei", "done": "Opened the post"}


def refusing(error):
    def verb(**facts):
        raise ValidationError(error)

    return verb


def drawn(form):
    return Template('{% include "ui/_form.html" with label="Save" %}').render(Context({"form": form}))


@pytest.mark.django_db
def test_the_verb_gets_what_was_typed_and_what_the_view_knows():
    form = VisitForm(TYPED)
    assert form.perform(lambda **facts: facts, by="Niklas")
    assert form.outcome["done"] == "Opened the post"
    assert form.outcome["by"] == "Niklas"


def test_nothing_is_done_before_the_form_is_sent():
    assert not VisitForm().perform(refusing("never called"))


def test_nothing_is_done_while_a_field_is_wrong():
    called = []
    assert not VisitForm(TYPED | {"day": "31.6.2026"}).perform(lambda **facts: called.append(facts))
    assert not called


@pytest.mark.django_db
def test_a_confirmation_without_fields_performs_once_it_is_sent():
    assert not ActionForm(None).perform(lambda **facts: "done", by="Niklas")
    form = ActionForm({"csrfmiddlewaretoken": "x"})
    assert form.perform(lambda **facts: facts, by="Niklas")
    assert form.outcome == {"by": "Niklas"}


@pytest.mark.django_db
def test_a_refusal_lands_on_the_field_it_is_about():
    form = VisitForm(TYPED)
    assert not form.perform(refusing({"began": "He was not at work then."}))
    assert form.errors == {"began": ["He was not at work then."]}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "error", ["Niklas has a client.", {"__all__": "Niklas has a client."}, {"slot": "Niklas has a client."}]
)
def test_a_refusal_about_no_field_of_the_form_is_told_in_the_summary(error):
    form = VisitForm(TYPED)
    assert not form.perform(refusing(error))
    assert form.non_field_errors() == ["Niklas has a client."]


@pytest.mark.django_db
def test_after_a_refusal_every_typed_word_is_still_there():
    form = VisitForm(
        TYPED | {"words": "En pelkää <postiluukkua>", "next_time_0": "15.7.", "next_time_1": "10"}
    )
    form.perform(refusing({"done": "Say more."}))
    page = drawn(form)
    for word in ("9.7.2026", "9:30", "En pelkää &lt;postiluukkua&gt;", "Opened the post", 'value="15.7."'):
        assert word in page
    assert page.count("checked") == 1


@pytest.mark.django_db
def test_a_refused_verb_leaves_nothing_behind_in_the_database():
    def half_done():
        ContentType.objects.create(app_label="half", model="done")
        raise ValidationError("No.")

    assert not ActionForm({}).perform(half_done)
    assert not ContentType.objects.filter(app_label="half").exists()


@pytest.mark.django_db
def test_a_missing_right_is_no_error_of_the_form():
    def verb(**facts):
        raise PermissionDenied

    with pytest.raises(PermissionDenied):
        ActionForm({}).perform(verb)


def test_a_field_left_empty_says_its_own_name():
    form = VisitForm({"result": "met"})
    assert form.errors["done"] == ["Fill in: Done."]
    form = VisitForm(TYPED | {"result": ""})
    assert form.errors["result"] == ["Choose: Result."]


def test_a_form_that_says_it_better_is_left_alone():
    class Better(ActionForm):
        done = TextField(error_messages={"required": "Write what was done."})

    assert Better({}).errors["done"] == ["Write what was done."]


def test_a_null_byte_is_refused_in_free_text():
    assert "done" in VisitForm(TYPED | {"done": "a\0b"}).errors


def test_the_problems_stand_in_the_order_of_the_fields_and_lead_to_their_controls():
    form = VisitForm({"words": "Hei", "next_time_0": "31.6."})
    form.add_error(None, "The client has a visit at that time.")
    found = problems(form)
    assert [problem.at for problem in found] == [
        "",
        "id_day",
        "id_began",
        "id_result_0",
        "id_done",
        "id_next_time_0",
    ]
    page = drawn(form)
    for problem in found[1:]:
        assert f'href="#{problem.at}"' in page
        assert f'id="{problem.at}"' in page


def test_the_summary_takes_the_focus_only_when_there_is_something_to_put_right():
    assert "autofocus" in drawn(VisitForm({}))
    assert "autofocus" not in drawn(VisitForm())


def test_a_field_is_described_by_its_error_and_its_help():
    form = VisitForm(TYPED)
    form.add_error("words", "Write the client's own words.")
    page = drawn(form)
    assert 'aria-describedby="id_words_helptext id_words_error"' in page
    assert 'id="id_words_helptext"' in page
    assert 'id="id_words_error"' in page
    assert 'aria-invalid="true"' in page


def test_label_error_control_and_help_stand_in_this_order():
    form = VisitForm(TYPED)
    form.add_error("words", "Write the client's own words.")
    page = drawn(form)
    places = [
        page.index(part)
        for part in ('for="id_words"', 'id="id_words_error"', "<textarea", 'id="id_words_helptext"')
    ]
    assert places == sorted(places)


def test_the_browser_neither_validates_nor_fills_in_nor_cuts():
    page = drawn(VisitForm())
    assert "novalidate" in page
    assert 'autocomplete="off"' in page
    assert "required" not in page
    assert "maxlength" not in page


def test_no_hint_disappears_while_one_types():
    class Login(ActionForm):
        name = forms.CharField(widget=forms.TextInput(attrs={"placeholder": "User name"}))

    assert "placeholder" not in drawn(Login())


def test_the_clients_words_are_written_where_they_look_like_it():
    assert 'class="area area--short area--voice"' in drawn(VisitForm())


def test_a_choice_may_say_a_second_line():
    page = drawn(VisitForm())
    assert '<span class="pick__more">face to face</span>' in page
    assert 'class="picks--rows"' in page


def test_fields_of_one_line_stand_together_and_what_no_fieldset_names_comes_last():
    first, rest = VisitForm().sections
    assert (first.title, first.help) == ("What happened", "Of this meeting only.")
    assert [[bound.name for bound in row] for row in first.rows] == [["day", "began"], ["result"]]
    assert [bound.name for row in rest.rows for bound in row] == ["words", "done", "next_time"]


def test_only_what_may_be_left_empty_is_marked():
    assert drawn(VisitForm()).count("(optional)") == 2
