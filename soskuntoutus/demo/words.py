"""What the papers on Ville's path say: invented words on the steps of the seed (PROSOS-16…33)."""

import json


def retold(content: dict, names: dict[str, str]) -> dict:
    """What was written of Ville, written of another client by other workers."""
    told = json.dumps(content, ensure_ascii=False)
    for name, other in names.items():
        told = told.replace(name, other)
    return json.loads(told)


CONTACT = {
    "reporter_name": "Kaisa Kettunen",
    "reporter_title": "etuuskäsittelijä",
    "reporter_organisation": "Kansaneläkelaitos",
    "reporter_contact": "020 000 0000",
    "party": "24",
    "needs": ["3", "1", "4"],
    "description": (
        "Toimeentulotuki on myönnetty neljäksi kuukaudeksi. Vuokra ja muita laskuja on maksamatta, "
        "ja lomakkeen täyttäminen on vaikeaa. Ville toivoo yhteydenottoa."
    ),
}

TRIAGE = {
    "measures": "Ville tavataan ja arvioidaan tuen tarve. Vuokranantajaan ollaan tarvittaessa yhteydessä.",
    "urgency": "3",
}

ASSESSMENT = {
    "started_on": "2026-03-05",
    "participants": "Ville Lehtola, Sanna Rinne",
    "special_support": False,
    "strengths": (
        "Tuntee elokuvat läpikotaisin. Tulee ajoissa, kun aika on sovittu kasvokkain. "
        "Sisko Jenni auttaa tarvittaessa."
    ),
    "own_actions": "Ville on kerännyt avaamattomat kirjeet yhteen laatikkoon.",
    "housing": "Vuokra-asunto, vuokraa rästissä kahdelta kuukaudelta.",
    "economy": "Toimeentulotuki, laskuja maksamatta.",
    "relations": "Sisko Jenni ja yksi ystävä.",
    "life": "Valvoo yöt ja nukkuu iltapäivään.",
    "client_view": "Haluun et laskut ei kasaannu. Ja jotain tekemistä.",
    "needs": ["3", "1", "4"],
    "conclusions": (
        "Ville tarvitsee tukea laskujen hoitamiseen, vuorokausirytmiin ja mielekkääseen tekemiseen muiden kanssa."
    ),
    "rehabilitation": True,
    "rehabilitation_reasons": (
        "Tavallinen ohjaus kerran kuussa ei riitä arjen muutokseen. Ryhmä sopii, koska Ville tuntee elokuvat."
    ),
    "rehabilitation_form": "overlap",
    "own_will": "Mä haluun itte saada tän kuntoon, mut yksin en saa alotettua.",
    "continues": True,
    "nature": "2",
    "own_worker": True,
    "plan": True,
}

CLIENT_PLAN = {
    "met_on": "2026-03-25",
    "participants": "Ville Lehtola, Sanna Rinne",
    "strengths": ASSESSMENT["strengths"],
    "situation": "Arki on kääntynyt yöhön ja laskut ovat jääneet avaamatta.",
    "client_assessment": "Tarviin jonkun kaveriks alkuun.",
    "professional_assessment": "Tehostettu tuki arkeen kolmen kuukauden jaksolla, rinnalla ryhmä.",
    "goals": "Laskut hallintaan, aamut takaisin, jotain leffoihin liittyvää muitten kanssa.",
    "services": "Sosiaalityö, sosiaalinen kuntoutus.",
    "own_worker_meetings": "Sanna ja Ville tapaavat tarvittaessa, vähintään kerran jaksossa.",
    "rights_explained": True,
    "rights_how": "Käytiin läpi keskustellen, vaihtoehdot kerrottiin.",
    "review_on": "2026-07-22",
}

REFERRAL = {
    "purpose": "Ehdotan sosiaalista kuntoutusta: henkilökohtaista tukea arkeen ja elokuvaryhmää.",
    "background": "Palvelutarpeen arvio 20.3. ja asiakassuunnitelma 25.3.",
    "wishes": "Se leffaryhmä kiinnostaa.",
    "client_agrees": True,
    "functioning": "Laskut, kotityöt ja vuorokausirytmi vahvistuvat yhdessä tekemällä.",
    "exclusion": "Vuokravelka ei kasva, asunto säilyy.",
    "inclusion": "Ryhmässä on muita, joilla on sama kiinnostus.",
}

SERVICE_PLAN = {
    "met_on": "2026-03-31",
    "place": "Sosiaalisen kuntoutuksen tiimi",
    "participants": "Ville Lehtola, Sanna Rinne, Niklas Åberg",
    "strengths": ASSESSMENT["strengths"],
    "situation": "Ville kertoi, mitä toivoo tuelta, ja kuuli ryhmästä.",
    "content": "Ohjaus kotona kerran viikossa: laskut, kotityöt, vuorokausirytmi. Elokuvaryhmä keskiviikkoisin.",
    "next_steps": "Arviointi yhdessä ennen jakson loppua.",
    "review_on": "2026-07-09",
}

