"""Every name that the glossary gives stands in the code."""

import re
from pathlib import Path

import pytest
from django.apps import apps

from clients.models import Relation
from soskuntoutus.organisation.roles import Title

GLOSSARY = (Path(__file__).parents[2] / "docs" / "glossary.md").read_text()
NAMES = re.findall(r"\| `([\w.]+)` \|", GLOSSARY)
NOT_MODELS = {"organisation.Title": Title, "clients.Relation": Relation}


@pytest.mark.parametrize("name", NAMES)
def test_the_glossarys_name_stands_in_the_code(name):
    app, first, *rest = name.split(".")
    found = NOT_MODELS.get(f"{app}.{first}") or apps.get_model(app, first)
    for part in rest:
        found = getattr(found, part) if hasattr(found, part) else found._meta.get_field(part)
    assert found is not None


def test_the_glossary_names_every_model_a_person_works_with():
    ours = ("clients", "plans", "groups", "reviews")
    models = {
        f"{model._meta.app_label}.{model.__name__}"
        for label in ours
        for model in apps.get_app_config(label).get_models()
        if not model.__name__.endswith("Event")
    }
    within = {
        "clients.AccessGrant",
        "clients.ContactDetails",
        "groups.Enrolment",
        "groups.Leader",
        "reviews.Rating",
        "clients.Document",
    }
    assert models - within <= {".".join(name.split(".")[:2]) for name in NAMES}
