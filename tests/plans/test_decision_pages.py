"""The pages of a decision: what is missing and where it is mended, the letter as it is read, the delivery."""

from datetime import date
from html import unescape

import pytest
from django.test import Client as Browser
from django.urls import reverse

from plans.models import Decision
from soskuntoutus.audit.models import Shown
from soskuntoutus.demo import words
from soskuntoutus.organisation.models import DelegationRule

FILLED = {name: words.DECISION[name] for name in words.DECISION}


@pytest.fixture
def browse(world):
    """A browser in which this person has signed in."""

    def as_(user) -> Browser:
        browser = Browser()
        browser.force_login(user)
        return browser

    return as_


def address(world) -> str:
    return reverse("plans:decision", args=[world.ville.uuid])


def text(answer) -> str:
    return unescape(answer.content.decode())


def guards(page: str) -> str:
    """The list of what must be in place."""
    return page.partition('class="guards')[2].partition("</ul>")[0]


@pytest.mark.step(8)
def test_the_page_shows_what_is_missing_first_and_what_is_in_place_with_its_day(world, browse):
    page = text(browse(world.sanna).get(address(world)))
    listed = guards(page)
    assert listed.index("is-missing") < listed.index("is-ok")
    assert 'href="#id_text"' in listed
    for said in (
        "Palvelutarpeen arvio 20.3.2026",
        "Omatyöntekijä Sanna Rinne 20.3.2026 alkaen",
        "Asiakassuunnitelma 25.3.2026",
        "3 tavoitetta asiakkaan omin sanoin, uusin 31.3.2026",
        "Toteuttaja Niklas Åberg, varaus 21.4.2026 asti",
        "Voimassa 13.4.–12.7.2026, yksi jakso",
        "Alkaa viimeistään 2.6.2026 (45 §)",
        "Delegointisääntö (keksitty) 4 §",
        "Oikaisuvaatimusohje suomeksi",
    ):
        assert said in listed


@pytest.mark.step(6)
def test_before_anybody_is_reserved_the_page_says_what_is_missing_and_where(world, browse):
    listed = guards(text(browse(world.sanna).get(address(world))))
    client = world.ville
    for said, where in (
        (
            "Asiakassuunnitelmaa ei ole vahvistettu",
            reverse("clients:document_write", args=[client.uuid, "client_plan"]),
        ),
        ("Asiakkaan omin sanoin kirjattu tavoite puuttuu", reverse("plans:goals", args=[client.uuid])),
        ("Työntekijää ei ole varattu", reverse("plans:referral", args=[client.uuid])),
    ):
        assert said in listed
        assert f'href="{where}"' in listed


@pytest.mark.step(8)
def test_a_missing_power_is_said_on_the_page_before_anything_is_typed(world, browse):
    DelegationRule.objects.filter(kind="grant").delete()
    assert "ei anna toimivaltaa" in guards(text(browse(world.sanna).get(address(world))))


@pytest.mark.step(8)
def test_the_form_begins_in_the_clients_language_with_the_signer_and_without_dates(world, browse):
    client = world.ville
    client.language = "sv"
    client.save()
    page = text(browse(world.sanna).get(address(world)))
    assert 'value="Socialvårdslagen 1301/2014 14 §, 17 §, 45 §"' in page
    assert 'value="Sanna Rinne"' in page
    assert 'value="Esimerkkikatu 1, 00000 Esimerkkikaupunki"' in page
    assert "Beslut om social rehabilitering" in page
    assert "valid_from" not in page


@pytest.mark.step(8)
def test_looking_stores_no_draft(world, browse):
    browse(world.sanna).get(address(world))
    assert not world.ville.documents.drafts().filter(kind="decision").exists()


@pytest.mark.step(8)
def test_a_draft_is_kept_with_its_gaps_and_the_letter_marks_them(world, browse):
    browser = browse(world.sanna)
    answer = browser.post(address(world), {**FILLED, "info_phone": "", "deed": "draft"}, follow=True)
    draft = world.ville.documents.drafts().get(kind="decision")
    assert draft.content["text"] == words.DECISION["text"]
    page = text(answer)
    assert "Päätöksen luonnos on tallessa." in page
    assert '<span class="gap">Puhelinnumero puuttuu</span>' in page
    assert 'href="#id_info_phone"' in guards(page)
    assert not Decision.objects.exists()


@pytest.mark.step(8)
def test_a_signature_from_the_page_leads_to_the_delivery(world, browse):
    answer = browse(world.sanna).post(address(world), {**FILLED, "deed": "signature"})
    decision = Decision.objects.get()
    assert answer.url == reverse("plans:delivery", args=[decision.document.uuid])
    assert decision.period.number == 1
    assert decision.rehabilitation.slot.confirmed_at


