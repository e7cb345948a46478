from collections.abc import Iterable

import pghistory
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from guardian.shortcuts import get_objects_for_user

from soskuntoutus.organisation.roles import NEEDS, UnitRight


class UnitQuerySet(models.QuerySet):
    def within(self, units: Iterable["Unit"]) -> "UnitQuerySet":
        """These units and everything below them."""
        return self.filter(pk__in=_below({unit.pk for unit in units}))

    def entrusted_to(self, user, right: UnitRight) -> "UnitQuerySet":
        """The units in which a group of the user has the right today, by a post the user holds for it.

        A post counts in its own unit, above it and below it: a stand-in is a post with an end.
        """
        granted = set(
            get_objects_for_user(
                user,
                f"organisation.{right.value}",
                klass=Unit,
                with_superuser=False,
                accept_global_perms=False,
            ).values_list("pk", flat=True)
        )
        if not granted:
            return self.none()
        posts = {post.unit_id for post in user.posts_today if NEEDS[right] in post.permissions}
        parents = dict(Unit.objects.values_list("pk", "parent_id"))
        effective = {
            unit for unit in granted if any(_is_below(post, unit, parents) or _is_below(unit, post, parents) for post in posts)
        }
        return self.filter(pk__in=_below(effective, parents))

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

    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("part of"))
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

    def name_in(self, language: str) -> str:
        """The unit's name in the language of a document."""
        return self.name_sv if language == "sv" else self.name_fi


def _is_below(unit: int, ancestor: int, parents: dict[int, int | None]) -> bool:
    seen = set()
    while unit is not None and unit not in seen:
        if unit == ancestor:
            return True
        seen.add(unit)
        unit = parents.get(unit)
    return False


def _below(units: set[int], parents: dict[int, int | None] | None = None) -> set[int]:
    if not units:
        return set()
    parents = parents or dict(Unit.objects.values_list("pk", "parent_id"))
    return {unit for unit in parents if any(_is_below(unit, top, parents) for top in units)}
