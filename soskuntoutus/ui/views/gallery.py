"""The gallery: every shared part and state on one page, for those who build and those who check the look."""

from datetime import date, datetime

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.shortcuts import render
from django.views.decorators.http import require_safe

from soskuntoutus import clock
from soskuntoutus.clock import HELSINKI
from soskuntoutus.ui.forms import ActionForm, TextField, VoiceField
from soskuntoutus.ui.moments import DateField, MomentField, TimeField
from soskuntoutus.ui.parts import Choice, Entry, Guard, Mark, Rhythm, Row, Stage, Week
from soskuntoutus.ui.widgets import ManyPicks, Picks, Words

THE_DAY = date(2026, 7, 1)

STAGES = [
    Stage("Vireille", "done", "ma 2.3."),
    Stage("Arviointi", "done", "pe 20.3."),
    Stage("Suunnitelma", "done", "ke 25.3."),
    Stage("Päätös", "done", "ke 8.4."),
    Stage("Jakso 1", "now", "13.4.–12.7."),
    Stage("Väliarviointi", "later", "to 9.7."),
    Stage("Jatko", "later", "viim. 12.7."),
    Stage("Seuranta", "later", "12.10."),
]
RHYTHM = Rhythm(
    [Week(number, now=number == 27) for number in range(16, 29)],
    [
        Row("Yksilö", [["held"]] * 8 + [["cancel"], ["held"], ["held", "held"], ["plan"], ["plan"]]),
        Row("Ryhmä", [["group"]] * 3 + [["miss"]] + [["group"]] * 6 + [[], ["plangroup"], ["plangroup"]]),
    ],
)
ENTRIES = [
    Entry(
        "planned",
        "house",
        "Kotikäynti tänään klo 9.30",
        state="due",
        state_text="Kirjaamatta",
        act="Kirjaa käynti",
        act_url="#",
    ),
    Entry("event", "calendar", "Väliarvioinnin aika vahvistettu", "ti 30.6.", by=["Sanna Rinne"]),
    Entry(
        "held",
        "house",
        "Kotikäynti",
        "ti 23.6. klo 10.00–11.15",
        text="Kävimme läpi vuokran maksusuunnitelman.",
        voice="Avasin kirjeet ite ennen ku tulit.",
        by=["Niklas Åberg", "kirjattu yhdessä"],
    ),
    Entry(
        "addendum",
        "pen",
        "Täydennys",
        "ke 24.6.",
        text="Vuokran toinen erä lähtee perjantaina.",
        by=["Niklas Åberg"],
    ),
    Entry("group", "film", "Elokuvaryhmä, mukana", "ke 17.6.", by=["Niklas Åberg"]),
    Entry("note", "speech", "Puhelu siskolle", "ma 15.6.", by=["Sanna Rinne"]),
    Entry(
        "miss", "cross", "Elokuvaryhmä, ei saapunut", "ke 6.5.", text="Nukkui pommiin.", by=["Niklas Åberg"]
    ),
    Entry("paper", "sign", "Päätös, myönteinen", "ke 8.4.", url="#", text="Voimassa 13.4.–12.7.2026."),
]
GUARDS = [
    Guard("Palvelutarpeen arvio 20.3.", met=True),
    Guard("Perustelut: kirjoita vielä 64 merkkiä", met=False, url="#id_done"),
    Guard("Asiakassuunnitelma 25.3.", met=True),
    Guard("Lisätietojen antajan puhelinnumero", met=False, url="#id_done"),
]


