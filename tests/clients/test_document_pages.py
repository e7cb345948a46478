"""The pages of papers: writing, reading, signing, showing to the client."""

import re
from html import unescape

import pytest
from django.urls import reverse
from django.utils.translation import override

from clients import schemas
from clients.models import Document
from soskuntoutus.audit.models import Shown
from soskuntoutus.demo import words

pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture
def english(settings):
    """The sentences as they stand in the code."""
    settings.LANGUAGE_CODE = "en"


def text(response) -> str:
    """What a reader reads, on one line."""
    body = response.content.decode().split("<main", 1)[1]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


def write_url(world, kind="assessment"):
    return reverse("clients:document_write", args=[world.ville.uuid, kind])


def typed(content: dict) -> dict:
    """A paper as it is typed."""
    shown = {name: str(value) if isinstance(value, bool) else value for name, value in content.items()}
    return shown | {name: day(value) for name, value in content.items() if name.endswith("_on")}


def day(iso: str) -> str:
    year, month, number = iso.split("-")
    return f"{int(number)}.{int(month)}.{year}"


def paper_of(world, kind) -> Document:
    return world.ville.documents.get(kind=kind)


# Writing


@pytest.mark.step(5)
def test_a_look_at_an_empty_form_stores_nothing(world, client):
    client.force_login(world.sanna)
    assert client.get(write_url(world)).status_code == 200
    assert not world.ville.documents.drafts().exists()


@pytest.mark.step(5)
def test_a_draft_is_saved_with_as_little_as_one_word_and_found_again(world, client):
    client.force_login(world.sanna)
    assert client.post(write_url(world), {"housing": "Vuokralla"}).url == write_url(world)
    client.post(write_url(world), {"housing": "Vuokralla", "work": "Ei töissä"})
    assert paper_of(world, "assessment").content["work"] == "Ei töissä"
    assert "Vuokralla" in client.get(write_url(world)).content.decode()


@pytest.mark.step(5)
def test_what_signing_needs_stands_beside_the_form_with_links_to_the_fields(world, client):
    client.force_login(world.sanna)
    page = client.get(write_url(world)).content.decode()
    for sentence in schemas.get("assessment").missing({}).values():
        assert str(sentence) in unescape(page)
    assert 'href="#id_conclusions"' in page
    assert 'id="id_conclusions"' in page
    assert 'href="#id_continues_0"' in page
    assert 'id="id_continues_0"' in page


@pytest.mark.step(5)
def test_a_wrong_date_keeps_every_word_and_says_how_to_write_it(world, client):
    client.force_login(world.sanna)
    response = client.post(
        write_url(world), {"started_on": "eilen", "housing": "Vuokralla", "client_view": "En tiiä."}
    )
    assert "Write the date like this: 9.7.2026." in text(response)
    for word in ("eilen", "Vuokralla", "En tiiä."):
        assert word in response.content.decode()
    assert not world.ville.documents.drafts().exists()


@pytest.mark.step(5)
def test_who_leads_the_unit_may_not_write_and_keeps_the_words(world, client):
    client.force_login(world.leena)
    response = client.post(write_url(world), {"housing": "Vuokralla"})
    assert "Only someone who works with the client can do this." in text(response)
    assert "Vuokralla" in response.content.decode()
    assert not world.ville.documents.drafts().exists()


@pytest.mark.step(7)
def test_a_client_plan_in_force_gives_a_new_version_to_begin_with(world, client):
    client.force_login(world.sanna)
    page = client.get(write_url(world, "client_plan"))
    assert words.CLIENT_PLAN["goals"] in unescape(page.content.decode())
    assert "Version 2, begins with what the previous one says" in text(page)


@pytest.mark.parametrize("kind", ["contact", "decision", "poem"])
@pytest.mark.step(5)
def test_other_papers_are_not_written_here(world, client, kind):
    client.force_login(world.sanna)
    assert client.get(write_url(world, kind)).status_code == 404


@pytest.mark.step(18)
def test_without_an_open_matter_there_is_no_new_assessment(world, client):
    client.force_login(world.sanna)
    assert client.get(write_url(world)).url == reverse("clients:documents", args=[world.ville.uuid])
    assert client.get(write_url(world, "client_plan")).status_code == 200


# Signing


@pytest.mark.step(5)
def test_an_assessment_is_written_and_signed_and_the_own_worker_comes_next(world, client):
    client.force_login(world.sanna)
    response = client.post(write_url(world), {**typed(words.ASSESSMENT), "sign": "1"})
    signature = reverse("clients:signature", args=[paper_of(world, "assessment").uuid])
    assert response.url == signature
    assert "Everything is in place" in text(client.get(signature))
    assert client.post(signature).url == reverse("clients:own_worker", args=[world.ville.uuid])
    paper = paper_of(world, "assessment")
    assert paper.signed_by == world.sanna
    assert paper.assessment.special_support is False


