"""The cast: invented people with known places, shared by the demo, the tests and the pictures.

Identity codes use the individual numbers 900–999, which belong to nobody.
"""

from dataclasses import dataclass, replace
from datetime import date, time

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group as UserGroup

from clients.models import Client, Matter
from groups.models import Group
from soskuntoutus import clock
from soskuntoutus.organisation import profiles, rights
from soskuntoutus.organisation.models import DelegationRule, Partner, Post, Unit, User
from soskuntoutus.organisation.profiles import helsinki
from soskuntoutus.organisation.roles import Title, UnitRight
from soskuntoutus.ranges import span

PASSWORD = "kevät-2026-kuntoutus"  # noqa: S105 - for the invented people of a demo only
BEGINNING = date(2020, 1, 1)
VILLE = "140202A951U"


@dataclass
class Cast:
    """Who is who. West is Ville's area, east is next door."""

    west: Unit
    team: Unit
    east: Unit
    pia: User
    sanna: User
    niklas: User
    hanna: User
    leena: User
    eeva: User
    olli: User
    tarja: User
    pekka: User
    katja: User
    antti: User
    tuija: User

    @classmethod
    def gathered(cls) -> "Cast":
        """The cast that is already in the database."""
        units = {
            "west": "Lännen aikuissosiaalityö",
            "team": "Sosiaalisen kuntoutuksen tiimi",
            "east": "Idän aikuissosiaalityö",
        }
        found = {name: Unit.objects.get(name_fi=title) for name, title in units.items()}
        people = [name for name in cls.__dataclass_fields__ if name not in units]
        return cls(**found, **{name: User.objects.get(username=name) for name in people})

    @property
    def people(self) -> list[User]:
        """Everybody in the cast, in the order of the list above."""
        found = [getattr(self, name) for name in self.__dataclass_fields__]
        return [person for person in found if isinstance(person, User)]

    def next_door(self) -> "Cast":
        """The same parts played by the people of the area next door."""
        return replace(
            self,
            west=self.east,
            team=self.east,
            pia=self.pekka,
            sanna=self.eeva,
            niklas=self.olli,
            leena=self.tarja,
        )


def make_unit(name_fi: str, name_sv: str, kind: str, parent: Unit | None = None, **facts) -> Unit:
    """A unit of the invented city."""
    return Unit.objects.create(name_fi=name_fi, name_sv=name_sv, kind=kind, parent=parent, **facts)


def make_user(
    username: str, name: str, title: Title, unit: Unit, *, until: date | None = None, **facts
) -> User:
    """A person with one post; social workers and their leaders are in public office."""
    first, last = name.split(" ", 1)
    user = User.objects.create(
        username=username,
        first_name=first,
        last_name=last,
        password=make_password_of_the_cast(),
        phone="09 000 0000",
        is_staff=title == Title.ADMINISTRATOR,
        **facts,
    )
    office = title in {Title.SOCIAL_WORKER, Title.LEADING_SOCIAL_WORKER, Title.HEAD}
    Post.objects.create(
        user=user, unit=unit, title=title, public_office=office, during=span(BEGINNING, until)
    )
    return user


_hashed: dict[str, str] = {}


def make_password_of_the_cast() -> str:
    """The password everybody shares, hashed once: the hash is slow on purpose."""
    hasher = settings.PASSWORD_HASHERS[0]
    if hasher not in _hashed:
        _hashed[hasher] = make_password(PASSWORD)
    return _hashed[hasher]


def entrust(right: UnitRight, unit: Unit, *users: User) -> None:
    """Give a group of users a right in a unit, as the administrator's form does."""
    group, _ = UserGroup.objects.get_or_create(name=f"{unit.name_fi}: {right.label}")
    rights.give(right, unit, group)
    group.user_set.add(*users)