class VisitForm(ActionForm):
    """Every kind of field."""

    fieldsets = (
        ("Käynti", ["outcome_of_visit", ("day", "began", "ended"), "place", "goals"], ""),
        ("Kirjaus", ["done", "words", "together", "rating"], "Kirjaa havainnot ja sovitut asiat."),
    )
    outcome_of_visit = forms.ChoiceField(
        label="Miten kävi",
        widget=Picks(layout="two"),
        choices=[
            ("met", "Tavattiin"),
            ("miss", "Ei saapunut"),
            ("client", "Asiakas perui"),
            ("us", "Me peruimme"),
        ],
    )
    day = DateField(label="Päivä")
    began = TimeField(label="Alkoi")
    ended = TimeField(label="Päättyi")
    place = forms.ChoiceField(
        label="Missä",
        widget=Picks,
        choices=[
            ("home", "Koti"),
            ("out", "Kodin ulkopuolella"),
            ("office", "Toimipiste"),
            ("phone", "Puhelin"),
        ],
    )
    goals = forms.MultipleChoiceField(
        label="Mitä tavoitteita edistettiin",
        required=False,
        widget=ManyPicks(layout="rows"),
        choices=[
            ("1", Choice("1 Laskut eivät kasaannu", "viime arvio −1 / 0")),
            ("2", Choice("2 Herään ennen puoltapäivää", "viime arvio 0 / 0")),
        ],
    )
    done = TextField(label="Mitä tehtiin", help_text="Ville saa lukea tämän.", widget=Words(short=True))
    words = VoiceField(label="Villen omin sanoin", required=False)
    together = forms.BooleanField(
        label="Kirjasimme tämän yhdessä", help_text="Ville näki ja hyväksyi tekstin", required=False
    )
    rating = forms.ChoiceField(
        label="Yhteinen arvio",
        widget=Picks(layout="seg5"),
        choices=[(value, value) for value in ("−2", "−1", "0", "+1", "+2")],
    )
    here = forms.ChoiceField(
        label="Ryhmässä",
        widget=Picks(layout="tones"),
        choices=[
            ("in", Choice("Paikalla", icon="check", tone="in")),
            ("told", Choice("Ilmoitti", icon="phone", tone="told")),
            ("out", Choice("Poissa", icon="cross", tone="out")),
        ],
    )
    unit = forms.ChoiceField(label="Yksikkö", choices=[("west", "Länsi"), ("east", "Itä")])
    next_time = MomentField(label="Seuraava tapaaminen", required=False, help_text="Rytmi on 7 päivää.")


def _typed_form() -> VisitForm:
    form = VisitForm(
        {
            "outcome_of_visit": "met",
            "day": "1.7.2026",
            "began": "9.30",
            "ended": "9:10",
            "place": "home",
            "goals": ["1"],
            "words": "Eka kuukausi ku en pelkää postiluukkua.",
            "together": "on",
            "rating": "0",
            "here": "in",
            "unit": "west",
            "next_time_0": "31.6.",
            "next_time_1": "10",
        }
    )
    form.is_valid()
    form.refuse(ValidationError({"ended": "Anna aika, joka on klo 9:30 jälkeen."}))
    return form


@require_safe
@login_not_required
def gallery(request):
    with clock.at(THE_DAY):
        return render(request, "ui/gallery.html", _gallery())


def _gallery() -> dict:
    window = clock.evaluation_window(date(2026, 7, 12), opens_days=14, due_days=7)
    return {
        "form": _typed_form(),
        "stages": STAGES,
        "paused": [*STAGES[:4], Stage("Jakso 1", "paused", "13.4.–12.7."), *STAGES[5:]],
        "rhythm": RHYTHM,
        "entries": ENTRIES,
        "guards": GUARDS,
        "law": clock.implementation_limit(date(2026, 3, 2)),
        "target": window.due,
        "agreed": datetime(2026, 7, 9, 10, tzinfo=HELSINKI),
        "first": date(2026, 4, 13),
        "last": date(2026, 7, 12),
        "marks": [
            Mark("target", date(2026, 7, 5), "tavoite arvioinnille 5.7."),
            Mark("fact", date(2026, 7, 9), "arviointi 9.7."),
        ],
        "limits": [(datetime(2026, 7, 9, 10, tzinfo=HELSINKI), "sovittu"), (window.due, "")],
    }
