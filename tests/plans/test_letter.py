"""The letter says all that hallintolaki 43–47 § asks, in the client's language, and the same ever after."""

import re
import subprocess
from datetime import date

import pytest
from django.test import Client as Browser
from django.urls import reverse

from clients.models import Document
from plans.letter import drafted_letter, signed_letter
from plans.models import Decision
from soskuntoutus import clock
from soskuntoutus.audit.models import Shown
from soskuntoutus.demo import words
from soskuntoutus.ui import pdf

DAY = date(2026, 4, 8)
pytestmark = pytest.mark.step(8)
HOSTILE = (
    '<link rel="attachment" href="file:///etc/passwd"><img src="http://attacker.invalid/x.png">'
    "<script>alert(1)</script></section><h1>Mallia</h1> {{ letter }} {% now 'Y' %} &lt;b&gt;"
)


def prepare(world, content: dict) -> Document:
    """A draft about Ville."""
    client = world.ville
    return Document(
        client=client,
        matter=client.matters.get(),
        kind="decision",
        language=client.language,
        created_by=world.sanna,
        content=content,
    )


def sign(world, **content) -> Document:
    """Ville's decision, signed by Sanna."""
    with clock.at(DAY):
        draft = prepare(world, {**words.DECISION, **content})
        rehabilitation = draft.client.rehabilitations.get()
        return Decision.sign(document=draft, rehabilitation=rehabilitation, by=world.sanna).document


def pages(paper: bytes, tmp_path) -> list[str]:
    """What a reader finds on each page."""
    file = tmp_path / "letter.pdf"
    file.write_bytes(paper)
    text = subprocess.run(["pdftotext", file, "-"], check=True, capture_output=True, text=True).stdout
    return [re.sub(r"\s+", " ", page) for page in text.split("\f")[:-1]]


def test_the_letter_holds_everything_a_decision_must_say(world, tmp_path):
    document = sign(world)
    letter, *between, instructions = pages(signed_letter(document).as_pdf(), tmp_path)
    letter = " ".join([letter, *between])
    for said in (
        "Helsingin kaupunki",
        "Lännen aikuissosiaalityö",
        "8.4.2026",
        f"SK-2026-{document.pk:05d}",
        "Ville Lehtola",
        "140202A951U",
        "Sinulle myönnetään sosiaalista kuntoutusta.",
        "Ensimmäinen päivä on 13.4.2026 ja viimeinen päivä 12.7.2026.",
        "vireille 2.3.2026",
        "omana tuotantona",
        "Niklas Åberg, sosiaaliohjaaja",
        "kerran viikossa",
        "elokuvaryhmä keskiviikkoisin klo 13–15",
        "tavallinen ohjaus ei riitä",
        "Sosiaalihuoltolaki 1301/2014 14 §, 17 §, 45 §",
        "Puhelin 09 000 0000",
        "Esimerkkikatu 1, 00000 Esimerkkikaupunki",
        "Päätöksen on vahvistanut 8.4.2026 Sanna Rinne, sosiaalityöntekijä.",
        "Toimivalta: Delegointisääntö (keksitty) 4 §.",
        "lähetetään kirjeenä",
    ):
        assert said in letter
    for said in (
        "Oikaisuvaatimusohje",
        "Sosiaali-, terveys- ja pelastuslautakunnan jaosto",
        "Kirjaamo, PL 10, 00099 Helsingin kaupunki",
        "kirjaamo@esimerkki.invalid",
        "30 päivän kuluessa",
        "seitsemäntenä päivänä",
        f"tämä päätös: SK-2026-{document.pk:05d}",
        "millaista oikaisua vaadit",
        "millä perusteilla",
        "Allekirjoita vaatimus",
        "Miten vaatimus toimitetaan",
    ):
        assert said in instructions
    assert "Oikaisuvaatimusohje" not in letter
    assert "sähköisesti allekirjoitettu" not in letter
    assert "Luonnos" not in letter


