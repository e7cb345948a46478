"""Collect the rules of docs/rules.md into the catalogue `rules` of each language; run by `make messages`."""

import os
import sys
from pathlib import Path

import django
import polib

ROOT = Path(__file__).parent.parent


def main() -> None:
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "soskuntoutus.settings")
    django.setup()
    from soskuntoutus.organisation.rulebook import sentences  # noqa: PLC0415 - needs Django set up

    for language in ("fi", "sv"):
        path = ROOT / "locale" / language / "LC_MESSAGES" / "rules.po"
        known = {entry.msgid: entry.msgstr for entry in polib.pofile(str(path))} if path.exists() else {}
        catalogue = polib.POFile(wrapwidth=0)
        catalogue.metadata = {"Content-Type": "text/plain; charset=UTF-8", "Language": language}
        for sentence in sentences():
            catalogue.append(polib.POEntry(msgid=sentence, msgstr=known.get(sentence, "")))
        catalogue.save(str(path))


if __name__ == "__main__":
    main()
