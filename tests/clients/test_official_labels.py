"""THL's official labels (Sosmeta) stand on the forms letter for letter, in Finnish and in Swedish."""

import pytest
from django.utils.html import conditional_escape
from django.utils.translation import override

from clients import schemas
from clients.forms.document import DocumentForm

TITLES = {
    "contact": (
        "Yhteydenotto sosiaalihuollosta vastaavaan viranomaiseen",
        "Kontakt med myndighet som ansvarar för socialvården",
    ),
    "assessment": (
        "Työikäisten palvelutarpeen arvio",
        "Bedömning av servicebehovet för personer i arbetsför ålder",
    ),
    "client_plan": (
        "Työikäisten palvelujen asiakassuunnitelma",
        "Klientplan inom servicen för personer i arbetsför ålder",
    ),
    "referral": ("Sosiaalihuollon lähete", "Remiss inom socialvården"),
    "service_plan": ("Työikäisten palvelujen toteuttamissuunnitelma", "Genomförandeplan"),
    "decision": ("Työikäisten palvelupäätös", "Beslut om service för personer i arbetsför ålder"),
}

LABELS = {
    "contact": {
        "party": ("Taho", "Aktör"),
        "needs": ("Asiasisältö", "Sakinnehåll"),
        "description": (
            "Kuvaus tilanteesta ja huolesta",
            "Beskrivning av situationen och bekymret",
        ),
    },
    "registration": {"received_on": ("Vireilletulopäivä", "Datum för inledande")},
    "triage": {
        "measures": ("Toimenpiteet", "Åtgärder"),
        "urgency": ("Arvio asian kiireellisyydestä", "Bedömning av ärendets brådska"),
        "top_care_allowance": ("Ylin hoitotuki", "Vårdbidrag med högsta belopp"),
        "child_special_support": ("Erityistä tukea tarvitseva lapsi", "Barn som behöver särskilt stöd"),
    },
    "assessment": {
        "started_on": (
            "Palvelutarpeen arvioinnin aloittamispäivä",
            "Inledningsdatum för bedömning av servicebehovet",
        ),
        "initiation_reasons": ("Vireilletulon syyt", "Orsaker till inledande"),
        "participants": ("Osallistuneet", "Personer som deltagit"),
        "absent_authorities": ("Poisjääneet viranomaiset", "Myndighetsaktörer som uteblivit"),
        "services": ("Aikaisemmat ja nykyiset palvelut", "Tidigare och nuvarande tjänster"),
        "immigration": ("Maahanmuutto ja kotoutuminen", "Invandring och integration"),
        "network": ("Läheisverkoston kartoittaminen", "Kartläggning av närståendenätverket"),
        "functioning_need": ("Kuntoutustarve on selvitettävä", "Rehabiliteringsbehov ska utredas"),
        "special_support": ("Oikeus erityiseen tukeen", "Klienten har rätt till särskilt stöd"),
        "own_actions": (
            "Asiakkaan omat toimet tuen tarpeen ratkaisemiseksi",
            "Klientens egna åtgärder för att lösa stödbehovet",
        ),
        "housing": ("Asuminen", "Boende"),
        "education": ("Koulutus ja osaaminen", "Utbildning och kompetens"),
        "work": ("Työelämä", "Arbetsliv"),
        "economy": ("Taloudellinen tilanne", "Ekonomisk situation"),
        "health": ("Terveydentila", "Hälsotillstånd"),
        "substances": ("Päihteiden käyttö ja riippuvuudet", "Användning av rusmedel och beroenden"),
        "relations": ("Sosiaaliset suhteet", "Sociala relationer"),
        "life": ("Elämänhallinta", "Livskompetens"),
        "client_view": (
            "Asiakkaan ja läheisen arvio tuen tarpeesta",
            "Klientens och de närståendes bedömning",
        ),
        "needs": (
            "Ammattihenkilön arvio tuen tarpeesta",
            "En yrkesutbildad persons bedömning av stödbehovet",
        ),
        "conclusions": ("Ammattihenkilön johtopäätökset", "Den yrkesutbildade personens slutsatser"),
        "own_will": ("Oma halu muutokseen", "Egen vilja till förändring"),
        "continues": ("Asiakkuus jatkuu", "Klientrelationen fortsätter"),
        "nature": ("Arvio tuen tarpeen luonteesta", "Bedömning av typen av stödbehov"),
        "own_worker": ("Asiakas tarvitsee omatyöntekijän", "Klienten behöver en egen kontaktperson"),
    },
    "client_plan": {
        "situation": ("Kuvaus asiakkaan tilanteesta", "Beskrivning av klientens situation"),
        "current_services": (
            "Palvelut joita asiakas tällä hetkellä saa",
            "Tjänster som klienten får för närvarande",
        ),
        "suggestion": ("Asiakkaan ehdotus", "Klientens förslag"),
        "expected_duration": (
            "Arvio asiakkuuden kestosta",
            "Bedömning av klientrelationens varaktighet",
        ),
        "client_assessment": ("Asiakkaan arvio", "Klientens bedömning"),
        "professional_assessment": ("Ammattihenkilön arvio tuesta", "En yrkesutbildad persons bedömning"),
        "goals": ("Asetettavat tavoitteet", "Mål som ska fastställas"),
        "services": ("Palvelut", "Tjänster"),
        "other_activity": ("Muu kuntouttava toiminta", "Annan rehabiliterande verksamhet"),
        "responsibilities": ("Osallistuvat palvelunantajat ja vastuut", "Tillhandahållare av tjänster"),
        "own_worker_meetings": (
            "Asiakkaan ja omatyöntekijän tapaamiset",
            "Möten mellan klienten och klientens egen kontaktperson",
        ),
        "rights_explained": (
            "Selvitys oikeuksista, velvollisuuksista ja vaihtoehdoista annettu",
            "Klienten har fått en redogörelse över rättigheter",
        ),
        "disagreements": ("Eriävät näkemykset", "Avvikande åsikter"),
        "review_on": ("Asiakassuunnitelman tarkastaminen", "Granskning av klientplanen"),
    },
    "referral": {
        "purpose": ("Lähetteen tarkoitus ja sisältö", "Remissens syfte och innehåll"),
        "background": ("Taustatiedot", "Bakgrundsuppgifter"),
    },
    "service_plan": {
        "strengths": ("Vahvuudet ja voimavarat", "Klientens starka sidor och resurser"),
        "situation": ("Kuvaus asiakkaan tilanteesta", "Beskrivning av klientens situation"),
        "functioning": ("Terveys ja toimintakyky", "Klientens hälsa och funktionsförmåga"),
        "content": (
            "Annettavan palvelun sisältö ja toteutus",
            "Innehållet i och uppfyllandet av den service som ska ges",
        ),
        "next_steps": ("Sovitut jatkotoimet", "Avtalade fortsatta åtgärder"),
        "disagreements": ("Eriävät näkemykset", "Avvikande åsikter"),
        "review_on": ("Suunnitelman tarkistaminen", "Granskning av planen"),
    },
    "decision": {
        "outcome": ("Ratkaisun laji", "Avgörandeslag"),
        "provision": (
            "Myönnettävän palvelun järjestämistapa",
            "Sätt att ordna den service som beviljas",
        ),
        "text": ("Ratkaisu ja perustelut", "Beslut och motiveringar"),
        "legal_basis": ("Ratkaisun lakiperuste", "Laggrund för beslutet"),
        "info_name": ("Lisätietojen antaja", "Lämnare av tilläggsuppgifter"),
    },
    "end_note": {
        "ended_on": ("Päättymispäivä", "Avslutningsdatum"),
        "words": ("Perustelut", "Motiveringar"),
    },
}
LANGUAGES = ("fi", "sv")
GOES_ON = {  # our source gives the beginning of the label only; the rest of it is our own wording
    ("assessment", "client_view", "sv"),
    ("client_plan", "client_assessment", "fi"),
    ("client_plan", "other_activity", "fi"),
    ("client_plan", "responsibilities", "sv"),
    ("client_plan", "rights_explained", "sv"),
}


@pytest.mark.parametrize("place", range(len(LANGUAGES)), ids=LANGUAGES)
@pytest.mark.parametrize("kind", TITLES)
def test_a_paper_bears_its_official_title(kind, place):
    with override(LANGUAGES[place]):
        assert str(schemas.get(kind).title) == TITLES[kind][place]


@pytest.mark.parametrize("place", range(len(LANGUAGES)), ids=LANGUAGES)
@pytest.mark.parametrize("kind", LABELS)
def test_every_official_label_stands_on_the_form(world, kind, place):
    language = LANGUAGES[place]
    with override(language):
        form = DocumentForm(schemas.get(kind), initial={})
        for name, official in LABELS[kind].items():
            label = str(form[name].label)
            if (kind, name, language) in GOES_ON:
                assert label.startswith(official[place]), name
            else:
                assert label == official[place], name
            assert conditional_escape(label) in form[name].as_field_group(), name
