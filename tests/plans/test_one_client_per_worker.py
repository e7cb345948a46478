"""One social-rehabilitation client per worker at a time (HEL-16, domain.md 4.1): the days, and the races."""

import contextvars
import time
from collections import Counter
from datetime import date, timedelta
from threading import Barrier, Thread

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction

from clients.models import Assignment
from plans.models import period_bounds
from soskuntoutus import clock
from soskuntoutus.demo.cast import make_cast, make_user
from soskuntoutus.organisation.models import Value
from soskuntoutus.organisation.roles import Title
from soskuntoutus.ranges import span
from tests.plans.ready import FIRST_DAY, LAST_DAY, accepted_referral, decided, evaluated, reserved

DAY = date(2026, 4, 8)
RULE = "assignment_one_client_per_worker"
ROUNDS = 50
PATIENCE = 20  # seconds


@pytest.fixture(autouse=True)
def _day():
    with clock.at(DAY):
        yield


@pytest.fixture
def cast(db):
    return make_cast()


def sentence() -> str:
    """What the rule says to the user."""
    rule = next(rule for rule in Assignment._meta.constraints if rule.name == RULE)
    return rule.get_violation_error_message()


def refused(worker, first_day, cast, name="Kari Toinen"):
    """Whether the rule, and nothing else, stands in the way of reserving the worker for another client."""
    try:
        reserved(cast, worker, first_day, name)
    except ValidationError as refusal:
        if refusal.messages != [sentence()]:
            raise
        return True
    return False


# Days


def test_the_slot_is_taken_for_the_dates_of_the_service_already_while_reserved(cast):
    slot = reserved(cast, cast.niklas).slot
    assert (slot.during.lower, slot.during.upper) == (FIRST_DAY, LAST_DAY + timedelta(days=1))
    assert slot.confirmed_at is None


@pytest.mark.parametrize(
    ("first_day", "is_refused"),
    [
        (FIRST_DAY, True),
        (LAST_DAY, True),
        (LAST_DAY + timedelta(days=1), False),  # the day after the last day is free: half-open
        (FIRST_DAY - timedelta(days=7), True),
    ],
)
def test_two_clients_may_follow_each_other_and_never_overlap_by_a_day(cast, first_day, is_refused):
    reserved(cast, cast.niklas)
    assert refused(cast.niklas, first_day, cast) is is_refused


def test_a_service_that_would_end_on_the_first_day_of_the_next_is_refused(cast):
    later = period_bounds(FIRST_DAY, 1)[1]
    reserved(cast, cast.niklas, later)
    assert refused(cast.niklas, FIRST_DAY, cast)


def test_a_service_that_ends_the_day_before_the_next_begins_is_not_refused(cast):
    reserved(cast, cast.niklas, LAST_DAY + timedelta(days=1))
    assert not refused(cast.niklas, FIRST_DAY, cast)


def test_another_worker_is_free(cast):
    reserved(cast, cast.niklas)
    assert not refused(cast.hanna, FIRST_DAY, cast)


def test_the_workers_other_work_takes_no_slot(cast):
    other = accepted_referral(cast, "Muu Asiakas").client
    other.assign(cast.niklas, part="pair", first=FIRST_DAY)
    assert not refused(cast.niklas, FIRST_DAY, cast)


def test_the_worker_may_change_on_any_day_in_one_go(cast):
    rehabilitation = reserved(cast, cast.niklas)
    decided(rehabilitation, by=cast.sanna)
    change = date(2026, 5, 4)
    rehabilitation.slot.end(change - timedelta(days=1))
    facts = {"slot": 1, "slots_allowed": 1, "confirmed_at": clock.now()}
    rehabilitation.client.assign(cast.hanna, part="responsible", first=change, last=LAST_DAY, **facts)
    assert not refused(cast.niklas, change, cast)


# Reservations


def test_a_reservation_holds_its_days_and_then_gives_way_to_whoever_needs_the_slot(cast):
    first = reserved(cast, cast.niklas, FIRST_DAY + timedelta(days=60))
    lapses = first.slot.reserved_until
    assert lapses == DAY + timedelta(days=Value.of(Value.Key.RESERVATION_DAYS))
    with clock.at(lapses):
        assert refused(cast.niklas, FIRST_DAY + timedelta(days=60), cast)
    with clock.at(lapses + timedelta(days=1)):
        assert Assignment.objects.filter(worker=cast.niklas, slot=1, released_at=None).count() == 1
        assert not refused(cast.niklas, FIRST_DAY + timedelta(days=60), cast, "Leo Kolmas")
        assert first.slot is None