@pytest.mark.step(5)
def test_signing_early_tells_what_is_missing_and_where(world, client):
    client.force_login(world.sanna)
    client.post(write_url(world), {"housing": "Vuokralla"})
    signature = reverse("clients:signature", args=[paper_of(world, "assessment").uuid])
    response = client.post(signature)
    assert "Fill in: The professional's conclusions." in text(response)
    assert f'href="{write_url(world)}#id_conclusions"' in response.content.decode()
    assert not paper_of(world, "assessment").is_signed
    assert paper_of(world, "assessment").content["housing"] == "Vuokralla"


@pytest.mark.step(5)
def test_a_look_at_the_signing_page_signs_nothing(world, client):
    client.force_login(world.sanna)
    client.post(write_url(world), typed(words.ASSESSMENT))
    client.get(reverse("clients:signature", args=[paper_of(world, "assessment").uuid]))
    assert not paper_of(world, "assessment").is_signed


@pytest.mark.step(5)
def test_special_support_is_named_as_an_obstacle_to_an_instructor(world, client):
    world.ville.assign(world.niklas, part="team", first=world.ville.matters.get().received_on)
    special = {**words.ASSESSMENT, "special_support": True, "special_support_reason": "Useita tuen tarpeita."}
    client.force_login(world.niklas)
    client.post(write_url(world), typed(special))
    signature = reverse("clients:signature", args=[paper_of(world, "assessment").uuid])
    sentence = "a social worker in public office must sign (36 §)"
    assert sentence in text(client.get(signature))
    assert sentence in text(client.post(signature))
    client.force_login(world.sanna)
    assert sentence not in text(client.get(signature))
    assert client.post(signature).status_code == 302


@pytest.mark.step(6)
def test_the_client_plan_is_signed_by_the_own_worker_and_nobody_else(world, client):
    world.ville.assign(world.niklas, part="team", first=world.ville.matters.get().received_on)
    client.force_login(world.niklas)
    client.post(write_url(world, "client_plan"), typed(words.CLIENT_PLAN))
    signature = reverse("clients:signature", args=[paper_of(world, "client_plan").uuid])
    assert "The own worker signs the client plan." in text(client.post(signature))
    client.force_login(world.sanna)
    assert client.post(signature).url == reverse("reviews:client", args=[world.ville.uuid])


@pytest.mark.step(7)
def test_a_signed_paper_leads_from_signing_back_to_reading(world, client):
    paper = paper_of(world, "client_plan")
    client.force_login(world.sanna)
    signature = reverse("clients:signature", args=[paper.uuid])
    assert client.get(signature).url == reverse("clients:document", args=[paper.uuid])
    assert client.post(signature).url == reverse("clients:document", args=[paper.uuid])
    assert world.ville.documents.filter(kind="client_plan").count() == 1


# Reading


@pytest.mark.step(7)
def test_a_signed_paper_tells_who_when_and_which_letters(world, client):
    paper = paper_of(world, "assessment")
    client.force_login(world.sanna)
    page = text(client.get(reverse("clients:document", args=[paper.uuid])))
    assert "Vahvistettu pe 20.3.2026, Sanna Rinne" in page
    assert paper.sha256 in page
    assert "”Haluun et laskut ei kasaannu. Ja jotain tekemistä.”" in page or "“Haluun et laskut" in page


@pytest.mark.step(7)
def test_the_clients_words_look_like_the_clients_words(world, client):
    client.force_login(world.sanna)
    page = client.get(
        reverse("clients:document", args=[paper_of(world, "client_plan").uuid])
    ).content.decode()
    voices = re.findall(r'<blockquote class="voice">(.*?)</blockquote>', page)
    assert [voice.strip("“”") for voice in voices] == [
        words.CLIENT_PLAN["client_assessment"],
        words.CLIENT_PLAN["goals"],
    ]


@pytest.mark.step(7)
def test_codes_and_answers_are_read_in_words(world, client):
    client.force_login(world.sanna)
    page = text(client.get(reverse("clients:document", args=[paper_of(world, "assessment").uuid])))
    with override("fi"):
        assert "Toistuva" in page
        assert "Taloudellisen tuen tarve" in page


@pytest.mark.step(7)
def test_a_paper_is_read_in_the_language_of_the_client(world, client):
    client.force_login(world.sanna)
    linnea = world.linnea
    url = reverse("clients:document_write", args=[linnea.uuid, "assessment"])
    client.post(url, {"needs": ["2"]})
    page = client.get(reverse("clients:document", args=[linnea.documents.get().uuid])).content.decode()
    assert '<article class="paper" lang="sv"' in page
    assert "Stödbehov i anslutning till boende" in page


@pytest.mark.step(5)
def test_a_draft_is_marked_and_shows_its_gaps(world, client):
    client.force_login(world.sanna)
    client.post(write_url(world), {"housing": "Vuokralla"})
    page = client.get(reverse("clients:document", args=[paper_of(world, "assessment").uuid]))
    assert "Draft" in text(page)
    assert '<span class="gap">' in page.content.decode()
    assert "Checksum" not in text(page)


