"""Imports and relations point down: what stands lower knows nothing of what stands on it."""

import pytest
from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps
from importlinter.cli import lint_imports

ROOTS = ("soskuntoutus", "clients", "plans", "groups", "reviews")
ORDER = ["audit", "ui", "organisation", "accounts", "clients", "plans", "groups", "reviews", "demo"]
"""Lowest first. Django's and other third parties' tables lie below them all."""


def height(model):
    label = model._meta.app_label
    return ORDER.index(label) if label in ORDER else -1


def upward(model):
    """The relations of a model that point to a higher app, those named by a string included."""
    fields = [*model._meta.local_fields, *model._meta.local_many_to_many]
    return [field for field in fields if field.is_relation and height(field.related_model) > height(model)]


def ours():
    return [model for model in apps.get_models() if height(model) >= 0]


def test_imports_point_down(capsys):
    assert lint_imports(no_cache=True) == 0, capsys.readouterr().out


def test_relations_point_down():
    assert [field for model in ours() for field in upward(model)] == []


def test_every_app_of_ours_has_its_place_in_the_order():
    inside = {config.label for config in apps.get_app_configs() if config.name.split(".")[0] in ROOTS}
    assert inside - {"soskuntoutus"} == set(ORDER)


@pytest.mark.parametrize(("home", "target"), [("clients", "plans.Visit"), ("organisation", "clients.Client")])
def test_a_relation_that_points_up_is_found_also_by_its_name_only(home, target):
    with isolate_apps("soskuntoutus.organisation", "clients", "plans"):

        class Wrong(models.Model):
            other = models.ForeignKey(apps.get_model(target), models.PROTECT, related_name="+")

            class Meta:
                app_label = home

            def __str__(self):
                return home

    assert [field.name for field in upward(Wrong)] == ["other"]
