"""Databases in which the cast lives and Ville has come to a given step; each is made once and then copied."""

from collections.abc import Callable
from contextlib import ExitStack, contextmanager
from datetime import date, datetime, time
from uuid import uuid4

from django.db import connection, transaction

from clients.models import Client
from soskuntoutus import clock
from soskuntoutus.demo import cast as people
from soskuntoutus.demo import steps
from soskuntoutus.organisation.models import User

BEFORE = date(2026, 3, 2)


class Databases:
    """Copies of the migrated test database, one per step of Ville's path."""

    def __init__(self):
        self.original = connection.settings_dict["NAME"]
        self.made: dict[int, str] = {}
        self.crowded: dict[int, str] = {}

    def at(self, step: int) -> str:
        """The database in which the steps up to this one are done."""
        if step not in self.made:
            nearest = max((earlier for earlier in self.made if earlier < step), default=None)
            name = copy(self.original if nearest is None else self.made[nearest])
            with using(name):
                if nearest is None:
                    cast = people.make_cast()
                    people.make_film_group(cast)
                    people.make_neighbours(cast)
                    nearest = 0
                for each in steps.STEPS[nearest:step]:
                    steps.do(each, steps.Path(people.Cast.gathered()))
            self.made[step] = name
        return self.made[step]

    def with_a_neighbour_at(self, step: int) -> str:
        """The same, and in the area next door Matti has come as far with the people there."""
        if step not in self.crowded:
            name = copy(self.at(step))
            with using(name):
                next_door = neighbour()
                people.make_film_group(next_door.cast, next_door.group)
                for each in steps.STEPS[:step]:
                    steps.do(each, next_door)
            self.crowded[step] = name
        return self.crowded[step]

    def drop(self) -> None:
        """Leave nothing behind."""
        for name in [*self.made.values(), *self.crowded.values()]:
            drop(name)


class World:
    """The cast, Ville and his neighbours, at a step of the path and on its day; nothing a test does stays."""

    def __init__(self, databases: Databases):
        self._databases = databases
        self._stack = ExitStack()
        self.step = 0

    def __getattr__(self, name: str) -> User:
        return getattr(self.cast, name)

    def go(self, step: int) -> "World":
        """Let Ville be at this step; what the test did before is gone."""
        return self._enter(step, self._databases.at)

    def go_with_a_neighbour(self, step: int) -> "World":
        """The same, with Matti next door at the same step."""
        return self._enter(step, self._databases.with_a_neighbour_at)

    def _enter(self, step: int, database_at: Callable[[int], str]) -> "World":
        self.leave()
        self.step = step
        self._stack.enter_context(using(database_at(step)))
        self._stack.enter_context(clock.at(evening(step)))
        self._stack.enter_context(_undone())
        self.cast = people.Cast.gathered()
        return self

    def on(self, moment: date | datetime) -> "World":
        """Let it be another day."""
        self._stack.enter_context(clock.at(moment))
        return self

    def leave(self) -> None:
        """Undo everything and let the database go."""
        self._stack.close()

    def do(self, step: int) -> None:
        """Do one more step inside the test."""
        steps.do(steps.STEPS[step - 1], steps.Path(self.cast))

    @property
    def ville(self) -> Client:
        """Ville, from the first step on."""
        return steps.ville()

    @property
    def meri(self) -> Client:
        """A client of the area next door."""
        return Client.objects.get(last_name="Kanerva")

    @property
    def aada(self) -> Client:
        """A client with a protection order."""
        return Client.objects.get(last_name="Suojanen")

    @property
    def linnea(self) -> Client:
        """A Swedish-speaking client."""
        return Client.objects.get(last_name="Sjöberg")


def neighbour() -> steps.Path:
    """Matti's path, walked by the people of the area next door."""
    return steps.Path(
        people.Cast.gathered().next_door(),
        code="050588-9044",
        first_name="Matti",
        last_name="Naapuri",
        group="Kävelyryhmä",
    )


def evening(step: int) -> datetime:
    """Five in the afternoon on the day of a step."""
    day = steps.STEPS[step - 1].day if step else BEFORE
    return datetime.combine(day, time(17), clock.HELSINKI)


def copy(original: str) -> str:
    """A copy of a database that nobody is using."""
    name = f"{original.split('__', maxsplit=1)[0]}__{uuid4().hex[:12]}"
    connection.close()
    with connection._nodb_cursor() as cursor:
        # A browser's event loop hides the connection that was there before it: a template may have no visitors.
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [original]
        )
        quickly = "STRATEGY FILE_COPY" if cursor.connection.info.server_version >= 150000 else ""
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{original}" {quickly}')
    return name


def drop(name: str) -> None:
    """Remove a copy, whoever is still connected to it."""
    connection.close()
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@contextmanager
def using(name: str):
    """Let connections go to this database."""
    settings, before = connection.settings_dict, connection.settings_dict["NAME"]
    connection.close()
    settings["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        settings["NAME"] = before


@contextmanager
def _undone():
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


Goes = Callable[[int], World]
