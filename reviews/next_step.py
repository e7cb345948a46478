"""The one next step of a client's way, and who is to take it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from reviews.facts import Facts
from reviews.limits import Limit
from soskuntoutus.organisation.models import Unit, User
from soskuntoutus.organisation.roles import Permission, UnitRight


@dataclass(frozen=True)
class Actor:
    """Who is to act: named people, or whoever is entrusted with a unit."""

    permission: Permission
    people: tuple[User, ...] = ()
    unit: Unit | None = None
    right: UnitRight = UnitRight.LEAD

    def is_seen_in(self, user: User) -> bool:
        """Whether the one who looks is the one to act."""
        if not user.may(self.permission):
            return False
        if self.people:
            return user in self.people
        return self.unit is not None and self.unit.pk in user.entrusted(self.right)

    def __str__(self) -> str:
        if self.people:
            return pgettext("people", " or ").join(str(person) for person in self.people)
        sentence = {
            UnitRight.LEAD: _("whoever leads the unit: %(unit)s"),
            UnitRight.REGISTER: _("the service adviser: %(unit)s"),
            UnitRight.DUTY: _("whoever is on intake duty: %(unit)s"),
        }[self.right]
        return sentence % {"unit": self.unit}


@dataclass(frozen=True)
class NextStep:
    """What is to be done next, by whom, by when, and what comes after it."""

    code: str
    title: str
    body: str
    actor: Actor | None = None
    url: str = ""
    button: str = ""
    icon: str = ""
    limits: tuple[Limit, ...] = ()
    then: str = ""
    late: bool = False
    waiting_for: str = ""

    @property
    def kind(self) -> str:
        """How the card is drawn: late, waiting, or to be acted on."""
        if self.late:
            return "late"
        return "" if self.url else "wait"

    @property
    def due(self) -> date | None:
        """The earliest day that binds the step; a target counts where nothing else does."""
        binding = [limit for limit in self.limits if not limit.is_target]
        return min((limit.day for limit in binding or self.limits), default=None)

    def concerns(self, user: User) -> bool:
        """Whether the one who looks is to act, now or when the day comes."""
        return self.actor is not None and self.actor.is_seen_in(user)

    def seen_by(self, user: User) -> "NextStep":
        """The step as this user reads it: with the button, or with the name of the one who has it."""
        if self.actor is None or self.concerns(user):
            return self
        return replace(self, url="", button="", waiting_for=str(self.actor))


def people(facts: Facts, *found: User | None, permission: Permission) -> Actor:
    """Those of these people who work with the client; where nobody is left, whoever leads the unit."""
    named = tuple(dict.fromkeys(person for person in found if person is not None))
    return Actor(permission, named, facts.matter.unit)


def is_late(facts: Facts, limits: Iterable[Limit]) -> bool:
    """Whether a limit that has a sum lies behind, with all the grace it gives."""
    return any(hasattr(limit.when, "latest") and limit.when.latest < facts.today for limit in limits)
