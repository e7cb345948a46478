"""Production starts with strong secrets or not at all."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import ImproperlyConfigured

from soskuntoutus import secrets

STRONG = {
    "SECRET_KEY": "q8Zt2-vN5xR7wLk0pJ3mYc6bHs9dGf1aTu4eXoViKzQrWnBjPy",
    "FIELD_KEY": "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
    "ALLOWED_HOSTS": "kuntoutus.example",
    "DATABASE_URL": "postgres://name@database.example/soskuntoutus",
}


def started(**environment: str) -> subprocess.CompletedProcess:
    clean = {name: value for name, value in os.environ.items() if name not in {"DEMO", "DEBUG", *STRONG}}
    code = "from soskuntoutus import settings; print(settings.PRODUCTION)"
    return subprocess.run(
        [sys.executable, "-c", code], env=clean | environment, capture_output=True, text=True, check=False
    )


def test_production_starts_with_everything_set():
    assert started(**STRONG).stdout == "True\n"


@pytest.mark.parametrize("name", STRONG)
def test_production_refuses_to_start_without(name):
    answer = started(**{other: value for other, value in STRONG.items() if other != name})
    assert answer.returncode != 0
    assert name in answer.stderr.splitlines()[-1]


@pytest.mark.parametrize("weak", [STRONG["SECRET_KEY"][:49], "a" * 60, STRONG["SECRET_KEY"] + "insecure"])
def test_a_weak_secret_key_is_refused(weak):
    with pytest.raises(ImproperlyConfigured, match="SECRET_KEY"):
        secrets.secret_key(weak)


@pytest.mark.parametrize("weak", ["", "short", STRONG["FIELD_KEY"][4:], "A" * 43 + "="])
def test_a_weak_field_key_is_refused(weak):
    with pytest.raises(ImproperlyConfigured, match="FIELD_KEY"):
        secrets.field_key(weak)


@pytest.mark.parametrize("names", [[], ["*"], [".example", "*.example"]])
def test_a_site_that_answers_to_any_name_is_refused(names):
    with pytest.raises(ImproperlyConfigured, match="ALLOWED_HOSTS"):
        secrets.hosts(names)


def test_a_kept_secret_is_drawn_once_and_readable_by_its_owner_alone(tmp_path):
    place = tmp_path / "var" / "key"
    with ThreadPoolExecutor(8) as pool:
        drawn = set(pool.map(secrets.kept, [place] * 8))
    assert drawn == {place.read_text()}
    assert place.stat().st_mode & 0o777 == 0o600
    assert [file.name for file in place.parent.iterdir()] == ["key"]