@pytest.mark.step(8)
def test_a_refused_signature_keeps_the_words_and_the_draft_and_says_what_to_do(world, browse):
    page = text(
        browse(world.sanna).post(address(world), {**FILLED, "text": "Liian lyhyt.", "deed": "signature"})
    )
    assert "Liian lyhyt.</textarea>" in page
    assert "Kirjoita vielä 188 merkkiä" in page
    assert world.ville.documents.drafts().get(kind="decision").content["text"] == "Liian lyhyt."
    assert not Decision.objects.exists()


@pytest.mark.step(7)
def test_a_signature_without_anybody_reserved_is_refused_on_the_page(world, browse):
    page = text(browse(world.sanna).post(address(world), {**FILLED, "deed": "signature"}))
    assert "Työntekijää ei ole varattu" in page.split('class="guards')[0]
    assert not Decision.objects.exists()


@pytest.mark.step(8)
def test_an_unknown_outcome_is_not_taken(world, browse):
    page = text(browse(world.sanna).post(address(world), {**FILLED, "outcome": "maybe", "deed": "draft"}))
    assert 'id="error-summary"' in page
    assert not world.ville.documents.drafts().filter(kind="decision").exists()


@pytest.mark.step(8)
def test_typed_markup_is_shown_as_typed_in_the_preview(world, browse):
    page = browse(world.sanna).post(
        address(world), {**FILLED, "text": "<script>alert(1)</script>", "deed": "draft"}, follow=True
    )
    assert b"<script>alert" not in page.content
    assert page.content.count(b"&lt;script&gt;alert(1)&lt;/script&gt;") == 2


@pytest.mark.step(13)
def test_the_decision_to_continue_explains_its_days_from_the_first(world, browse):
    page = text(browse(world.sanna).get(address(world)))
    assert "Päätös sosiaalisen kuntoutuksen jatkosta" in page
    assert "13.7.–12.10.2026" in page
    assert "Sinulle myönnetään jatkoa" in page or "Ratkaisun laji puuttuu" in page
    assert "Jakso 1 arvioitu 9.7.2026" in guards(page)
    assert "to 13.4.2026" not in page
    assert "ma 13.4.2026" in page


@pytest.mark.step(12)
def test_before_the_evaluation_the_page_leads_to_it(world, browse):
    listed = guards(text(browse(world.sanna).get(address(world))))
    assert "Arvioi jakso ensin asiakkaan kanssa." in listed


@pytest.mark.step(8)
@pytest.mark.parametrize("name", ["decision", "delivery"])
def test_next_door_finds_nothing_and_an_adviser_may_not(world, browse, name):
    if name == "delivery":
        browse(world.sanna).post(address(world), {**FILLED, "deed": "signature"})
        where = reverse("plans:delivery", args=[Decision.objects.get().document.uuid])
    else:
        where = address(world)
    assert browse(world.eeva).get(where).status_code == 404
    assert browse(world.pia).get(where).status_code == 403


@pytest.mark.step(8)
def test_each_reading_of_the_page_is_logged_once(world, browse):
    browse(world.sanna).get(address(world))
    assert Shown.objects.filter(client=world.ville.uuid, purpose="plans:decision").count() == 1


@pytest.mark.step(8)
def test_the_delivery_page_counts_the_days_and_shows_the_sums(world, browse):
    browser = browse(world.sanna)
    browser.post(address(world), {**FILLED, "deed": "signature"})
    where = reverse("plans:delivery", args=[Decision.objects.get().document.uuid])
    page = text(browser.get(where))
    assert "Päätöstä ei ole vielä lähetetty." in page
    assert 'value="Ville Lehtola"' in page
    world.on(date(2026, 4, 8))
    sent = {"recipient": "Ville Lehtola", "way": "letter", "sent_on": "8.4.2026"}
    page = text(browser.post(where, sent, follow=True))
    assert "ke 15.4.2026" in page
    assert "pe 15.5.2026" in page
    assert "59 §" in page


@pytest.mark.step(8)
def test_a_delivery_that_cannot_be_says_why_beside_the_day(world, browse):
    browser = browse(world.sanna)
    browser.post(address(world), {**FILLED, "deed": "signature"})
    where = reverse("plans:delivery", args=[Decision.objects.get().document.uuid])
    page = text(browser.post(where, {"recipient": "Ville", "way": "letter", "sent_on": "1.1.2026"}))
    assert 'value="1.1.2026"' in page
    assert "id_sent_on_error" in page
    page = text(browser.post(where, {"recipient": "Ville", "way": "receipt", "sent_on": ""}))
    assert "id_sent_on_error" in page
    assert not Decision.objects.get().deliveries.exists()