GOALS = [
    {
        "client_words": "Haluun et laskut ei kasaannu enää lattialle.",
        "area": "daily_life",
        "achievable": "Laskut avataan yhdessä viikoittain, ja maksusuunnitelma on jo sovittavissa.",
        "baseline": -2,
        "levels": {
            "-2": "Kirjeet jäävät avaamatta",
            "-1": "Kirjeet avataan yhdessä",
            "0": "Ville avaa kirjeet itse ennen käyntiä",
            "1": "Laskut maksetaan ajallaan",
            "2": "Rästit on maksettu",
        },
    },
    {
        "client_words": "Haluun herätä ennen puoltapäivää ja tehdä jotain.",
        "area": "daily_life",
        "achievable": "Aloitetaan kahdesta aamusta viikossa herätyssoiton kanssa.",
        "baseline": -1,
        "levels": {
            "-2": "Herää iltapäivällä joka päivä",
            "-1": "Herää aamulla kerran viikossa",
            "0": "Herää ennen puoltapäivää neljänä päivänä",
            "1": "Viitenä päivänä",
            "2": "Joka päivä",
        },
    },
    {
        "client_words": "Tehä jotain leffoihin liittyvää muitten kanssa.",
        "area": "social",
        "achievable": "Elokuvaryhmä kokoontuu viikoittain, ja paikka on vapaa.",
        "baseline": -1,
        "levels": {
            "-2": "Ei käy ryhmässä",
            "-1": "Käy joskus",
            "0": "Käy useimmiten",
            "1": "Tekee ryhmässä oman työn",
            "2": "Jatkaa muualla ryhmän jälkeen",
        },
    },
]

DECISION = {
    "outcome": "granted",
    "provision": "own",
    "individual": "kerran viikossa",
    "group": "elokuvaryhmä keskiviikkoisin klo 13–15",
    "text": (
        "Tarvitset tukea laskujen hoitamiseen ja vuorokausirytmin löytämiseen. Haluat itse muutosta ja olet "
        "asettanut kolme tavoitetta 31.3.2026. Palvelutarpeen arvion mukaan tavallinen ohjaus ei riitä, vaan "
        "tarvitset tehostettua tukea arkeesi ja yhteistä tekemistä muiden kanssa. "
        "Siksi sinulle myönnetään sosiaalista kuntoutusta."
    ),
    "legal_basis": "Sosiaalihuoltolaki 1301/2014 14 §, 17 §, 45 §",
    "info_name": "Sanna Rinne",
    "info_phone": "09 000 0000",
    "info_address": "Esimerkkikatu 1, 00000 Esimerkkikaupunki",
}

VISITS = [
    (
        "2026-04-14",
        "Tehtiin laskuille laatikko ja avattiin ensimmäiset kirjeet yhdessä.",
        "No ei ollu niin paha.",
    ),
    ("2026-04-21", "Soitettiin vuokranantajalle ja pyydettiin maksusuunnitelmaa.", ""),
    ("2026-04-28", "Tiskit ja pyykit yhdessä. Sovittiin herätyssoitto ma ja to.", ""),
    ("2026-05-05", "Maksettiin sähkölasku. Puhuttiin aamuista.", ""),
    (
        "2026-05-12",
        "Maksusuunnitelma saatiin. Ville merkitsi erät kalenteriin.",
        "Nyt tiiän mitä pitää maksaa ja koska.",
    ),
    ("2026-05-19", "Käytiin kaupassa ja katsottiin viikon rahat.", ""),
    (
        "2026-05-26",
        "Katsottiin tavoitteet yhdessä. Ensimmäisestä oltiin eri mieltä, molemmat arviot kirjattu.",
        "",
    ),
    ("2026-06-02", "Siivottiin. Kaksi laskua maksettu ajallaan.", ""),
    ("2026-06-16", "Puhuttiin ryhmän leikkaustyöstä ja mediapajasta.", "Vois olla mun juttu."),
    (
        "2026-06-23",
        "Käytiin läpi vuokran maksusuunnitelma. Kolme laskua maksettu, yksi siirretty heinäkuulle.",
        "Avasin kirjeet ite ennen ku tulit.",
    ),
    (
        "2026-07-01",
        "Avasimme postin yhdessä. Ville oli jo maksanut sähkölaskun.",
        "Eka kuukausi ku en pelkää postiluukkua.",
    ),
    ("2026-07-07", "Kerrattiin arviointia varten, mitä on saatu aikaan.", ""),
]

EVALUATION = {
    "held_on": "2026-07-09",
    "client_present": True,
    "participants": "Ville Lehtola, Sanna Rinne, Niklas Åberg",
    "client_words": "Ihan hyvin meni. Laskuista en oo vielä varma.",
    "words": (
        "Tavoitteet toteutuivat melko hyvin. Laskut pysyvät hallassa, aamut ovat palanneet ja ryhmässä syntyi "
        "oma elokuva."
    ),
    "helped": "Kotona tekeminen ja ryhmä rinnakkain.",
    "proposal": "end",
    "reasons": "Ville jatkaa kuntouttavassa työtoiminnassa mediapajassa kolme kertaa viikossa.",
}

LEVELS = [(-1, 0, 0), (0, 0, 0), (1, 1, 1)]  # per goal: Ville, Niklas, agreed together

END = "Tavoitteet toteutuivat melko hyvin, ja Ville siirtyy kuntouttavaan työtoimintaan."
FOLLOW_ON = "Kuntouttava työtoiminta mediapajassa kolme kertaa viikossa."
MEETING = "Ville ja pajaohjaaja Petri Sorsa tutustuivat ja sopivat aloituksesta."
FOLLOW_UP = "Ville käy pajassa kolmena päivänä viikossa ja on maksanut laskut ajallaan."