def test_no_decision_is_signed_on_a_lapsed_reservation(cast):
    first = reserved(cast, cast.niklas, FIRST_DAY + timedelta(days=40))
    with clock.at(first.slot.reserved_until + timedelta(days=1)), pytest.raises(ValidationError) as refusal:
        decided(first, by=cast.sanna)
    assert [error.code for error in refusal.value.error_list] == ["slot"]


def test_reserving_again_moves_the_clients_own_reservation(cast):
    rehabilitation = reserved(cast, cast.niklas)
    rehabilitation.referral.reserve(worker=cast.hanna, first_day=FIRST_DAY, by=cast.leena)
    assert rehabilitation.slot.worker == cast.hanna
    assert not refused(cast.niklas, FIRST_DAY, cast)


# Decisions


def test_a_continuation_over_a_future_booking_is_refused_at_signing(cast):
    first = reserved(cast, cast.niklas)
    decided(first, by=cast.sanna)
    reserved(cast, cast.niklas, LAST_DAY + timedelta(days=1), "Kari Toinen")
    evaluated(first)
    with pytest.raises(ValidationError) as refusal:
        decided(first, by=cast.sanna)
    assert refusal.value.messages == [sentence()]
    assert first.periods.count() == 1
    assert first.slot.last_day == LAST_DAY


def test_a_continuation_into_free_time_takes_it(cast):
    first = reserved(cast, cast.niklas)
    decided(first, by=cast.sanna)
    evaluated(first)
    decided(first, by=cast.sanna)
    assert refused(cast.niklas, LAST_DAY + timedelta(days=1), cast)


@pytest.fixture
def followed(cast):
    """One service that runs to its last day, and the next one decided from the day after."""
    first = reserved(cast, cast.niklas)
    decided(first, by=cast.sanna)
    with clock.at(FIRST_DAY):
        first.start(by=cast.niklas)
        following = LAST_DAY + timedelta(days=1)
        second = reserved(cast, cast.niklas, following, "Kari Toinen", received_on=FIRST_DAY)
        decided(second, by=cast.sanna)
    return first, second


def test_a_service_that_was_not_ended_refuses_the_start_of_the_next_and_not_its_booking(cast, followed):
    first, second = followed
    with clock.at(second.anchor):
        with pytest.raises(ValidationError) as refusal:
            second.start(by=cast.niklas)
        assert [error.code for error in refusal.value.error_list] == ["predecessor"]
        evaluated(first)
        first.end(reason="goals_met", words="Tavoitteet toteutuivat.", by=cast.niklas)
        second.start(by=cast.niklas)
    assert second.started_on == second.anchor
    assert first.ended_on == LAST_DAY


def test_where_the_city_allows_more_only_the_same_slot_must_be_ended(cast):
    Value.objects.filter(key=Value.Key.SLOTS_PER_WORKER).update(value=2)
    running = reserved(cast, cast.niklas)
    decided(running, by=cast.sanna)
    with clock.at(FIRST_DAY):
        running.start(by=cast.niklas)
        beside = reserved(cast, cast.niklas, LAST_DAY, "Kari Toinen", received_on=FIRST_DAY)
        decided(beside, by=cast.sanna)
    assert beside.slot.slot == 2
    with clock.at(LAST_DAY + timedelta(days=1)):
        beside.start(by=cast.niklas)
    assert beside.started_on == LAST_DAY


# No way around


def test_how_many_is_the_citys_value_and_a_lower_one_ends_nothing(cast):
    Value.objects.filter(key=Value.Key.SLOTS_PER_WORKER).update(value=2)
    assert not refused(cast.niklas, FIRST_DAY, cast, "Ensi Asiakas")
    assert not refused(cast.niklas, FIRST_DAY, cast, "Toka Asiakas")
    assert refused(cast.niklas, FIRST_DAY, cast, "Kolmas Asiakas")
    Value.objects.filter(key=Value.Key.SLOTS_PER_WORKER).update(value=1)
    assert Assignment.objects.slots().filter(worker=cast.niklas).count() == 2
    assert refused(cast.niklas, FIRST_DAY, cast, "Neljäs Asiakas")


def test_being_a_superuser_opens_nothing(cast):
    referral = accepted_referral(cast)
    superuser = make_user("ylläpito", "Yrjö Ylläpito", Title.ADMINISTRATOR, cast.west, is_superuser=True)
    with pytest.raises(PermissionDenied):
        referral.reserve(worker=cast.niklas, first_day=FIRST_DAY, by=superuser)
    reserved(cast, cast.niklas, name="Kari Toinen")
    type(superuser).objects.filter(pk=cast.leena.pk).update(is_superuser=True)
    cast.leena.refresh_from_db()
    with pytest.raises(ValidationError) as refusal:
        referral.reserve(worker=cast.niklas, first_day=FIRST_DAY, by=cast.leena)
    assert refusal.value.messages == [sentence()]


