"""docs/rules.md against the code, both ways: each rule has its row, and each row its rule and its proof."""

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from operator import attrgetter
from pathlib import Path

import pghistory.trigger
import pytest
from django.apps import apps
from django.conf import settings

import clients.access
import groups.access
import soskuntoutus.accounts.adapters
import soskuntoutus.accounts.attempts
import soskuntoutus.accounts.directory
import soskuntoutus.accounts.ending
import soskuntoutus.accounts.second_factor
import soskuntoutus.audit.middleware
import soskuntoutus.audit.record
import soskuntoutus.audit.transition
import soskuntoutus.organisation.access
import soskuntoutus.organisation.roles
from clients.models import Relation, relations
from clients.models.sight import ClientQuerySet
from soskuntoutus import clock
from soskuntoutus.organisation.models import Value
from soskuntoutus.organisation.roles import Permission

OURS = ("soskuntoutus", "clients", "plans", "groups", "reviews")
HELD = re.compile(r"(\w+) `([\w.]+)`")
PROOF = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")
SOURCE = re.compile(
    r"(SHL|HL) [\d–]+( and \d+)?( [a-z])? §( \[kn\])?|\d+/\d{4}( \d+ §)?( \[kn\])?"
    r"|(HEL|PROSOS|SOSKU|NOSTE|VISIO)-\d+|T\d+|THL \d+\.\d+|design"
)


@dataclass(frozen=True)
class Row:
    """One rule as the page tells it."""

    rule: str
    source: str
    held: list[tuple[str, str]]
    proof: list[tuple[str, str]]


def row(line: str) -> Row:
    rule, source, held, proof = (cell.strip() for cell in line.strip("|").split(" | "))
    return Row(rule, source, HELD.findall(held), PROOF.findall(proof))


PAGE = (settings.BASE_DIR / "docs" / "rules.md").read_text()
TABLES = PAGE[PAGE.index("\n## ") :].splitlines()
ROWS = [row(line) for line in TABLES if line.startswith("| ") and not line.startswith("| rule |")]


def named(kind: str) -> list[str]:
    return [name for row in ROWS for each, name in row.held if each == kind]


def models() -> dict[str, type]:
    found = [model for model in apps.get_models() if model.__module__.split(".")[0] in OURS]
    return {model.__name__: model for model in found}


def constraints() -> set[str]:
    return {rule.name for model in models().values() for rule in model._meta.constraints}


def triggers() -> set[str]:
    found = [trigger for model in models().values() for trigger in getattr(model._meta, "triggers", [])]
    return {trigger.name for trigger in found if not isinstance(trigger, pghistory.trigger.Event)}


def verbs() -> set[str]:
    members = [
        (name, word, getattr(model, word, None)) for name, model in models().items() for word in vars(model)
    ]
    return {f"{name}.{word}" for name, word, member in members if getattr(member, "is_transition", False)}


@cache
def proofs_in(path: str) -> set[str]:
    file = Path(settings.BASE_DIR / path)
    return set(re.findall(r"^def (test_\w+)", file.read_text(), re.MULTILINE)) if file.exists() else set()


def stands(*places):
    """Whether a name stands in one of these modules or classes."""
    return lambda name: any(hasattr(place, name) for place in places)


def checked(name: str) -> bool:
    model, rest = name.split(".", 1)
    try:
        return bool(attrgetter(rest)(models()[model]))
    except (AttributeError, KeyError):
        return False


EXISTS = {
    "constraint": lambda name: name in constraints(),
    "trigger": lambda name: name in triggers(),
    "verb": lambda name: name in verbs(),
    "check": checked,
    "role": lambda name: stands(soskuntoutus.organisation.roles)(name) or name in Permission.__members__,
    "sight": lambda name: name in Relation or stands(relations, ClientQuerySet)(name),
    "door": stands(clients.access, groups.access, soskuntoutus.organisation.access),
    "log": stands(soskuntoutus.audit.record, soskuntoutus.audit.transition, soskuntoutus.audit.middleware),
    "session": stands(
        soskuntoutus.accounts.adapters.AccountAdapter,
        soskuntoutus.accounts.adapters.MFAAdapter,
        soskuntoutus.accounts.attempts,
        soskuntoutus.accounts.directory,
        soskuntoutus.accounts.ending,
        soskuntoutus.accounts.second_factor,
    ),
    "clock": stands(clock),
    "value": lambda name: name in Value.Key,
}


# Each rule of the code has its row


@pytest.mark.parametrize(("kind", "stored"), [("constraint", constraints), ("trigger", triggers)])
def test_every_rule_of_the_database_stands_on_the_page_once(kind, stored):
    assert Counter(named(kind)) == dict.fromkeys(stored(), 1)
    assert stored()


def test_every_transition_stands_on_the_page():
    assert verbs() - set(named("verb")) == set()
    assert len(verbs()) > 20


def test_every_proof_written_for_a_rule_stands_beside_it():
    files = [
        str(path.relative_to(settings.BASE_DIR))
        for path in (settings.BASE_DIR / "tests").rglob("test_rules_*.py")
    ]
    written = {(path, name) for path in files for name in proofs_in(path)}
    assert written - {proof for row in ROWS for proof in row.proof} == set()
    assert len(written) > 100


# Each row has its rule, its source and its proof


def test_what_a_row_names_is_there():
    lost = [(row.rule, kind, name) for row in ROWS for kind, name in row.held if not EXISTS[kind](name)]
    assert lost == []


def test_a_row_has_a_proof_that_is_there():
    lost = [(row.rule, path, name) for row in ROWS for path, name in row.proof if name not in proofs_in(path)]
    assert lost == []


def test_a_row_names_where_its_rule_is_held_and_how_it_is_proved():
    assert [row.rule for row in ROWS if not row.held or not row.proof] == []
    assert len(ROWS) > 150


def test_a_row_says_where_its_rule_comes_from():
    vague = [
        (row.rule, each) for row in ROWS for each in row.source.split(", ") if not SOURCE.fullmatch(each)
    ]
    assert vague == []


def test_no_rule_is_told_twice():
    assert [rule for rule, times in Counter(row.rule for row in ROWS).items() if times > 1] == []


def test_a_rule_is_one_sentence():
    assert [row.rule for row in ROWS if not re.fullmatch(r"[A-Z][^.]*\.", row.rule)] == []


# That these tests can fail


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("constraint", "assignment_two_clients_per_worker"),
        ("trigger", "update_update"),
        ("verb", "Matter.waiting"),
        ("check", "Goal.tidy"),
        ("check", "Dream.clean"),
        ("role", "FLY"),
        ("sight", "curious"),
        ("door", "open_window"),
        ("log", "forget"),
        ("session", "nap"),
        ("clock", "yesterday"),
        ("value", "coffee_breaks"),
    ],
)
def test_a_name_that_is_not_there_is_noticed(kind, name):
    assert not EXISTS[kind](name)


@pytest.mark.parametrize("source", ["SHL", "law", "HEL", "SHL 36", "somebody said"])
def test_a_source_that_says_nothing_is_noticed(source):
    assert not SOURCE.fullmatch(source)
