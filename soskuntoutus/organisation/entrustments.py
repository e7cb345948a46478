"""Who is entrusted with what, and whether it counts today."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib.auth.models import Group

from soskuntoutus import clock
from soskuntoutus.organisation import rights
from soskuntoutus.organisation.models import Post, Unit, User
from soskuntoutus.organisation.models.units import counting
from soskuntoutus.organisation.roles import UnitRight


@dataclass(frozen=True)
class Holder:
    """A member of the group, and the post by which the right counts today, if any does."""

    user: User
    post: Post | None


@dataclass(frozen=True)
class Entrustment:
    """A right that a group of users has in a unit."""

    unit: Unit
    right: UnitRight
    group: Group
    holders: list[Holder]


def entrustments() -> list[Entrustment]:
    """Every right that is given, by unit in the order of the tree."""
    given = rights.given()
    tree, posts = Unit.objects.tree(), _posts_today()
    members = _members({group.pk for _, _, group in given})
    return [
        Entrustment(
            unit,
            right,
            group,
            [
                Holder(user, next(iter(counting(posts[user.pk], right, unit.pk, tree)), None))
                for user in members[group.pk]
            ],
        )
        for unit in Unit.objects.in_tree_order()
        for right, group in _in(unit, given)
    ]


def _in(unit: Unit, given: list[tuple[int, UnitRight, Group]]) -> Iterator[tuple[UnitRight, Group]]:
    order = list(UnitRight)
    found = [(right, group) for key, right, group in given if key == unit.pk]
    yield from sorted(found, key=lambda pair: order.index(pair[0]))


def _posts_today() -> dict[int, list[Post]]:
    found = defaultdict(list)
    posts = Post.objects.filter(during__contains=clock.today(), user__is_active=True)
    for post in posts.select_related("unit").order_by("during", "pk"):
        found[post.user_id].append(post)
    return found


def _members(groups: set[int]) -> dict[int, list[User]]:
    found = defaultdict(list)
    for user in User.objects.filter(groups__in=groups).distinct().prefetch_related("groups"):
        for group in user.groups.all():
            found[group.pk].append(user)
    return found
