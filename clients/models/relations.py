"""What each relation between a user and a client is made of, as conditions on clients."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from clients.models.assignment import Assignment
from clients.models.client import AccessGrant, RelationBlock
from clients.models.matter import Matter
from clients.models.sight import Relation
from soskuntoutus import clock
from soskuntoutus.organisation.roles import UnitRight

NOBODY = Q(pk__in=[])


def conditions(user, by: tuple[Relation, ...]) -> dict[Relation, Q]:
    """For each relation, nearest first, which clients stand in it to the user today."""
    return {relation: _CONDITIONS[relation](user) for relation in Relation if relation in by}


def blocks(user) -> QuerySet[RelationBlock]:
    """The clients a user may have nothing to do with: close persons and themselves (hallintolaki 27–30 §)."""
    return RelationBlock.objects.filter(user=user)


def _assigned(user) -> Q:
    return Q(Exists(Assignment.objects.in_sight().filter(client=OuterRef("pk"), worker=user)))


def _granted(user) -> Q:
    now = clock.now()
    return Q(Exists(AccessGrant.objects.filter(client=OuterRef("pk"), user=user, at__lte=now, until__gt=now)))


def _leads(user) -> Q:
    units = user.entrusted(UnitRight.LEAD)
    if not units:
        return NOBODY
    assigned = Assignment.objects.in_sight().filter(client=OuterRef("pk"), unit__in=units)
    waiting = Matter.objects.waiting().filter(client=OuterRef("pk"), unit__in=units)
    return Q(Exists(assigned)) | Q(Exists(waiting))


def _referral(user) -> Q:
    units = user.entrusted(UnitRight.LEAD)
    if not units:
        return NOBODY
    return Q(Exists(Matter.objects.filter(client=OuterRef("pk"), referred_to__in=units, closed_on=None)))


def _intake(user) -> Q:
    if not _intake_units(user):
        return NOBODY
    return Q(Exists(intake_matters(user).filter(client=OuterRef("pk"))))


def intake_matters(user) -> QuerySet[Matter]:
    """The contacts on this user's intake desk: not yet taken, or taken a few days ago and still readable."""
    units = _intake_units(user)
    return Matter.objects.on_desk().filter(unit__in=units) if units else Matter.objects.none()


def _intake_units(user) -> frozenset[int]:
    return user.entrusted(UnitRight.DUTY) | user.entrusted(UnitRight.REGISTER)


_CONDITIONS = {
    Relation.ASSIGNED: _assigned,
    Relation.GRANTED: _granted,
    Relation.LEADS: _leads,
    Relation.REFERRAL: _referral,
    Relation.INTAKE: _intake,
}
