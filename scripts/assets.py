"""Collect the third-party files the pages and the documents use from node_modules into static/vendor/."""

import re
import shutil
from pathlib import Path

ROOT = Path(__file__).parent.parent
FROM = ROOT / "node_modules"
TO = ROOT / "static" / "vendor"

STYLES = {
    "hds/base.css": "hds-core/lib/base.min.css",
    "hds/components.css": "hds-core/lib/components/all.min.css",
}
FONT = "@fontsource/source-sans-3"
FONTS = {
    f"source-sans-3/{script}-{weight}.woff2": f"{FONT}/files/source-sans-3-{script}-{weight}-normal.woff2"
    for script in ("latin", "latin-ext")
    for weight in (400, 700)
}
LICENCES = {
    "hds/LICENSE": "hds-core/LICENSE",
    "source-sans-3/LICENSE": f"{FONT}/LICENSE",
}


def collect() -> None:
    shutil.rmtree(TO, ignore_errors=True)
    for name, source in {**STYLES, **FONTS, **LICENCES}.items():
        target = TO / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(FROM / source, target)
    for name in STYLES:
        style = TO / name
        text = re.sub(r"/\*# sourceMappingURL=.*?\*/", "", style.read_text())
        if "@font-face" in text or re.search(r"url\(\s*[\"']?(https?:)?//", text):
            raise SystemExit(f"{name} fetches from another host: choose another file in assets.py.")
        style.write_text(text)


collect()
