"""Which pages keep drafts, what is put back into which kind of field, and what is told to who is signed out."""

import re

import pytest
from django.test import Client as Browser
from django.urls import reverse

from reviews.drafts import PAGES
from soskuntoutus.demo.steps import Path
from soskuntoutus.ui.drafts import put_in
from soskuntoutus.ui.models import Draft
from soskuntoutus.ui.moments import MomentField
from tests.access import places
from tests.drafts.pages import OpenPage, signed_in

WRITTEN = re.compile(r"<main.*?</main>", re.DOTALL)
FORM = re.compile(r'<form[^>]*method="post".*?</form>', re.DOTALL)
WORDS = re.compile(r'<textarea|type="text"')
NOT_KEPT = {"clients:list", "organisation:rights", "plans:reservation", "groups:enrol"}
"""Pages with a form in which nothing is written that could be lost: a search, and days beside choices."""


@pytest.mark.step(12)
def test_every_page_on_which_something_is_written_keeps_drafts(world):
    world.go_with_a_neighbour(12)
    path = Path(world.cast)
    found = {}
    for username in ("sanna", "niklas", "leena", "pia", "antti"):
        browser = signed_in(getattr(world, username))
        for place in (place for place in places.ours() if not place.route.endswith(".pdf")):
            answer = browser.get(place.url(path))
            if answer.status_code != 200 or not answer["Content-Type"].startswith("text/html"):
                continue
            main = WRITTEN.search(answer.content.decode())[0]
            for form in filter(WORDS.search, FORM.findall(main)):
                kept = 'name="draft"' in form
                found.setdefault(place.name, set()).add(kept)
                assert not kept or place.name in PAGES
                assert not kept or 'class="saved"' in answer.content.decode(), place.name
    assert {name for name, kept in found.items() if kept != {True}} - NOT_KEPT == set()
    assert len(found) > 10


def test_every_page_of_the_list_is_a_page():
    names = {place.name for place in places.ours()}
    assert set(PAGES) <= names


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ({"when_0": ["9.7."], "when_1": ["10"]}, ["9.7.", "10"]),
        ({"when_1": ["31.6"]}, ["", "31.6"]),
        ({"other": ["x"]}, None),
    ],
)
def test_a_part_of_a_moment_is_put_back_beside_what_was_there(typed, value):
    assert put_in(typed, MomentField(), "when", None) == value


@pytest.mark.step(12)
def test_every_kind_of_control_is_put_back(world):
    niklas = signed_in(world.niklas)
    url = reverse("plans:visit_new", args=[world.ville.uuid])
    page = OpenPage(niklas, url)
    goal = world.ville.rehabilitations.get().goals.first()
    page.type(
        outcome_of_visit="missed",
        day="31.6.",
        place="phone",
        negotiation=["on"],
        goals=[str(goal.pk)],
        words="Rivi\ntoinen rivi",
        next_time_0="9.7.2026",
    )
    form = OpenPage(niklas, f"{url}?draft={page.nonce}").answer.context["form"]
    value = {name: form[name].value() for name in form.fields}
    assert value["outcome_of_visit"] == "missed"
    assert (value["day"], value["place"], value["negotiation"]) == ("31.6.", "phone", True)
    assert (value["goals"], value["words"]) == ([str(goal.pk)], "Rivi\ntoinen rivi")
    assert value["next_time"] == ["9.7.2026", ""]


@pytest.mark.step(12)
def test_what_was_unticked_stays_unticked(world):
    niklas = signed_in(world.niklas)
    url = reverse("plans:visit_new", args=[world.ville.uuid])
    page = OpenPage(niklas, url)
    page.type(together=["on"], words="Yksi kaksi.")
    page.type(together=[])
    form = OpenPage(niklas, f"{url}?draft={page.nonce}").answer.context["form"]
    assert (form["together"].value(), form["words"].value()) == (False, "Yksi kaksi.")


@pytest.mark.step(12)
@pytest.mark.parametrize("body", ["", "[]", "{}", '{"place": 1}', '{"typed": [], "writer": "x"}'])
def test_what_no_page_sends_is_refused(world, body):
    niklas = signed_in(world.niklas)
    answer = niklas.post(reverse("ui:drafts"), body, content_type="application/json")
    assert answer.status_code == 400
    assert not Draft.objects.exists()


# Without a session


@pytest.mark.step(12)
def test_a_script_without_a_session_is_told_so(world):
    answer = Browser().post(reverse("ui:drafts"), {}, headers={"Accept": "application/json"})
    assert answer.status_code == 401
    assert Browser().get(reverse("ui:session"), headers={"Accept": "application/json"}).status_code == 401


@pytest.mark.step(12)
def test_a_form_without_a_session_shows_the_text_once_and_says_so(world):
    url = reverse("plans:visit_new", args=[world.ville.uuid])
    sent = {
        "words": "Avasimme <b>postin</b> yhdessä.",
        "outcome_of_visit": "met",
        "csrfmiddlewaretoken": "secret",
    }
    answer = Browser().post(url, sent)
    page = answer.content.decode()
    assert answer.status_code == 401
    assert "Avasimme &lt;b&gt;postin&lt;/b&gt; yhdessä." in page
    assert "Istuntosi oli päättynyt" in page
    assert "Lehtola" not in page
    assert not Draft.objects.exists()


@pytest.mark.step(12)
def test_without_words_one_goes_to_sign_in(world):
    url = reverse("plans:visit_new", args=[world.ville.uuid])
    asked_from = {"Referer": f"http://testserver{url}"}
    answer = Browser().post(url, {"outcome_of_visit": "met"}, headers=asked_from)
    assert (answer.status_code, answer.url) == (302, f"/accounts/login/?next={url}")