def make_cast() -> Cast:
    """The units, the people and what they are entrusted with."""
    profiles.adopt(helsinki, first_day=BEGINNING)
    city = make_unit("Aikuissosiaalityö", "Vuxensocialarbetet", Unit.Kind.ORGANISER)
    area, team_kind = Unit.Kind.AREA, Unit.Kind.TEAM
    address = {"address": "Esimerkkikatu 1, 00000 Esimerkkikaupunki", "phone": "09 000 0000"}
    west = make_unit(
        "Lännen aikuissosiaalityö",
        "Västra vuxensocialarbetet",
        area,
        city,
        adopted_on=date(2021, 9, 1),
        **address,
    )
    east = make_unit(
        "Idän aikuissosiaalityö",
        "Östra vuxensocialarbetet",
        area,
        city,
        adopted_on=date(2022, 9, 1),
        **address,
    )
    for fi, sv in (
        ("Etelän aikuissosiaalityö", "Södra vuxensocialarbetet"),
        ("Pohjoisen aikuissosiaalityö", "Norra vuxensocialarbetet"),
        ("Nuorten palvelut", "Tjänster för unga"),
        ("Maahanmuuttaneiden erityispalvelut", "Specialtjänster för invandrade"),
        ("Jälkihuolto", "Eftervård"),
    ):
        make_unit(fi, sv, area, city, **address)
    team = make_unit(
        "Sosiaalisen kuntoutuksen tiimi", "Teamet för social rehabilitering", team_kind, west, **address
    )
    cast = Cast(
        west=west,
        team=team,
        east=east,
        pia=make_user("pia", "Pia Palo", Title.SERVICE_ADVISER, west),
        sanna=make_user("sanna", "Sanna Rinne", Title.SOCIAL_WORKER, west),
        niklas=make_user("niklas", "Niklas Åberg", Title.SOCIAL_INSTRUCTOR, team),
        hanna=make_user("hanna", "Hanna Koski", Title.SOCIAL_INSTRUCTOR, team),
        leena=make_user("leena", "Leena Kallio", Title.LEADING_SOCIAL_WORKER, west),
        eeva=make_user("eeva", "Eeva Niemi", Title.SOCIAL_WORKER, east),
        olli=make_user("olli", "Olli Saari", Title.SOCIAL_INSTRUCTOR, east),
        tarja=make_user("tarja", "Tarja Vuori", Title.LEADING_SOCIAL_WORKER, east),
        pekka=make_user("pekka", "Pekka Maa", Title.SERVICE_ADVISER, east),
        katja=make_user("katja", "Katja Koivu", Title.COORDINATION, city),
        antti=make_user("antti", "Antti Ahola", Title.ADMINISTRATOR, city),
        tuija=make_user("tuija", "Tuija Tarkka", Title.PROTECTION_OFFICER, city),
    )
    for unit, adviser, worker, leader in (
        (west, cast.pia, cast.sanna, cast.leena),
        (east, cast.pekka, cast.eeva, cast.tarja),
    ):
        entrust(UnitRight.REGISTER, unit, adviser)
        entrust(UnitRight.DUTY, unit, worker)
        entrust(UnitRight.LEAD, unit, leader)
    for kind in (
        DelegationRule.Kind.GRANT,
        DelegationRule.Kind.CONTINUE,
        DelegationRule.Kind.REFUSE,
        DelegationRule.Kind.END,
    ):
        for title in (Title.SOCIAL_WORKER, Title.LEADING_SOCIAL_WORKER):
            DelegationRule.objects.create(
                kind=kind,
                title=title,
                max_months=3,
                during=span(BEGINNING),
                source="Delegointisääntö (keksitty) 4 §",
            )
    Partner.objects.create(name="Mediapaja Kuvasto", kind="Työpaja")
    return cast


def make_film_group(cast: Cast, name: str = "Elokuvaryhmä") -> Group:
    """The film group of Ville's path: on Wednesdays from 15 April to 8 July 2026."""
    with clock.at(date(2026, 3, 2)):
        return Group.found(
            name=name,
            place="Kulttuuritila Kino",
            weekday=Group.Weekday.WEDNESDAY,
            begins=time(13),
            ends=time(15),
            capacity=8,
            first_day=date(2026, 4, 15),
            last_day=date(2026, 7, 8),
            by=cast.niklas,
        )


def make_client(
    code: str, name: str, *, language: str = "fi", phone: str = "040 000 0000", protected: bool = False
) -> Client:
    """A person with an identity code and contact details."""
    first, last = name.rsplit(" ", 1)
    client = Client(first_names=first, last_name=last, language=language)
    client.identify(code)
    client.save()
    details = (
        {"protected_from": date(2026, 1, 7)}
        if protected
        else {"address": "Keksittykuja 2 A 3, 00000 Esimerkkikaupunki"}
    )
    client.contact_details = type(client.details)(client=client, phone=phone, **details)
    client.contact_details.save()
    return client


def make_assigned(
    client: Client, worker: User, on: date, *, channel: str = Matter.Channel.APPLICATION
) -> Matter:
    """A matter that the worker has taken, with the worker as own worker."""
    with clock.at(on):
        now = clock.now()
        matter = Matter.objects.create(
            client=client,
            unit=worker.unit,
            received_at=now,
            channel=channel,
            registered_at=now,
            triaged_at=now,
            urgency=Matter.Urgency.NOT_URGENT,
            taken_at=now,
        )
        client.assign(worker, part="own_worker", first=on)
    return matter


def make_neighbours(cast: Cast) -> dict[str, Client]:
    """Those around Ville: a client next door, a protected one, a Swedish-speaking one."""
    day = date(2026, 2, 2)
    found = {
        "meri": make_client("010190-901R", "Meri Kanerva"),
        "aada": make_client("020285-902X", "Aada Suojanen", protected=True),
        "linnea": make_client("030399-9031", "Linnea Sjöberg", language="sv"),
    }
    make_assigned(found["meri"], cast.eeva, day)
    make_assigned(found["aada"], cast.sanna, day)
    make_assigned(found["linnea"], cast.sanna, day)
    return found
