"""Which group of users has which right in which unit, kept by django-guardian; nothing else speaks to it."""

from django.contrib.auth.models import Group, Permission
from django.db.models import Model, QuerySet
from guardian.shortcuts import assign_perm, remove_perm
from guardian.utils import get_group_obj_perms_model

from soskuntoutus.organisation.roles import UnitRight


def give(right: UnitRight, unit: Model, group: Group) -> None:
    """Let the group have the right in the unit."""
    assign_perm(right.value, group, unit)


def take(right: UnitRight, unit: Model, group: Group) -> None:
    """Let the group no longer have the right in the unit."""
    remove_perm(right.value, group, unit)


def has(right: UnitRight, unit: Model, group: Group) -> bool:
    """Whether the group has the right in the unit."""
    rows = get_group_obj_perms_model().objects.filter(group=group, object_pk=unit.pk)
    return rows.filter(permission__in=_permissions().filter(codename=right.value)).exists()


def given_to(user) -> set[tuple[UnitRight, int]]:
    """Every right that a group of the user has, with the unit's key; being a superuser gives none."""
    rows = get_group_obj_perms_model().objects.filter(group__user=user, permission__in=_permissions())
    found = rows.values_list("permission__codename", "object_pk")
    return {(UnitRight(right), int(unit)) for right, unit in found}


def given() -> list[tuple[int, UnitRight, Group]]:
    """Every right that is given: the unit's key, the right, the group."""
    rows = get_group_obj_perms_model().objects.filter(permission__in=_permissions())
    rows = rows.select_related("group", "permission").order_by("group__name")
    return [(int(row.object_pk), UnitRight(row.permission.codename), row.group) for row in rows]


def _permissions() -> QuerySet:
    return Permission.objects.filter(
        content_type__app_label="organisation", content_type__model="unit", codename__in=UnitRight.values
    )
