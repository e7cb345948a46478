"""Names as they are typed: with a letter lost or swapped, or without the dots."""

import unicodedata
from difflib import SequenceMatcher

ALIKE = 0.75  # of 1: one letter wrong in four is still the same name, two in six are another


def alike(typed: str, name: str) -> float:
    """How much every typed word is like some word of the name, 0–1; the weakest word counts."""
    known = _words(name)
    return min((max(_likeness(word, each) for each in known) for word in _words(typed)), default=0.0)


def _likeness(one: str, other: str) -> float:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() >= ALIKE else 0.0


def _words(text: str) -> list[str]:
    bare = "".join(each for each in unicodedata.normalize("NFKD", text) if not unicodedata.combining(each))
    return bare.casefold().replace("-", " ").split()
