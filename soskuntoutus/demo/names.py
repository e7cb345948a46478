"""Invented people: common names by chance, identity codes that belong to nobody."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from clients.models import Client

FIRST = [
    "Aino",
    "Eero",
    "Helmi",
    "Onni",
    "Veera",
    "Leo",
    "Ilona",
    "Oskari",
    "Saara",
    "Elias",
    "Noora",
    "Mikael",
    "Anni",
    "Joel",
    "Emilia",
    "Aleksi",
    "Jenna",
    "Antti",
    "Laura",
    "Markus",
    "Riikka",
    "Teemu",
    "Sari",
    "Jukka",
    "Minna",
    "Kari",
    "Päivi",
    "Timo",
    "Omar",
    "Amina",
    "Yusuf",
    "Fatima",
    "Ali",
    "Layla",
    "Ivan",
    "Olga",
    "Sven",
    "Astrid",
    "Nils",
    "Ebba",
]
LAST = [
    "Korhonen",
    "Virtanen",
    "Mäkinen",
    "Nieminen",
    "Mäkelä",
    "Hämäläinen",
    "Laine",
    "Heikkinen",
    "Koskinen",
    "Järvinen",
    "Lehtonen",
    "Saarinen",
    "Salminen",
    "Heinonen",
    "Niemelä",
    "Heikkilä",
    "Salonen",
    "Kinnunen",
    "Turunen",
    "Salo",
    "Laitinen",
    "Tuominen",
    "Rantanen",
    "Karjalainen",
    "Jokinen",
    "Mattila",
    "Savolainen",
    "Lahtinen",
    "Ahonen",
    "Öhman",
    "Ström",
    "Lindqvist",
    "Åkerlund",
    "Hassan",
    "Ahmed",
    "Ibrahim",
    "Petrov",
    "Ivanova",
    "Nguyen",
    "Kaya",
]
CHECK = "0123456789ABCDEFHJKLMNPRSTUVWXY"


def people(chance: Random) -> Iterator[Client]:
    """One invented person after another, with a code of their own; one in ten speaks Swedish, a few have no code."""
    used = set()
    while True:
        born = date(1958, 1, 1) + timedelta(days=chance.randint(0, 365 * 49))
        number = chance.randint(905, 999)
        if (born, number) in used:
            continue
        used.add((born, number))
        person = Client(first_names=chance.choice(FIRST), last_name=chance.choice(LAST))
        person.language = "sv" if chance.random() < 0.1 else "fi"
        person.born_on = born
        if chance.random() > 0.03:
            digits, sign = f"{born:%d%m%y}", "A" if born.year >= 2000 else "-"
            person.identify(f"{digits}{sign}{number}{CHECK[int(f'{digits}{number}') % 31]}")
        yield person
