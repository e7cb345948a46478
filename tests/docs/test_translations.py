"""Every sentence of ours is in the Finnish and the Swedish catalogue, and what stands there says the same."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest
from django.utils.translation import gettext as translated
from django.utils.translation import ngettext, npgettext, override, pgettext
from django.utils.translation.template import templatize

ROOT = Path(__file__).parents[2]
FOLDERS = ("clients", "groups", "plans", "reviews", "soskuntoutus", "templates")
CALL = re.compile(r"(_|gettext|ngettext|pgettext|npgettext)(?:_lazy|_noop)?")
TEXT = r"""(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
IN_TEMPLATE = re.compile(rf"\b{CALL.pattern}\(u?({TEXT})(?:,\s*u?({TEXT}))?")
PLACEHOLDER = re.compile(r"%\(\w+\)\w|%%|</?\w+>")

Key = tuple[str | None, str]


def catalogue(language: str) -> list[polib.POEntry]:
    """The entries in use of one language's committed catalogue."""
    path = ROOT / "locale" / language / "LC_MESSAGES" / "django.po"
    return [entry for entry in polib.pofile(str(path)) if not entry.obsolete]


CATALOGUES = {"fi": catalogue("fi"), "sv": catalogue("sv")}
in_each_language = pytest.mark.parametrize("language", CATALOGUES)


def in_python(source: str) -> Iterator[Key]:
    """The context and the message of every call of gettext and its kin."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        found = CALL.fullmatch(getattr(node.func, "id", getattr(node.func, "attr", "")))
        texts = [each.value for each in node.args if isinstance(each, ast.Constant)]
        if found and texts and isinstance(texts[0], str):
            yield (texts[0], texts[1]) if "pgettext" in found[1] else (None, texts[0])


def in_template(source: str) -> Iterator[Key]:
    """The same of a template, which Django first turns into such calls."""
    for name, first, second in IN_TEMPLATE.findall(templatize(source)):
        words = ast.literal_eval(first)
        yield (words, ast.literal_eval(second)) if "pgettext" in name else (None, words)


def in_the_project() -> set[Key]:
    """Every message that stands in our code and templates."""
    read = {".py": in_python, ".html": in_template, ".txt": in_template}
    files = [path for folder in FOLDERS for path in (ROOT / folder).rglob("*") if path.suffix in read]
    return {key for path in files for key in read[path.suffix](path.read_text())}


def disagreements(entries: list[polib.POEntry]) -> list[str]:
    """The messages whose translation has other placeholders or tags; of one, the number may go unsaid."""
    found = []
    for entry in entries:
        own, forms = set(PLACEHOLDER.findall(entry.msgid)), entry.msgstr_plural
        if not entry.msgid_plural:
            agrees = not entry.msgstr or set(PLACEHOLDER.findall(entry.msgstr)) == own
        elif all(forms.values()):
            many = set(PLACEHOLDER.findall(entry.msgid_plural))
            agrees = (
                set(PLACEHOLDER.findall(forms[1])) == many
                and set(PLACEHOLDER.findall(forms[0])) <= own | many
            )
        else:
            agrees = True
        if not agrees:
            found.append(entry.msgid)
    return found


def spoken(entry: polib.POEntry) -> str:
    """What the service says for the entry; of a plural, what it says of one."""
    context, one, many = entry.msgctxt, entry.msgid, entry.msgid_plural
    if many:
        return npgettext(context, one, many, 1) if context else ngettext(one, many, 1)
    return pgettext(context, one) if context else translated(one)


@in_each_language
def test_the_catalogue_has_every_message_of_the_project_and_no_other(language):
    kept = {(entry.msgctxt, entry.msgid) for entry in CATALOGUES[language]}
    new, left_over = in_the_project() - kept, kept - in_the_project()
    assert (new, left_over) == (set(), set()), "Run: make messages"


@in_each_language
def test_every_message_is_translated(language):
    assert [entry.msgid for entry in CATALOGUES[language] if not entry.translated()] == []


@in_each_language
def test_no_translation_is_a_guess(language):
    assert [entry.msgid for entry in CATALOGUES[language] if entry.fuzzy] == []


@in_each_language
def test_a_translation_has_the_placeholders_of_its_message(language):
    assert disagreements(CATALOGUES[language]) == []


@in_each_language
def test_the_service_says_our_words_and_not_another_packages(language):
    ours = {entry: entry.msgstr_plural.get(0) or entry.msgstr for entry in CATALOGUES[language]}
    with override(language):
        others = [entry.msgid for entry, words in ours.items() if spoken(entry) != words]
    assert others == [], "The compiled catalogue is older than its text, or lacks these. Run: make setup"


@pytest.mark.parametrize(
    "words",
    ["Jakso päättyy", "Jakso päättyy %(days)s", "Jakso päättyy %(day)d", "Jakso <b>päättyy</b> %(day)s"],
)
def test_a_lost_or_changed_placeholder_is_noticed(words):
    right = polib.POEntry(msgid="The period ends %(day)s", msgstr="Jakso päättyy %(day)s")
    wrong = polib.POEntry(msgid="The period ends %(day)s", msgstr=words)
    assert disagreements([right, wrong]) == [wrong.msgid]


def test_messages_are_found_however_they_are_written():
    python = '_("One " "sentence."); pgettext_lazy("tab", "Goals"); ngettext("%(n)d day", "%(n)d days", n)'
    template = (
        '{% translate "Isn\'t it" %}{% translate "Goals" context "tab" as head %}{{ _("Short") }}<p>No</p>'
        "{% blocktranslate trimmed count n=n %}{{ n }} day{% plural %}{{ n }} days{% endblocktranslate %}"
    )
    assert set(in_python(python)) == {(None, "One sentence."), ("tab", "Goals"), (None, "%(n)d day")}
    assert set(in_template(template)) == {
        (None, "Isn't it"),
        ("tab", "Goals"),
        (None, "Short"),
        (None, "%(n)s day"),
    }
