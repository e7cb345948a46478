"""What each relation between a user and a client is made of: the rows that tie them together."""

from django.db.models import QuerySet

from clients.models.assignment import Assignment
from clients.models.client import AccessGrant, RelationBlock
from clients.models.matter import Matter
from clients.models.sight import Relation
from soskuntoutus import clock
from soskuntoutus.organisation.roles import UnitRight


def ties(user, by: tuple[Relation, ...]) -> dict[Relation, list[QuerySet]]:
    """For each relation, nearest first, the keys of the clients who stand in it to the user today."""
    found = {relation: _TIES[relation](user) for relation in Relation if relation in by}
    return {relation: [rows.order_by().values("client") for rows in each] for relation, each in found.items()}


def blocks(user) -> QuerySet[RelationBlock]:
    """The clients a user may have nothing to do with: close persons and themselves (hallintolaki 27–30 §)."""
    return RelationBlock.objects.filter(user=user)


def _assigned(user) -> list[QuerySet]:
    return [Assignment.objects.in_sight().filter(worker=user)]


def _granted(user) -> list[QuerySet]:
    now = clock.now()
    return [AccessGrant.objects.filter(user=user, at__lte=now, until__gt=now)]


def _leads(user) -> list[QuerySet]:
    units = user.entrusted(UnitRight.LEAD)
    if not units:
        return []
    assigned, waiting = Assignment.objects.in_sight(), Matter.objects.waiting()
    return [assigned.filter(unit__in=units), waiting.filter(unit__in=units)]


def _referral(user) -> list[QuerySet]:
    units = user.entrusted(UnitRight.LEAD)
    return [Matter.objects.open().filter(referred_to__in=units)] if units else []


def _intake(user) -> list[QuerySet]:
    return [intake_matters(user)] if _intake_units(user) else []


def intake_matters(user) -> QuerySet[Matter]:
    """The contacts on this user's intake desk: not yet taken, or taken a few days ago and still readable."""
    units = _intake_units(user)
    return Matter.objects.on_desk().filter(unit__in=units) if units else Matter.objects.none()


def _intake_units(user) -> frozenset[int]:
    return user.entrusted(UnitRight.DUTY) | user.entrusted(UnitRight.REGISTER)


_TIES = {
    Relation.ASSIGNED: _assigned,
    Relation.GRANTED: _granted,
    Relation.LEADS: _leads,
    Relation.REFERRAL: _referral,
    Relation.INTAKE: _intake,
}