@pytest.mark.step(17)
def test_the_replaced_version_and_the_new_one_lead_to_each_other(world, client):
    old, new = world.ville.documents.filter(kind="client_plan").order_by("version")
    client.force_login(world.sanna)
    page = client.get(reverse("clients:document", args=[old.uuid]))
    assert "A newer version has taken the place of this one." in text(page)
    assert f'href="{reverse("clients:document", args=[new.uuid])}"' in page.content.decode()
    assert "Make a new version" not in text(page)
    page = client.get(reverse("clients:document", args=[new.uuid]))
    assert f'href="{reverse("clients:document", args=[old.uuid])}"' in page.content.decode()
    assert "A newer version" not in text(page)
    assert "Make a new version" in text(page)


@pytest.mark.step(18)
def test_every_paper_of_the_whole_path_can_be_read(world, client):
    client.force_login(world.sanna)
    papers = list(world.ville.documents.all())
    assert {paper.kind for paper in papers} == set(schemas.kinds())
    for paper in papers:
        assert client.get(reverse("clients:document", args=[paper.uuid])).status_code == 200, paper.kind


@pytest.mark.step(18)
def test_nowhere_is_a_signature_called_electronic(world, client):
    client.force_login(world.sanna)
    with override("fi"):
        for paper in world.ville.documents.all():
            page = client.get(
                reverse("clients:document", args=[paper.uuid]), headers={"accept-language": "fi"}
            )
            assert "sähköis" not in text(page).lower()
            assert "allekirj" not in text(page).lower()


@pytest.mark.step(5)
def test_what_the_client_has_seen_is_on_record_by_a_press_not_by_a_look(world, client):
    client.force_login(world.sanna)
    client.post(write_url(world), {"housing": "Vuokralla"})
    paper = paper_of(world, "assessment")
    seen = reverse("clients:seen", args=[paper.uuid])
    assert client.get(seen).status_code == 405
    assert client.post(seen).url == reverse("clients:document", args=[paper.uuid])
    assert paper_of(world, "assessment").seen_by_client_at is not None


@pytest.mark.step(7)
def test_a_signed_paper_cannot_be_shown_as_a_draft_any_more(world, client):
    paper = paper_of(world, "client_plan")
    client.force_login(world.sanna)
    page = client.post(reverse("clients:seen", args=[paper.uuid]), follow=True)
    assert "A signed paper does not change." in text(page)
    assert paper_of(world, "client_plan").seen_by_client_at is None


# The list


@pytest.mark.step(7)
def test_drafts_come_first_then_the_newest(world, client):
    client.force_login(world.sanna)
    client.post(write_url(world, "client_plan"), {"services": "Sosiaalityö"})
    page = client.get(reverse("clients:documents", args=[world.ville.uuid]))
    rows = [paper.signed_at for paper in page.context["papers"]]
    assert rows[0] is None
    assert rows[1:] == sorted(rows[1:], reverse=True)


@pytest.mark.step(6)
def test_the_list_says_what_is_missing_and_where_to_begin_it(world, client):
    client.force_login(world.sanna)
    page = client.get(reverse("clients:documents", args=[world.ville.uuid]))
    assert "Assessment of service needs for people of working age, signed 20.3.2026" in text(page)
    assert "Begin: Client plan within services for people of working age" in text(page)
    assert f'href="{write_url(world, "client_plan")}"' in page.content.decode()


# The door


def addresses(world) -> list[str]:
    paper = paper_of(world, "client_plan")
    return [
        reverse("clients:documents", args=[world.ville.uuid]),
        write_url(world),
        write_url(world, "client_plan"),
        reverse("clients:document", args=[paper.uuid]),
        reverse("clients:signature", args=[paper.uuid]),
        reverse("clients:own_worker", args=[world.ville.uuid]),
    ]


@pytest.mark.step(7)
def test_a_worker_next_door_finds_nothing_and_nothing_is_shown(world, client):
    client.force_login(world.eeva)
    for address in addresses(world):
        assert client.get(address).status_code == 404, address
    assert client.post(reverse("clients:seen", args=[paper_of(world, "client_plan").uuid])).status_code == 404
    assert not Shown.objects.filter(actor=world.eeva.uuid).exists()


@pytest.mark.step(7)
@pytest.mark.parametrize("who", ["pia", "katja", "antti", "tuija"])
def test_a_role_without_clients_is_turned_away(world, client, who):
    client.force_login(getattr(world, who))
    for address in addresses(world):
        assert client.get(address).status_code == 403, address
    assert client.post(reverse("clients:seen", args=[paper_of(world, "client_plan").uuid])).status_code == 403


@pytest.mark.step(7)
def test_every_page_leaves_exactly_one_mark(world, client):
    client.force_login(world.sanna)
    for address in addresses(world):
        before = Shown.objects.count()
        client.get(address)
        assert Shown.objects.count() == before + 1, address
