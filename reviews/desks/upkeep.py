"""What the administrator has to put right in the organisation, before somebody meets it as a refusal."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet
from django.urls import reverse

from soskuntoutus import clock
from soskuntoutus.organisation.entrustments import entrustments
from soskuntoutus.organisation.models import DelegationRule, Post, Unit, Value
from soskuntoutus.organisation.roles import UnitRight
from soskuntoutus.ranges import last_day

SOON = timedelta(days=30)


@dataclass(frozen=True)
class Thing:
    """One thing to look at, where it is put right, and the last day of what ends."""

    title: str
    url: str
    ends: date | None = None


@dataclass(frozen=True)
class Upkeep:
    """What ends within thirty days, and what is missing today."""

    posts: Sequence[Thing]
    leaderless: Sequence[Thing]
    rules: Sequence[Thing]
    values: Sequence[Thing]

    @property
    def count(self) -> int:
        """How many things there are to do."""
        return sum(map(len, (self.posts, self.leaderless, self.rules, self.values)))


def upkeep() -> Upkeep:
    """Everything, in the same number of queries however large the organisation is."""
    return Upkeep(_posts(), _leaderless(), _rules(), _values())


def _posts() -> list[Thing]:
    rows = _ending(Post.objects.filter(user__is_active=True)).select_related("user", "unit")
    return [Thing(str(row), _change("post", row.pk), last_day(row.during)) for row in rows]


def _leaderless() -> list[Thing]:
    """Units that nobody leads today, by a post that counts there or in a unit above."""
    tree = Unit.objects.tree()
    led = {
        given.unit.pk
        for given in entrustments()
        if given.right == UnitRight.LEAD and any(holder.post for holder in given.holders)
    }
    covered = tree.below(led)
    units = Unit.objects.exclude(kind=Unit.Kind.ORGANISER).exclude(pk__in=covered)
    return [Thing(str(unit), reverse("organisation:rights")) for unit in units]


def _rules() -> list[Thing]:
    """Delegation rules that end, and kinds of decision that no rule allows today."""
    ending = [
        Thing(str(row), _change("delegationrule", row.pk), last_day(row.during))
        for row in _ending(DelegationRule.objects.all())
    ]
    in_force = DelegationRule.objects.filter(during__contains=clock.today()).values_list("kind", flat=True)
    missing = [kind for kind in DelegationRule.Kind if kind not in set(in_force)]
    add = reverse("admin:organisation_delegationrule_add")
    return [*ending, *(Thing(str(kind.label), add) for kind in missing)]


def _values() -> list[Thing]:
    """Values of the operating model that are missing today, or end with nothing after them."""
    today, rows = clock.today(), list(Value.objects.all())
    here = {row.key for row in rows if today in row.during}
    later = {row.key for row in rows if row.during.lower > today}
    add = reverse("admin:organisation_value_add")
    missing = [Thing(str(key.label), add) for key in Value.Key if key not in here]
    ending = [
        Thing(row.get_key_display(), _change("value", row.pk), last_day(row.during))
        for row in rows
        if today in row.during
        and row.during.upper
        and row.during.upper <= today + SOON + clock.ONE_DAY
        and row.key not in later
    ]
    return [*missing, *ending]


def _ending(rows: QuerySet) -> QuerySet:
    today = clock.today()
    within = rows.filter(during__contains=today, during__endswith__lte=today + SOON + clock.ONE_DAY)
    return within.order_by("during__endswith", "pk")


def _change(model: str, key: int) -> str:
    return reverse(f"admin:organisation_{model}_change", args=[key])
