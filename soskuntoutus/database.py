"""The database: DATABASE_URL, or a PostgreSQL server of our own under var/; and the one way to lock rows."""

from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured
from django.db import models

from soskuntoutus import cluster
from soskuntoutus.postgres import Unavailable


def default(url: str | None = None) -> dict:
    """DATABASES["default"]."""
    try:
        url = url or cluster.permanent(Path(__file__).parent.parent / "var" / "postgres")
    except Unavailable as sentence:
        raise ImproperlyConfigured(sentence) from None
    return environ.Env.db_url_config(url) | {"ATOMIC_REQUESTS": True, "CONN_HEALTH_CHECKS": True}


def lock(*rows: models.Model | None) -> None:
    """Lock rows until the transaction ends, always in the same order, and read each afresh.

    Rows not yet stored have nobody to compete with.
    """
    stored = [row for row in rows if row is not None and row.pk is not None]
    for row in sorted(stored, key=lambda row: (row._meta.db_table, row.pk)):
        model = row._meta.model  # request.user wears another type
        row.refresh_from_db(from_queryset=model._base_manager.select_for_update(no_key=True))
