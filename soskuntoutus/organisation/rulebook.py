"""docs/rules.md as the service shows it: every rule in the reader's language, its source, and who may act."""

import gettext
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from django.apps import apps
from django.conf import settings
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from soskuntoutus.organisation.roles import MAY

PAGE = settings.BASE_DIR / "docs" / "rules.md"
HELD = re.compile(r"(\w+) `([\w.]+)`")
STATUTES = {
    "SHL": gettext_lazy("Social Welfare Act"),
    "HL": gettext_lazy("Administrative Procedure Act"),
}


@dataclass(frozen=True)
class Rule:
    """One row of the page."""

    english: str
    source: str
    held: tuple[tuple[str, str], ...]

    @property
    def text(self) -> str:
        """The rule in the reader's language."""
        return translated(self.english)

    @property
    def names(self) -> frozenset[str]:
        """What holds the rule: constraints, verbs, checks and the like by name."""
        return frozenset(name for _kind, name in self.held)

    @property
    def grounds(self) -> list[str]:
        """The source in words; a section that nobody has checked says so."""
        return [_ground(each) for each in self.source.split(", ")]

    @property
    def doers(self) -> list[str]:
        """The titles whose holders may do the deeds that the rule is about; none if it is about no deed."""
        found = {permission for name in self.names if (permission := _permissions().get(name))}
        return [str(title.label) for title, may in MAY.items() if found and found <= may]


@dataclass(frozen=True)
class Part:
    """The rules of one area."""

    english: str
    rules: tuple[Rule, ...]

    @property
    def title(self) -> str:
        """The area in the reader's language."""
        return translated(self.english)


@cache
def book() -> tuple[Part, ...]:
    """Every part with its rules, in the order of the page."""
    return tuple(_parts(PAGE.read_text()))


def sentences() -> list[str]:
    """Everything on the page that has to be said in each language."""
    return list(dict.fromkeys(text for part in book() for text in (part.english, *_texts(part))))


def about(name: str) -> list[Rule]:
    """The rules held by this verb, constraint or check."""
    return [rule for part in book() for rule in part.rules if name and name in rule.names]


def translated(english: str) -> str:
    """A title or a rule of the page in the reader's language."""
    return _catalogue(get_language() or settings.LANGUAGE_CODE).gettext(english)


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    return gettext.translation("rules", settings.BASE_DIR / "locale", [language[:2]], fallback=True)


@cache
def _permissions() -> dict[str, str]:
    """Which permission each verb asks for."""
    return {
        f"{model.__name__}.{name}": member.permission
        for model in apps.get_models()
        for name in vars(model)
        if getattr(member := getattr(model, name, None), "is_transition", False)
    }


def _texts(part: Part) -> Iterator[str]:
    return (rule.english for rule in part.rules)


def _parts(page: str) -> Iterator[Part]:
    for section in page.split("\n## ")[1:]:
        title, *lines = section.splitlines()
        rows = [line for line in lines if line.startswith("| ") and not line.startswith("| rule |")]
        if rows:
            yield Part(title, tuple(_rule(line) for line in rows))


def _rule(line: str) -> Rule:
    english, source, held, _proof = (cell.strip() for cell in line.strip("|").split(" | "))
    return Rule(english, source, tuple(HELD.findall(held)))


def _ground(source: str) -> str:
    if source == "design":
        return _("the service's own solution")
    statute, _space, section = source.replace(" [kn]", "").partition(" ")
    named = f"{STATUTES[statute]} {section}" if statute in STATUTES else source.replace(" [kn]", "")
    return _("%(section)s (to be checked)") % {"section": named} if "[kn]" in source else named
