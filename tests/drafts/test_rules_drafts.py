"""The rules of drafts: whose they are, which form they belong to, when they are put back and when they die."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.apps import apps
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.urls import reverse

from clients.models import Assignment
from soskuntoutus import clock
from soskuntoutus.audit.models import Event, Shown
from soskuntoutus.ui.forms import TextField
from soskuntoutus.ui.models import Draft
from soskuntoutus.ui.places import Place
from tests.drafts.pages import OpenPage, signed_in
from tests.plans.test_visits import told

pytestmark = pytest.mark.step(12)
WORDS = "Avasimme postin yhdessä keittiön pöydän ääressä."


@pytest.fixture
def niklas(world):
    return signed_in(world.niklas)


def new_visit(world):
    return reverse("plans:visit_new", args=[world.ville.uuid])


def start_of_plan(world):
    return reverse("clients:document_write", args=[world.ville.uuid, "client_plan"])


def a_text(page):
    """The name of some field of free words."""
    return next(bound.name for bound in page.answer.context["form"] if isinstance(bound.field, TextField))


def said(answer, asked):
    """An answer without the address asked for, and without the token that is drawn anew for each."""
    page = answer.content.decode().replace(str(asked), "")
    return answer.status_code, re.sub(r'value="\w{64}"', "", page)


# One place, one draft


def test_a_form_has_one_draft_per_user_and_subject(niklas, world):
    page = OpenPage(niklas, new_visit(world))
    page.type(words="Ensin tämä.")
    page.type(words="Sitten tämä.")
    draft = Draft.objects.get()
    assert draft.typed == {"words": ["Sitten tämä."]}
    twin = Draft(
        owner=draft.owner,
        form=draft.form,
        subject=draft.subject,
        nonce=draft.nonce,
        cipher=draft.cipher,
        writer=uuid4(),
        saved_at=clock.now(),
    )
    with pytest.raises(ValidationError, match="on jo luonnos"):
        twin.full_clean()
    twin.nonce = uuid4().hex
    twin.full_clean()


def test_a_draft_lies_encrypted(niklas, world):
    OpenPage(niklas, new_visit(world)).type(words=WORDS)
    draft = Draft.objects.get()
    stored = [str(getattr(draft, each.attname)) for each in Draft._meta.concrete_fields]
    assert not any("posti" in each or "Lehtola" in each for each in stored)
    assert draft.typed["words"] == [WORDS]


# Nobody else's


def test_nobody_sees_anothers_draft(niklas, world):
    OpenPage(niklas, new_visit(world)).type(words=WORDS)
    uuid = Draft.objects.get().uuid
    for other in (world.sanna, world.leena, world.antti, world.tuija):
        browser = signed_in(other)
        assert WORDS not in browser.get(reverse("ui:drafts")).content.decode()
        assert browser.get(reverse("ui:draft", args=[uuid])).status_code == 404
        assert browser.post(reverse("ui:removal", args=[uuid])).status_code == 404
    assert WORDS not in OpenPage(signed_in(world.sanna), f"{new_visit(world)}?draft={uuid.hex}").text
    assert Draft.objects.filter(uuid=uuid).exists()


def test_anothers_draft_is_as_one_that_does_not_exist(niklas, world):
    OpenPage(niklas, new_visit(world)).type(words=WORDS)
    sanna, theirs, nobodys = signed_in(world.sanna), Draft.objects.get().uuid, uuid4()
    hidden = said(sanna.get(reverse("ui:draft", args=[theirs])), theirs)
    missing = said(sanna.get(reverse("ui:draft", args=[nobodys])), nobodys)
    assert hidden == missing
    assert hidden[0] == 404


def test_a_place_in_anothers_name_is_refused(niklas, world):
    page = OpenPage(niklas, new_visit(world))
    page.browser = signed_in(world.sanna)
    assert page.type(words=WORDS).status_code == 401
    assert not Draft.objects.exists()


@pytest.mark.parametrize("token", ["", "nonsense", "WyJhIl0:1abc:zzz"])
def test_a_place_of_ones_own_making_is_refused(niklas, world, token):
    page = OpenPage(niklas, new_visit(world))
    page.place = token
    assert page.type(words=WORDS).status_code == 401
    assert not Draft.objects.exists()


def test_the_administration_has_no_page_of_drafts(world):
    assert Draft in apps.get_models()
    assert Draft not in admin.site._registry
    antti = signed_in(world.antti)
    assert antti.get("/admin/").status_code == 200
    assert antti.get("/admin/ui/draft/").status_code == 404


# Which form it is put back into


# Which form it is put back into


def test_yesterdays_draft_is_not_put_into_a_new_note(niklas, world):
    first = OpenPage(niklas, new_visit(world))
    first.type(words=WORDS)
    second = OpenPage(niklas, new_visit(world))
    assert second.nonce != first.nonce
    assert second.answer.context["form"]["words"].value() is None
    assert f"?draft={first.nonce}" in second.text
    again = OpenPage(niklas, f"{new_visit(world)}?draft={first.nonce}")
    assert again.answer.context["form"]["words"].value() == WORDS


def test_a_draft_is_put_back_only_where_it_was_typed(niklas, world):
    page = OpenPage(niklas, new_visit(world))
    page.type(words=WORDS)
    planned = world.ville.visits.planned().get()
    elsewhere = [
        reverse("plans:visit_record", args=[planned.uuid]),
        reverse("plans:visit", args=[world.ville.visits.held().first().uuid]),
        reverse("groups:session_new", args=[world.ville.enrolments.get().group.uuid]),
    ]
    for url in elsewhere:
        assert WORDS not in OpenPage(niklas, f"{url}?draft={page.nonce}").text


def test_a_draft_of_todays_work_is_put_back_by_itself_and_an_older_one_is_offered(niklas, world):
    url = reverse("plans:visit_record", args=[world.ville.visits.planned().get().uuid])
    OpenPage(niklas, url).type(words=WORDS)
    assert OpenPage(niklas, url).answer.context["form"]["words"].value() == WORDS
    world.on(clock.now() + timedelta(days=1, minutes=1))
    page = OpenPage(niklas, url)
    assert page.answer.context["form"]["words"].value() is None
    assert "?draft=main" in page.text
    assert OpenPage(niklas, f"{url}?draft=main").answer.context["form"]["words"].value() == WORDS


def test_a_draft_of_what_others_have_changed_since_is_offered_and_compared(world):
    own, colleague = signed_in(world.sanna), signed_in(world.sanna)
    url = start_of_plan(world)
    page = OpenPage(own, url)
    name = a_text(page)
    page.type(**{name: "Minun oma tekstini tästä."})
    assert OpenPage(colleague, url).browser.post(url, {name: "Toisen ehtimä teksti."}).status_code == 302
    later = OpenPage(own, url)
    assert later.answer.context["form"][name].value() == "Toisen ehtimä teksti."
    compared = OpenPage(own, f"{url}?draft=main")
    assert compared.answer.context["form"][name].value() == "Minun oma tekstini tästä."
    [difference] = compared.answer.context["form"].differences()
    assert (difference.own, difference.now) == ("Minun oma tekstini tästä.", "Toisen ehtimä teksti.")


# When it dies


def test_a_saved_form_has_no_draft_left_and_another_keeps_its_own(niklas, world):
    page, other = OpenPage(niklas, new_visit(world)), OpenPage(niklas, new_visit(world))
    page.type(words=WORDS)
    other.type(words="Aivan toinen käynti.")
    sent = page.send(**told(day="1.7.2026", words=WORDS))
    assert sent.status_code == 302
    assert [draft.nonce for draft in Draft.objects.all()] == [other.nonce]


def test_a_refused_form_keeps_every_word_also_without_a_script(niklas, world):
    page = OpenPage(niklas, new_visit(world))
    sent = page.send(**told(day="1.7.2026", words=WORDS, ended="8:00"))
    assert sent.status_code == 200
    draft = Draft.objects.get()
    assert draft.nonce == page.nonce
    assert draft.typed["words"] == [WORDS]
    again = OpenPage(niklas, f"{new_visit(world)}?draft={page.nonce}").answer.context["form"]
    assert (again["words"].value(), again["ended"].value()) == (WORDS, "8:00")


def test_a_draft_is_discarded_only_by_its_own_user(niklas, world):
    page = OpenPage(niklas, new_visit(world))
    page.type(words=WORDS)
    url = reverse("ui:removal", args=[Draft.objects.get().uuid])
    assert signed_in(world.sanna).post(url).status_code == 404
    assert niklas.post(url, {"again": "1"}).url == new_visit(world)
    assert not Draft.objects.exists()


# Two pages at the same place


def test_neither_of_two_pages_overwrites_the_other(niklas, world):
    url = reverse("plans:visit_record", args=[world.ville.visits.planned().get().uuid])
    first, second = OpenPage(niklas, url), OpenPage(niklas, url)
    first.type(words="Kirjoitin tämän puhelimella.")
    answer = second.type(words="Kirjoitin tämän koneella.").json()
    assert answer["other"]["typed"] == {"words": ["Kirjoitin tämän puhelimella."]}
    texts = {draft.typed["words"][0] for draft in Draft.objects.all()}
    assert texts == {"Kirjoitin tämän puhelimella.", "Kirjoitin tämän koneella."}
    assert first.type(words="Kirjoitin tämän puhelimella ja jatkoin.").json()["other"] is None


def test_the_user_says_which_of_two_texts_holds(niklas, world):
    url = reverse("plans:visit_record", args=[world.ville.visits.planned().get().uuid])
    first, second = OpenPage(niklas, url), OpenPage(niklas, url)
    first.type(words="Puhelimella.")
    other = second.type(words="Koneella.").json()["other"]
    seen = {"nonce": other["nonce"], "version": other["version"]}
    first.type(words="Puhelimella lisää.")
    more = second.type(settled=seen, words="Molemmat.").json()["other"]
    assert more["typed"]["words"] == ["Puhelimella lisää."]
    settled = second.type(
        settled={"nonce": more["nonce"], "version": more["version"]}, words="Molemmat."
    ).json()
    assert (settled["other"], settled["nonce"]) == (None, "main")
    assert Draft.objects.get().typed["words"] == ["Molemmat."]


def test_a_saving_sent_twice_or_late_changes_nothing(niklas, world):
    page = OpenPage(niklas, new_visit(world))
    page.type(words="Ensin.")
    page.type(words="Sitten.")
    page.count, page.version = 0, 0
    assert page.type(words="Ensin.").json()["other"] is None
    assert Draft.objects.get().typed["words"] == ["Sitten."]


def test_a_paper_changed_meanwhile_is_saved_only_after_comparing(world):
    sanna, url = signed_in(world.sanna), start_of_plan(world)
    page, other = OpenPage(sanna, url), OpenPage(sanna, url)
    name = a_text(page)
    assert other.send(**{name: "Toinen ehti."}).status_code == 302
    refused = page.send(**{name: "Minä kirjoitin."})
    assert refused.status_code == 200
    assert [each.now for each in refused.context["form"].differences()] == ["Toinen ehti."]
    assert world.ville.documents.drafts().get(kind="client_plan").content[name] == "Toinen ehti."
    page.basis = refused.context["form"].basis
    assert page.send(**{name: "Molemmat."}).status_code == 302


# Right to see, and the log


def test_who_loses_sight_while_typing_keeps_the_words_and_learns_nothing(niklas, world):
    page = OpenPage(niklas, new_visit(world))
    page.type(words="Kaksi sanaa.")
    Assignment.objects.filter(client=world.ville, worker=world.niklas).delete()
    seen = Shown.objects.count()
    assert page.type(words=WORDS).status_code == 200
    assert niklas.get(new_visit(world)).status_code == 404
    box = niklas.get(reverse("ui:drafts")).content.decode()
    for mark in ("Ville", "Lehtola", str(world.ville.uuid), "Avasimme"):
        assert mark not in box
    own = niklas.get(reverse("ui:draft", args=[Draft.objects.get().uuid])).content.decode()
    assert WORDS in own
    for mark in ("Ville", "Lehtola", str(world.ville.uuid)):
        assert mark not in own
    assert Shown.objects.count() == seen


def test_keeping_a_draft_shows_nobody_to_anyone(niklas, world):
    page = OpenPage(niklas, new_visit(world))
    shown, events = Shown.objects.count(), Event.objects.count()
    page.type(words=WORDS)
    niklas.get(reverse("ui:drafts"))
    assert (Shown.objects.count(), Event.objects.count()) == (shown, events)


def test_keeping_answers_the_same_of_a_hidden_client_and_of_none(niklas, world):
    def keep(subject):
        page = OpenPage(niklas, new_visit(world))
        page.place = Place(str(world.niklas.uuid), "plans:visit_new", str(subject), uuid4().hex).token
        answer = page.type(words=WORDS)
        return answer.status_code, {**answer.json(), "place": "", "nonce": ""}

    assert keep(world.meri.uuid) == keep(uuid4())


def test_the_box_leads_back_only_to_pages_that_open(niklas, world):
    page = OpenPage(niklas, new_visit(world))
    page.type(words=WORDS)
    page_here = page.nonce
    place = Place(str(world.niklas.uuid), "plans:visit_new", str(world.meri.uuid), uuid4().hex)
    page.place = place.token
    page.type(words="Tältä sivulta oikeus päättyi.")
    items = {item.draft.subject: item for item in niklas.get(reverse("ui:drafts")).context["items"]}
    open_here, closed = items[str(world.ville.uuid)], items[str(world.meri.uuid)]
    assert niklas.get(open_here.url).url == f"{new_visit(world)}?draft={page_here}"
    assert closed.url == closed.reminder == ""
    shut = niklas.get(reverse("ui:form", args=[closed.draft.uuid]))
    assert shut.url == reverse("ui:draft", args=[closed.draft.uuid])
    assert signed_in(world.sanna).get(open_here.url).status_code == 404
