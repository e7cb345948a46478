"""How far Ville has come on his path, read from the facts in one question."""

from datetime import date, datetime, time

from django.db.models import Exists, OuterRef, QuerySet

from clients import identity
from clients.models import Assignment, Client, Document, Matter
from groups.models import Attendance
from plans.models import Visit
from soskuntoutus import clock
from soskuntoutus.demo.cast import VILLE


def steps_behind() -> int:
    """How many steps of the path lie behind Ville: a later step that is done stands for those before it."""
    facts = {f"step_{number}": fact for number, fact in enumerate(_facts(), start=1)}
    ville = Client.objects.filter(identity_index=identity.index(VILLE)).annotate(**facts)
    done = ville.values_list(*facts).first() or ()
    return max((number for number, is_done in enumerate(done, start=1) if is_done), default=0)


def _facts() -> list[Exists]:
    """What shows that a step is done, in the order of the steps."""
    ended = datetime.combine(date(2026, 7, 13), time(), clock.HELSINKI)
    return [
        _matter(),
        _matter(registered_at__isnull=False),
        _matter(taken_at__isnull=False),
        _matter(visits__isnull=False),
        _at_least(2, _of(Visit).held().filter(mode="meeting")),
        Exists(_of(Assignment).filter(part="own_worker")),
        _matter(referrals__isnull=False),
        Exists(_of(Document).in_force("service_plan")),
        _matter(rehabilitations__periods__isnull=False),
        _matter(rehabilitations__started_on__isnull=False),
        _at_least(12, _of(Attendance)),
        _at_least(13, _of(Attendance)),
        _matter(rehabilitations__periods__evaluated_on__isnull=False),
        _matter(rehabilitations__follow_ons__met_on__isnull=False),
        _matter(rehabilitations__ended_on__isnull=False),
        Exists(_of(Visit).held().filter(held_at__gte=ended)),
        Exists(_of(Document).in_force("client_plan").filter(version__gte=2)),
        _matter(rehabilitations__follow_up__isnull=False, closed_on__isnull=False),
    ]


def _of(model) -> QuerySet:
    return model.objects.filter(client=OuterRef("pk")).order_by()


def _matter(**facts) -> Exists:
    return Exists(_of(Matter).filter(**facts))


def _at_least(number: int, rows: QuerySet) -> Exists:
    return Exists(rows[number - 1 :])
