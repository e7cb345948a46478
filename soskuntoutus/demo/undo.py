"""Taking Ville back to the beginning: the only place that deletes, and it is not there in production."""

from django.apps import apps
from django.db import connection, models, transaction

from clients import identity
from clients.models import Client
from groups.models import Group
from soskuntoutus.demo import steps
from soskuntoutus.demo.cast import VILLE
from soskuntoutus.ui.models import Draft

DOMAIN = ("clients", "plans", "groups", "reviews")


@transaction.atomic
def forget_ville() -> None:
    """Remove every row about Ville and the sessions of his group, triggers and all; the log stays.

    Drafts do not say whom they are about, so all of them go.
    """
    Draft.objects.all().delete()
    client = Client.objects.filter(identity_index=identity.index(VILLE)).first()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        for model in _domain_models():
            for path in _paths_to(model, Client):
                if client is not None:
                    _remove(model, {path: client})
        for model in _domain_models():
            for path in _paths_to(model, Group):
                if model is not Group and model.__name__ != "Leader":
                    _remove(model, {f"{path}__name": steps.GROUP})
        if client is not None:
            _remove(Client, {"pk": client.pk})
        cursor.execute("SET LOCAL session_replication_role = origin")


def _domain_models() -> list[type[models.Model]]:
    found = [
        model
        for label in DOMAIN
        for model in apps.get_app_config(label).get_models(include_auto_created=True)
    ]
    return sorted(found, key=lambda model: -len(max(_paths_to(model, Client), key=len, default="")))


def _remove(model: type[models.Model], which: dict) -> None:
    rows = model._base_manager.filter(**which).values_list("pk", flat=True)
    model._base_manager.filter(pk__in=list(rows))._raw_delete("default")


def _paths_to(model: type[models.Model], target: type[models.Model], depth: int = 4) -> list[str]:
    """The relations that lead from a model to another, as lookups, the shortest first."""
    if depth == 0 or model is target:
        return []
    paths = []
    for field in model._meta.get_fields():
        if not (field.many_to_one or field.one_to_one) or not field.concrete or field.related_model is model:
            continue
        if field.related_model is target:
            paths.append(field.name)
        elif field.related_model._meta.app_label in DOMAIN:
            paths.extend(
                f"{field.name}__{rest}" for rest in _paths_to(field.related_model, target, depth - 1)[:1]
            )
    return sorted(paths, key=len)[:1]