def test_a_swedish_speaking_client_gets_the_whole_letter_in_swedish(world, tmp_path):
    client = world.ville
    client.language = "sv"
    client.save()
    document = sign(world)
    text = " ".join(pages(signed_letter(document).as_pdf(), tmp_path))
    for said in (
        "Helsingfors stad",
        "Västra vuxensocialarbetet",
        "Beslut om social rehabilitering",
        "Du beviljas social rehabilitering.",
        "Första dagen är 13.4.2026 och sista dagen 12.7.2026.",
        "Sanna Rinne, socialarbetare",
        "Anvisning för begäran om omprövning",
        "Social-, hälsovårds- och räddningsnämndens sektion",
        "den sjunde dagen",
    ):
        assert said in text
    assert "päätös" not in text.replace(words.DECISION["text"], "").lower()


def test_a_signed_letter_reads_the_same_after_the_world_has_changed(world, tmp_path):
    document = sign(world)
    before = pages(signed_letter(document).as_pdf(), tmp_path)
    world.cast.west.name_fi, world.sanna.last_name, world.niklas.last_name = "Uusi nimi", "Toinen", "Kolmas"
    for row in (world.cast.west, world.sanna, world.niklas):
        row.save()
    client = document.client
    client.last_name = "Neljäs"
    client.save()
    with clock.at(date(2027, 1, 4)):
        after = pages(signed_letter(Document.objects.get(pk=document.pk)).as_pdf(), tmp_path)
    assert after == before


def test_a_draft_says_luonnos_on_every_page_and_shows_its_gaps(world, tmp_path):
    with clock.at(DAY):
        draft = prepare(world, {"outcome": "granted"})
        letter = drafted_letter(draft, draft.content, draft.client.rehabilitations.get(), by=world.sanna)
        found = pages(letter.as_pdf(), tmp_path)
    assert all("Luonnos" in page for page in found)
    assert "Puhelinnumero puuttuu" in found[0]
    assert "vahvistanut" not in found[0]


def test_long_reasons_go_on_over_the_pages_and_the_instructions_keep_their_own(world, tmp_path):
    reasons = "\n\n".join(
        f"Perustelu {number}: " + "arki vahvistuu yhdessä tehden. " * 12 for number in range(24)
    )
    *letter, instructions = pages(signed_letter(sign(world, text=reasons)).as_pdf(), tmp_path)
    assert len(letter) > 2
    assert all(f"Perustelu {number}:" in " ".join(letter) for number in range(24))
    assert instructions.startswith("Oikaisuvaatimusohje")


ADDRESS = "Keksittykuja 2 A 3"


def give_address(client, **facts):
    details = client.details
    details.address = f"{ADDRESS}, 00000 Esimerkkikaupunki"
    for name, value in facts.items():
        setattr(details, name, value)
    details.save()


def test_the_letter_bears_the_clients_address(world, tmp_path):
    give_address(world.ville)
    assert ADDRESS in pages(signed_letter(sign(world)).as_pdf(), tmp_path)[0]


def test_a_protected_address_is_neither_printed_nor_kept_with_the_decision(world, tmp_path):
    give_address(world.ville, protected_from=date(2026, 1, 7))
    document = sign(world)
    assert document.content["letter"]["party"]["address"] == ""
    assert ADDRESS not in "".join(pages(signed_letter(document).as_pdf(), tmp_path))


def test_an_order_that_comes_after_the_signature_takes_the_address_off_new_prints(world, tmp_path):
    give_address(world.ville)
    document = sign(world)
    give_address(world.ville, protected_from=date(2026, 4, 9))
    with clock.at(date(2026, 4, 10)):
        paper = signed_letter(Document.objects.get(pk=document.pk)).as_pdf()
    assert ADDRESS not in "".join(pages(paper, tmp_path))


