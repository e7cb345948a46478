from collections.abc import Iterable

import pghistory
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from soskuntoutus.audit.context import once_per_request
from soskuntoutus.audit.record import name_of, record
from soskuntoutus.audit.transition import transition
from soskuntoutus.organisation import rights
from soskuntoutus.organisation.models.tree import Tree
from soskuntoutus.organisation.roles import NEEDS, Permission, UnitRight


class UnitQuerySet(models.QuerySet):
    def tree(self) -> Tree:
        """Which unit is part of which, siblings by name."""
        return _tree()

    def in_tree_order(self) -> "UnitQuerySet":
        """Each unit after the one it is part of, with its `depth`."""
        tree = self.tree()
        keys = tree.in_order()
        number = models.IntegerField()
        place = models.Case(
            *(models.When(pk=key, then=place) for place, key in enumerate(keys)), output_field=number
        )
        depth = models.Case(*(models.When(pk=key, then=tree.depth(key)) for key in keys), output_field=number)
        return self.annotate(depth=depth).order_by(place)

    def within(self, units: Iterable["Unit"]) -> "UnitQuerySet":
        """These units and everything below them."""
        return self.filter(pk__in=self.tree().below({unit.pk for unit in units}))

    def entrusted_to(self, user, right: UnitRight) -> "UnitQuerySet":
        """The units in which a group of the user has the right today, by a post the user holds for it."""
        return self.filter(pk__in=user.entrusted(right))

    def led_by(self, user) -> "UnitQuerySet":
        """The units the user leads today."""
        return self.entrusted_to(user, UnitRight.LEAD)


@pghistory.track()
class Unit(models.Model):
    """A part of the organiser: an area, a unit in it, a team in that."""

    class Kind(models.TextChoices):
        ORGANISER = "organiser", _("organiser")
        AREA = "area", _("area")
        UNIT = "unit", _("unit")
        TEAM = "team", _("team")

    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("part of")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    name_fi = models.CharField(_("name in Finnish"), max_length=120)
    name_sv = models.CharField(_("name in Swedish"), max_length=120)
    oid = models.CharField(_("OID in the SOTE organisation register"), max_length=60, blank=True)
    address = models.CharField(_("postal address"), max_length=200, blank=True)
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    adopted_on = models.DateField(_("the model in use from"), null=True, blank=True)

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        ordering = ["name_fi"]
        permissions = [(right.value, right.label) for right in UnitRight]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(parent=models.F("pk")),
                name="unit_not_its_own_parent",
                violation_error_message=_("A unit cannot be part of itself."),
            ),
        ]

    def __str__(self):
        return self.name_sv if get_language() == "sv" else self.name_fi

    def clean(self):
        if self.pk and self.parent_id and self.pk in Unit.objects.tree().path(self.parent_id):
            raise ValidationError({"parent": _("A unit cannot be part of itself or of a unit below it.")})

    def name_in(self, language: str) -> str:
        """The unit's name in the language of a document."""
        return self.name_sv if language == "sv" else self.name_fi

    @transition(Permission.MANAGE_ORGANISATION)
    def entrust(self, *, group: Group, right: UnitRight, by) -> "Unit":
        """Give a group of users a right in the unit; it counts for each of them by a post of the day."""
        self._refuse_own(group, by)
        if rights.has(right, self, group):
            raise _about_group(_("The group already has this right in this unit."), "given")
        rights.give(right, self, group)
        record(by, f"given {right.value}", f"{name_of(group)} {name_of(self)}")
        return self

    @transition(Permission.MANAGE_ORGANISATION)
    def withdraw(self, *, group: Group, right: UnitRight, by) -> "Unit":
        """Take a right in the unit from a group of users; what they see by it ends at once."""
        if not rights.has(right, self, group):
            raise _about_group(_("The group does not have this right in this unit."), "not_given")
        rights.take(right, self, group)
        record(by, f"taken {right.value}", f"{name_of(group)} {name_of(self)}")
        return self

    def _refuse_own(self, group: Group, by) -> None:
        if by.groups.filter(pk=group.pk).exists():
            raise _about_group(
                _("You belong to this group. Ask another administrator to give it the right."), "own"
            )


def _about_group(sentence: str, code: str) -> ValidationError:
    return ValidationError({"group": ValidationError(sentence, code=code)})


@once_per_request
def _tree() -> Tree:
    return Tree(Unit.objects.order_by("name_fi", "pk").values_list("pk", "parent_id"))


def entrusted(user) -> dict[UnitRight, frozenset[int]]:
    """The keys of the units in which a group of the user has each right today, by a post held for it."""
    given = rights.given_to(user)
    if not given:
        return dict.fromkeys(UnitRight, frozenset())
    tree, tops = _tree(), {right: set() for right in UnitRight}
    for right, unit in given:
        if counting(user.posts_today, right, unit, tree):
            tops[right].add(unit)
    return {right: frozenset(tree.below(units)) for right, units in tops.items()}


def counting(posts: Iterable, right: UnitRight, unit: int, tree: Tree) -> list:
    """The posts by which a right in the unit counts: they carry it, in the unit, above it or below it."""
    return [post for post in posts if NEEDS[right] in post.permissions and tree.in_line(post.unit_id, unit)]
