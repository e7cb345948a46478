"""The demo's settings on a database server that goes away with the tests."""

import os

from soskuntoutus import cluster

os.environ["DEMO"] = "1"
if not os.environ.get("DATABASE_URL"):
    os.environ["DATABASE_URL"] = cluster.throwaway()

from soskuntoutus.settings import *  # noqa: F403 - the environment comes first

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # quick
DATABASES["default"]["TEST"] = {"NAME": f"test_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"}  # noqa: F405 - as above
