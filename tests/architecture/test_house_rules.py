"""How the code is kept: doors on every page, sentences on every rule, small files, plain names."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db.models.constraints import BaseConstraint
from django.urls import URLPattern, get_resolver

ROOTS = ("soskuntoutus", "clients", "plans", "groups", "reviews")
PUBLIC = frozenset({"soskuntoutus.urls.healthz", "soskuntoutus.ui.views.gallery.gallery"})
"""Views of ours that ask for no permission: they show no data."""

VAGUE = re.compile(r"(^|_)(utils?|helpers?|services?|common|core|misc|managers?|handlers?|processors?)$")
RAW_SQL = re.compile(r"\.cursor\(|\.raw\(|\.extra\(|RawSQL|RunSQL")
MAY_SPEAK_SQL = frozenset({"soskuntoutus/organisation/access.py", "reviews/statistics.py"})


def folder(root):
    return settings.BASE_DIR / root


def files(*suffixes, roots=(*ROOTS, "tests", "scripts", "templates", "static/css", "static/js")):
    """Our own files, without what Django writes."""
    found = [path for root in roots for path in folder(root).rglob("*") if path.suffix in suffixes]
    return [path for path in found if "migrations" not in path.parts]


def short(path):
    return str(path.relative_to(settings.BASE_DIR))


def views():
    """Every view of ours with the name of its code."""

    def walk(patterns):
        for pattern in patterns:
            if isinstance(pattern, URLPattern):
                yield pattern.callback
            elif (
                pattern.app_name != "admin"
            ):  # behind its own door: tests/organisation/test_administration.py
                yield from walk(pattern.url_patterns)

    named = {f"{view.__module__}.{view.__qualname__}": view for view in walk(get_resolver().url_patterns)}
    return {name: view for name, view in named.items() if name.split(".")[0] in ROOTS}


def models():
    return [model for model in apps.get_models() if model.__module__.split(".")[0] in ROOTS]


def rules():
    return [(model, rule) for model in models() for rule in model._meta.constraints]


def verbs():
    members = [(model, name, getattr(model, name, None)) for model in models() for name in vars(model)]
    return {
        f"{model.__name__}.{name}": verb
        for model, name, verb in members
        if getattr(verb, "is_transition", False)
    }


def test_every_view_names_its_permission_or_is_public():
    unguarded = {name for name, view in views().items() if not hasattr(view, "permission")}
    assert {name for name in unguarded if not name.startswith("soskuntoutus.demo.")} <= PUBLIC
    assert len(views()) > 20


def test_every_rule_speaks_its_own_sentence():
    silent = [f"{model.__name__}: {rule.name}" for model, rule in rules() if not has_sentence(rule)]
    assert silent == []


def has_sentence(rule):
    return rule.violation_error_message not in (None, BaseConstraint.default_violation_error_message)


def test_no_two_rules_have_one_name():
    names = [rule.name for _, rule in rules()]
    assert len(names) == len(set(names)) > 30


def test_every_verb_says_what_it_does_and_takes_only_named_facts():
    assert len(verbs()) > 20
    for name, verb in verbs().items():
        inner = verb.__wrapped__
        assert inner.__doc__, name
        assert inner.__code__.co_argcount == 1, name
        assert "by" in inner.__code__.co_varnames[1 : 1 + inner.__code__.co_kwonlyargcount], name


def test_a_file_is_read_in_one_sitting():
    lengths = {
        short(path): len(path.read_text().splitlines()) for path in files(".py", ".html", ".css", ".js")
    }
    assert {name: length for name, length in lengths.items() if length > 400} == {}


def test_a_name_says_what_is_inside():
    modules = {part for path in files(".py", roots=ROOTS) for part in Path(short(path)).with_suffix("").parts}
    assert [name for name in modules if VAGUE.search(name)] == []


@pytest.mark.parametrize("name", ["utils", "date_helpers", "service", "core", "client_manager"])
def test_a_vague_name_is_noticed(name):
    assert VAGUE.search(name)


def test_questions_are_asked_in_djangos_words():
    speaking = {short(path) for path in files(".py", roots=ROOTS) if RAW_SQL.search(path.read_text())}
    ours = {
        name for name in speaking if not name.startswith(("soskuntoutus/demo/", "soskuntoutus/management/"))
    }
    assert ours <= MAY_SPEAK_SQL


def test_guardian_is_asked_in_one_place():
    asking = {short(path) for path in files(".py", roots=ROOTS) if "from guardian" in path.read_text()}
    assert asking == {"soskuntoutus/organisation/rights.py"}


def test_only_the_clock_knows_what_day_it_is():
    asking = re.compile(r"date\.today\(|datetime\.now\(|timezone\.now\(|localdate\(")
    assert {short(path) for path in files(".py", roots=ROOTS) if asking.search(path.read_text())} == {
        "soskuntoutus/clock.py"
    }


def test_pages_carry_no_script_and_no_style_of_their_own():
    inline = re.compile(r"<style|\sstyle=|\son[a-z]+=\"|<script(?![^>]*\ssrc=)|hx-on")
    assert [short(path) for path in files(".html") if inline.search(path.read_text())] == []
