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


def started(asked: str = "settings.PRODUCTION", **environment: str) -> subprocess.CompletedProcess:
    clean = {name: value for name, value in os.environ.items() if name not in {"DEMO", "DEBUG", *STRONG}}
    code = f"from soskuntoutus import settings; print({asked})"
    return subprocess.run(
        [sys.executable, "-c", code], env=clean | environment, capture_output=True, text=True, check=False
    )


OIDC = {
    "OIDC_ISSUER": "https://sign-in.example",
    "OIDC_NAME": "Työtunnus",
    "OIDC_CLIENT_ID": "soskuntoutus",
    "OIDC_CLIENT_SECRET": "shared",
}


@pytest.mark.parametrize(
    ("name", "weak"),
    [
        ("SESSION_IDLE_MINUTES", "0"),
        ("SESSION_IDLE_MINUTES", "61"),
        ("SESSION_HOURS", "0"),
        ("SESSION_HOURS", "25"),
        ("PROXY_COUNT", "-1"),
        ("OIDC_ISSUER", "http://sign-in.example"),
        ("OIDC_GROUPS", "sg-leads"),
    ],
)
def test_production_refuses_a_weak(name, weak):
    answer = started(**STRONG | OIDC | {name: weak})
    assert answer.returncode != 0
    assert name in answer.stderr.splitlines()[-1]


@pytest.mark.parametrize("name", ["OIDC_NAME", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET"])
def test_half_a_provider_is_refused(name):
    answer = started(**STRONG | {other: value for other, value in OIDC.items() if other != name})
    assert name in answer.stderr.splitlines()[-1]


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({}, "True 15 12 {}"),
        ({"MFA_REQUIRED": "0"}, "False 15 12 {}"),
        ({"SESSION_IDLE_MINUTES": "30", "SESSION_HOURS": "10"}, "True 30 10 {}"),
    ],
)
def test_production_asks_for_two_steps_and_ends_sessions(environment, said):
    asked = (
        "settings.MFA_REQUIRED, settings.SESSION_COOKIE_AGE // 60, settings.SESSION_AT_MOST.seconds // 3600"
    )
    assert started(f"{asked}, settings.SOCIALACCOUNT_PROVIDERS", **STRONG | environment).stdout == f"{said}\n"


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
