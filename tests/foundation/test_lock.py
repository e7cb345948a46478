"""lock(*rows): always in the same order, and what one sees afterwards is what stands."""

from threading import Thread

import pytest
from django.contrib.auth.models import Group
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from soskuntoutus.database import lock


def test_rows_are_locked_in_one_order_whatever_the_call(db):
    rows = [Group.objects.create(name=name) for name in "abc"]
    with CaptureQueriesContext(connection) as one:
        lock(*rows)
    with CaptureQueriesContext(connection) as other:
        lock(*reversed(rows))
    assert [query["sql"] for query in one] == [query["sql"] for query in other]
    assert len(one) == 3
    assert all("FOR NO KEY UPDATE" in query["sql"] for query in one)


def test_rows_not_stored_yet_are_skipped(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        lock(Group(name="new"), None)


def test_outside_a_transaction_it_is_refused(committed):
    group = Group.objects.create(name="a")
    with pytest.raises(transaction.TransactionManagementError):
        lock(group)


def test_who_waits_for_a_lock_sees_what_the_other_wrote(committed):
    group = Group.objects.create(name="before")
    mine = Group.objects.get()
    read = []

    def wait():
        with transaction.atomic():
            lock(mine)
            read.append(mine.name)
        connection.close()

    other = Thread(target=wait)
    with transaction.atomic():
        lock(group)
        other.start()
        group.name = "after"
        group.save()
    other.join(10)
    assert read == ["after"]
