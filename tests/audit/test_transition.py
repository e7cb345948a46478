"""A deed is one verb: allowed, locked, all or nothing, and on record."""

from threading import Barrier, Thread

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, OperationalError, connection, transaction

from soskuntoutus.audit.models import Event
from soskuntoutus.audit.transition import transition
from soskuntoutus.database import lock
from soskuntoutus.organisation.models import Partner, Unit, User, Value
from soskuntoutus.organisation.roles import Permission
from soskuntoutus.ranges import span

USE = Permission.USE


@transition(USE)
def rename(unit, *, name, by, fails=None):
    """A verb of this test: give a unit another name, then perhaps fail."""
    unit.name_fi = name
    unit.save()
    if fails:
        raise fails


@transition(USE)
def give_again(unit, *, by):
    """A verb of this test: write a value that another transaction has written meanwhile."""
    Value.objects.create(
        key=Value.Key.RHYTHM_DAYS, value=7, during=span(Value.objects.first().during.lower), source="x"
    )


def deeds(verb):
    return Event.objects.filter(verb=verb)


def test_a_deed_and_its_event_live_together(world):
    rename(world.west, name="Uusi", by=world.sanna)
    event = deeds("rename").get()
    assert (event.actor, event.subject) == (world.sanna.uuid, f"organisation.Unit:{world.west.pk}")
    assert Unit.objects.get(pk=world.west.pk).name_fi == "Uusi"


@pytest.mark.parametrize("fault", [ValidationError("no"), PermissionDenied(), RuntimeError("broken")])
def test_a_deed_and_its_event_die_together(world, fault):
    with pytest.raises(type(fault)):
        rename(world.west, name="Uusi", by=world.sanna, fails=fault)
    assert not deeds("rename").exists()
    assert Unit.objects.get(pk=world.west.pk).name_fi == "Lännen aikuissosiaalityö"


def test_without_its_event_there_is_no_deed(world):
    nobody = User(uuid="not a number")
    nobody._posts_day, nobody._posts = world.sanna.posts_today and world.sanna._posts_day, world.sanna._posts
    with pytest.raises(ValidationError):
        rename(world.west, name="Uusi", by=nobody)
    assert Unit.objects.get(pk=world.west.pk).name_fi == "Lännen aikuissosiaalityö"


def test_after_a_refusal_the_record_at_hand_says_what_is_true(world):
    with pytest.raises(ValidationError):
        rename(world.west, name="Uusi", by=world.sanna, fails=ValidationError("no"))
    assert world.west.name_fi == "Lännen aikuissosiaalityö"


def test_who_may_not_changes_nothing_and_leaves_no_deed(world):
    with pytest.raises(PermissionDenied):
        world.west.entrust(group=world.leena.groups.first(), right="duty_for_unit", by=world.sanna)
    assert not deeds("Unit.entrust").exists()


def test_who_held_the_post_yesterday_may_not_today(world):
    world.sanna.posts.all().delete()
    with pytest.raises(PermissionDenied):
        rename(world.west, name="Uusi", by=User.objects.get(pk=world.sanna.pk))


def test_where_the_database_refuses_the_rule_speaks_its_sentence(world):
    with pytest.raises(ValidationError) as refused:
        give_again(world.west, by=world.sanna)
    rule = next(rule for rule in Value._meta.constraints if rule.name == "value_one_at_a_time")
    assert refused.value.messages == [rule.get_violation_error_message()]
    assert not deeds("give_again").exists()


def test_what_no_rule_of_ours_refuses_stays_an_error(world):
    @transition(USE)
    def orphan(unit, *, by):
        Partner.objects.create(name=Partner.objects.first().name)

    with pytest.raises(IntegrityError):
        orphan(world.west, by=world.sanna)


def test_a_deed_sees_what_another_wrote_before_it(world):
    Unit.objects.filter(pk=world.west.pk).update(phone="09 111")
    rename(world.west, name="Uusi", by=world.sanna)
    assert Unit.objects.get(pk=world.west.pk).phone == "09 111"


# Two at once, each holding what the other needs


class Meeting:
    """Two deeds that lock the same two rows in opposite order, and meet between the locks."""

    def __init__(self):
        self.barrier = Barrier(2, timeout=20)
        self.attempts = []

    def verb(self, after=lambda: None):
        @transition(USE)
        def both(unit, *, other, by):
            self.attempts.append(unit.pk)
            if self.attempts.count(unit.pk) == 1:
                self.barrier.wait()
            lock(other)
            other.phone = f"{other.phone}+"
            other.save()
            after()

        return both

    def hold(self, first, second, by, after=lambda: None):
        """Both deeds at the same time; what each came to."""
        outcomes = {}

        def deed(one, other):
            try:
                with transaction.atomic():  # as every request
                    self.verb(after)(one, other=other, by=User.objects.get(pk=by.pk))
                outcomes[one.pk] = None
            except Exception as fault:
                outcomes[one.pk] = fault
            connection.close()

        here, there = [(Unit.objects.get(pk=first.pk), Unit.objects.get(pk=second.pk)) for _ in range(2)]
        threads = [Thread(target=deed, args=pair) for pair in (here, reversed(there))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
        return outcomes


def test_of_two_deadlocked_deeds_one_is_tried_again_and_both_are_done(committed_world):
    west, east, meeting = committed_world.west, committed_world.east, Meeting()
    outcomes = meeting.hold(west, east, committed_world.sanna)
    assert outcomes == {west.pk: None, east.pk: None}
    assert len(meeting.attempts) > 2
    assert [Unit.objects.get(pk=unit.pk).phone[-1] for unit in (west, east)] == ["+", "+"]
    assert deeds("Meeting.verb.<locals>.both").count() == 2


def test_another_fault_of_the_database_is_not_tried_again(world):
    attempts = []

    @transition(USE)
    def out_of_time(unit, *, by):
        attempts.append(1)
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = 1")
            cursor.execute("SELECT pg_sleep(1)")

    with pytest.raises(OperationalError):
        out_of_time(world.west, by=world.sanna)
    assert attempts == [1]