def test_the_frozen_identity_code_and_address_lie_encrypted(world):
    give_address(world.ville)
    content = str(sign(world).content)
    assert "140202A951U" not in content
    assert ADDRESS not in content


def test_typed_markup_is_printed_as_typed_and_fetches_nothing(world, tmp_path):
    paper = signed_letter(sign(world, text=HOSTILE * 3)).as_pdf()
    text = " ".join(pages(paper, tmp_path))
    assert "attachment" in text
    assert "<h1>Mallia</h1>" in text
    assert "{{ letter }} {% now 'Y' %} &lt;b&gt;" in text
    assert b"/EmbeddedFile" not in paper
    attached = subprocess.run(
        ["pdfdetach", "-list", tmp_path / "letter.pdf"], check=True, capture_output=True, text=True
    )
    assert attached.stdout.startswith("0 ")


@pytest.mark.parametrize(
    "asked",
    [
        '<link rel="attachment" href="file:///etc/passwd">',
        '<a rel="attachment" href="file:///etc/passwd">x</a>',
        '<link rel="stylesheet" href="http://attacker.invalid/x.css">',
        '<img src="http://attacker.invalid/x.png">',
        '<img src="//attacker.invalid/x.png">',
        '<img src="/etc/passwd">',
        '<img src="asset:../manage.py">',
        '<img src="asset:/etc/passwd">',
        '<img src="asset:css">',
        '<img src="data:image/png;base64,AAAA">',
        '<object data="ftp://attacker.invalid/x"></object>',
        "<style>@import 'file:///etc/passwd';</style>",
        "<style>@font-face{font-family:x;src:url(file:///etc/passwd)} p{font-family:x}</style><p>x</p>",
        "<style>p{background:url(http://attacker.invalid/x.png)}</style><p>x</p>",
    ],
)
def test_a_paper_that_asks_for_anything_but_a_packaged_file_is_not_printed(asked):
    with pytest.raises(pdf.OutsideAsset):
        pdf.write(f"<title>x</title>{asked}")


def test_a_paper_may_use_the_packaged_style_sheet():
    assert pdf.write('<title>x</title><link rel="stylesheet" href="asset:css/letter.css"><p>x').startswith(
        b"%PDF-1.7"
    )


def test_a_drawing_inside_a_paper_brings_no_file_in():
    paper = pdf.write(
        '<title>x</title><svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>'
    )
    assert b"/Image" not in paper


def test_the_paper_says_it_is_for_the_archive_and_for_screen_readers():
    style = '<link rel="stylesheet" href="asset:css/letter.css">'
    paper = pdf.write(f'<html lang="fi"><title>Päätös</title>{style}<h1>Päätös</h1>')
    assert b'pdfaid:part="3"' in paper
    assert b'pdfuaid:part="1"' in paper


def test_the_letter_comes_with_a_neutral_name_is_not_kept_and_is_logged_once(world):
    document = sign(world)
    browser = Browser()
    browser.force_login(world.niklas)
    with clock.at(DAY):
        answer = browser.get(reverse("plans:letter", args=[document.uuid]))
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == f'attachment; filename="paatos-{document.uuid.hex[:8]}.pdf"'
    assert answer["Cache-Control"] == "no-store"
    assert Shown.objects.filter(client=document.client.uuid, purpose="plans:letter").count() == 1


def test_next_door_finds_no_letter_and_an_adviser_has_no_business_with_one(world):
    address = reverse("plans:letter", args=[sign(world).uuid])
    browser = Browser()
    with clock.at(DAY):
        browser.force_login(world.eeva)
        assert browser.get(address).status_code == 404
        browser.force_login(world.pia)
        assert browser.get(address).status_code == 403


def test_only_a_decision_has_a_letter(world):
    browser = Browser()
    browser.force_login(world.sanna)
    with clock.at(DAY):
        plan = world.ville.documents.in_force("client_plan").get()
        assert browser.get(reverse("plans:letter", args=[plan.uuid])).status_code == 404
