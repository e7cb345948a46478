"""The people who work in the invented city, beside the named cast."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle
from uuid import NAMESPACE_OID, uuid5

from soskuntoutus.demo import names
from soskuntoutus.demo.cast import BEGINNING, Cast, entrust, make_password_of_the_cast
from soskuntoutus.organisation.models import Post, Unit, User
from soskuntoutus.organisation.roles import Title, UnitRight
from soskuntoutus.ranges import span


@dataclass
class Area:
    """One area with the people who work in it."""

    unit: Unit
    social_workers: Iterator[User]
    instructors: list[User]
    leader: User


def make_people(cast: Cast) -> list[Area]:
    """Social workers, instructors and a leader for every area; the named cast keeps its own clients."""
    units = list(Unit.objects.filter(kind=Unit.Kind.AREA).order_by("pk"))
    password, given, family = make_password_of_the_cast(), cycle(names.FIRST), cycle(names.LAST)
    users: list[User] = []
    posts: list[Post] = []

    def hire(unit: Unit, title: Title, number: int) -> User:
        user = User(
            username=f"{title.value}-{unit.pk}-{number}",
            uuid=uuid5(NAMESPACE_OID, f"{unit.pk}-{title.value}-{number}"),
        )
        user.password, user.phone = password, "09 000 0000"
        user.first_name, user.last_name = next(given), next(family)
        users.append(user)
        office = title != Title.SOCIAL_INSTRUCTOR
        posts.append(Post(user=user, unit=unit, title=title, public_office=office, during=span(BEGINNING)))
        return user

    areas = []
    for unit in units:
        social_workers = [hire(unit, Title.SOCIAL_WORKER, number) for number in range(3)]
        instructors = [hire(unit, Title.SOCIAL_INSTRUCTOR, number) for number in range(6)]
        leader = {cast.west.pk: cast.leena, cast.east.pk: cast.tarja}.get(unit.pk) or hire(
            unit, Title.LEADING_SOCIAL_WORKER, 0
        )
        areas.append(Area(unit, cycle(social_workers), instructors, leader))
    User.objects.bulk_create(users)
    Post.objects.bulk_create(posts)
    for area in areas:
        entrust(UnitRight.LEAD, area.unit, area.leader)
    return areas
