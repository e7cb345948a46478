"""What the libraries tell us of: a session begins, the second step changes, the database has been migrated."""

from typing import Any

from allauth.mfa import signals as mfa
from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in
from django.core.management import call_command
from django.db.models.signals import post_migrate

from soskuntoutus.accounts import second_factor
from soskuntoutus.accounts.facts import Facts
from soskuntoutus.audit.record import record


def begin(app: AppConfig) -> None:
    """Listen from now on."""
    user_logged_in.connect(_session_begins)
    mfa.authenticator_added.connect(_added)
    mfa.authenticator_removed.connect(_removed)
    mfa.authenticator_reset.connect(_reset)
    mfa.authentication_failed.connect(_failed)
    post_migrate.connect(_make_room_for_counts, sender=app)


def _session_begins(*, request, user, **_: Any) -> None:
    Facts.of(request, user).note(request.session)


def _added(*, request, user, authenticator, **_: Any) -> None:
    record(user, f"mfa.added {authenticator.type}", user)
    if authenticator.type != authenticator.Type.RECOVERY_CODES:
        second_factor.note_proof(request)


def _removed(*, user, authenticator, **_: Any) -> None:
    record(user, f"mfa.removed {authenticator.type}", user)


def _reset(*, user, authenticator, **_: Any) -> None:
    record(user, f"mfa.renewed {authenticator.type}", user)


def _failed(*, user, authenticator, **_: Any) -> None:
    record(None, f"mfa.failed {authenticator.type}", user)


def _make_room_for_counts(*, verbosity: int, using: str, **_: Any) -> None:
    call_command("createcachetable", verbosity=verbosity, database=using)
