"""Make sure the machine has what packages cannot bring: install it as root on Debian, else say it."""

import ctypes
import importlib.util
import os
import shutil
import subprocess
import sys

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
LIBRARIES = ("libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libharfbuzz-subset.so.0")


def has_venv() -> bool:
    return sys.version_info >= (3, 11) and importlib.util.find_spec("ensurepip") is not None


def has_libraries() -> bool:
    try:
        return all(ctypes.CDLL(name) for name in LIBRARIES)
    except OSError:
        return False


def browser() -> str | None:
    return next(filter(None, map(shutil.which, BROWSERS)), None)


NEEDS = {
    "venv": (has_venv, "Python 3.11 or newer with venv", ["python3-venv"]),
    "pdf": (
        has_libraries,
        "PDF",
        ["libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0", "poppler-utils"],
    ),
    "browser": (browser, "the browser tests", ["chromium"]),
}


def install(packages: list[str]) -> None:
    apt = ["apt-get", "-qq", "-o=Dpkg::Use-Pty=0"]
    quiet = {
        "env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
        "stdout": subprocess.DEVNULL,
        "stderr": subprocess.DEVNULL,
    }
    subprocess.run([*apt, "update"], check=False, **quiet)
    subprocess.run([*apt, "install", "-y", "--no-install-recommends", *packages], check=False, **quiet)


def main(needs: list[str]) -> None:
    for present, purpose, packages in map(NEEDS.get, needs):
        if not present() and os.geteuid() == 0 and shutil.which("apt-get"):
            install(packages)
        if not present():
            sys.exit(f"Missing for {purpose}: sudo apt-get install {' '.join(packages)}")


if __name__ == "__main__":
    main(sys.argv[1:])
