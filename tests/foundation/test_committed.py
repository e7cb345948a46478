"""Tests that commit leave nothing behind."""

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.db import connection


@pytest.mark.parametrize("turn", [1, 2])
def test_a_committed_row_is_gone_for_the_next_test(committed, turn):
    assert not Group.objects.filter(name="left").exists()
    Group.objects.create(name="left")


def test_ordinary_tests_see_the_migrated_database_itself(db):
    assert connection.settings_dict["NAME"] == settings.DATABASES["default"]["TEST"]["NAME"]
    assert not Group.objects.filter(name="left").exists()