def test_the_database_refuses_a_second_client_whoever_writes_the_row(cast):
    reserved(cast, cast.niklas)
    with pytest.raises(IntegrityError, match=RULE), transaction.atomic():
        _taken(cast.niklas, accepted_referral(cast, "Kari Toinen").client)


def _taken(worker, client):
    """A slot taken past every verb."""
    days = span(FIRST_DAY, LAST_DAY)
    facts = {"slot": 1, "slots_allowed": 1, "confirmed_at": clock.now()}
    Assignment.objects.create(
        client=client, worker=worker, unit=worker.unit, part="responsible", during=days, sight=days, **facts
    )


# Races


class Attempt(Thread):
    """One supervisor's try at the slot, on a connection of its own."""

    def __init__(self, referral, worker, by, barrier=None):
        self.moment = contextvars.copy_context()  # threads begin on the real day
        super().__init__(target=self.moment.run, args=[self._try], daemon=True)
        self.referral, self.worker, self.by, self.barrier = referral, worker, by, barrier
        self.outcome, self.backend = None, None
        self.start()

    def _try(self):
        try:
            connection.ensure_connection()
            self.backend = connection.connection.info.backend_pid
            if self.barrier:
                self.barrier.wait(PATIENCE)
            self.referral.reserve(worker=self.worker, first_day=FIRST_DAY, by=self.by)
            self.outcome = "reserved"
        except ValidationError as refusal:
            self.outcome = refusal.messages
        except Exception as error:
            self.outcome = error
        finally:
            connection.close()

    def wait_until_it_waits(self):
        """Return when the attempt stands in the queue behind this connection's transaction."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            if self.backend and self.outcome is None:
                with connection.cursor() as cursor:
                    cursor.execute("SELECT cardinality(pg_blocking_pids(%s))", [self.backend])
                    if cursor.fetchone()[0]:
                        return
            assert self.outcome is None, self.outcome
            time.sleep(0.002)
        raise AssertionError("The second attempt never met the first.")

    def ended(self):
        """What came of it."""
        self.join(PATIENCE)
        assert not self.is_alive()
        return self.outcome


@pytest.fixture
def two(committed):
    """The cast and two clients who need the same worker."""
    cast = make_cast()
    return cast, accepted_referral(cast, "Iida Salmi"), accepted_referral(cast, "Kari Toinen")


def test_of_two_at_once_the_one_behind_hears_the_sentence_fifty_times_over(two):
    cast, first, second = two
    for number in range(ROUNDS):
        worker = make_user(f"ohjaaja{number}", f"Ohjaaja {number}", Title.SOCIAL_INSTRUCTOR, cast.team)
        with transaction.atomic():
            first.reserve(worker=worker, first_day=FIRST_DAY, by=cast.leena)
            behind = Attempt(second, worker, cast.leena)
            behind.wait_until_it_waits()
        assert behind.ended() == [sentence()]
        assert worker.assignments.get().client_id == first.client_id
        first, second = second, first


def test_if_the_first_gives_up_the_one_behind_gets_the_slot(two):
    cast, first, second = two
    with transaction.atomic():
        first.reserve(worker=cast.niklas, first_day=FIRST_DAY, by=cast.leena)
        behind = Attempt(second, cast.niklas, cast.leena)
        behind.wait_until_it_waits()
        transaction.set_rollback(True)
    assert behind.ended() == "reserved"
    assert cast.niklas.assignments.get().client_id == second.client_id


def test_two_who_need_different_workers_do_not_wait_for_each_other(two):
    cast, first, second = two
    with transaction.atomic():
        first.reserve(worker=cast.niklas, first_day=FIRST_DAY, by=cast.leena)
        assert Attempt(second, cast.hanna, cast.leena).ended() == "reserved"


def test_of_fifty_at_once_exactly_one_gets_the_slot(two):
    cast, *_ = two
    referrals = [accepted_referral(cast, f"Asiakas {number}") for number in range(ROUNDS)]
    barrier = Barrier(ROUNDS)
    attempts = [Attempt(referral, cast.niklas, cast.leena, barrier) for referral in referrals]
    outcomes = Counter(str(attempt.ended()) for attempt in attempts)
    assert outcomes == {"reserved": 1, str([sentence()]): ROUNDS - 1}
    assert cast.niklas.assignments.filter(released_at=None).count() == 1


def test_even_past_the_lock_the_loser_hears_the_sentence_from_the_database(two):
    cast, first, second = two
    with transaction.atomic():
        _taken(cast.niklas, first.client)  # no verb, no lock: only the constraint stands
        behind = Attempt(second, cast.niklas, cast.leena)
        behind.wait_until_it_waits()
    assert behind.ended() == [sentence()]
