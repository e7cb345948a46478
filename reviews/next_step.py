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


class Viewer:
    """Somebody who looks at many clients: what they may do and where is asked once."""

    def __init__(self, user: User):
        self.user = user
        self._units: dict[UnitRight, set[int]] = {}

    def entrusted(self, right: UnitRight, unit: Unit) -> bool:
        """Whether the user has the right in the unit today."""
        if right not in self._units:
            self._units[right] = set(Unit.objects.entrusted_to(self.user, right).values_list("pk", flat=True))
        return unit.pk in self._units[right]


@dataclass(frozen=True)
class Actor:
    """Who is to act: named people, or whoever is entrusted with a unit."""

    permission: Permission
    people: tuple[User, ...] = ()
    unit: Unit | None = None
    right: UnitRight = UnitRight.LEAD

    def is_seen_in(self, viewer: Viewer) -> bool:
        """Whether the one who looks is the one to act."""
        if not viewer.user.may(self.permission):
            return False
        if self.people:
            return viewer.user in self.people
        return self.unit is not None and viewer.entrusted(self.right, self.unit)

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

    def concerns(self, viewer: Viewer) -> bool:
        """Whether the one who looks is to act, now or when the day comes."""
        return self.actor is not None and self.actor.is_seen_in(viewer)

    def seen_by(self, viewer: Viewer) -> "NextStep":
        """The step as this viewer reads it: with the button, or with the name of the one who has it."""
        if self.actor is None or self.concerns(viewer):
            return self
        return replace(self, url="", button="", waiting_for=str(self.actor))


def people(facts: Facts, *found: User | None, permission: Permission) -> Actor:
    """Those of these people who work with the client; where nobody is left, whoever leads the unit."""
    named = tuple(dict.fromkeys(person for person in found if person is not None))
    return Actor(permission, named, facts.matter.unit)


def is_late(facts: Facts, limits: Iterable[Limit]) -> bool:
    """Whether a limit that has a sum lies behind, with all the grace it gives."""
    return any(hasattr(limit.when, "latest") and limit.when.latest < facts.today for limit in limits)
