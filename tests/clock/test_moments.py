"""What day it is: in Helsinki, on any host, on both nights of summer time, and in the demo's own day."""

import os
import subprocess
import sys
from contextvars import Context
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soskuntoutus import clock
from soskuntoutus.clock import HELSINKI


def day(text):
    """A date as Finns write it."""
    number, month, year = text.split(".")
    return date(int(year), int(month), int(number))


@pytest.mark.parametrize(
    ("utc", "expected"),
    [
        ("2026-07-08T20:59:59", "8.7.2026"),
        ("2026-07-08T21:00:00", "9.7.2026"),
        ("2026-01-08T21:59:59", "8.1.2026"),
        ("2026-01-08T22:00:00", "9.1.2026"),
        ("2025-12-31T22:00:00", "1.1.2026"),
        ("2028-02-28T22:00:00", "29.2.2028"),
        ("2028-02-29T22:00:00", "1.3.2028"),
        # The hour is skipped at 3:00 on 28.3.2027 and lived twice at 3:00 on 25.10.2026.
        ("2027-03-27T21:59:59", "27.3.2027"),
        ("2027-03-27T22:00:00", "28.3.2027"),
        ("2027-03-28T20:59:59", "28.3.2027"),
        ("2027-03-28T21:00:00", "29.3.2027"),
        ("2026-10-24T20:59:59", "24.10.2026"),
        ("2026-10-24T21:00:00", "25.10.2026"),
        ("2026-10-25T21:59:59", "25.10.2026"),
        ("2026-10-25T22:00:00", "26.10.2026"),
    ],
)
def test_the_day_changes_at_midnight_in_helsinki(utc, expected):
    moment = datetime.fromisoformat(utc).replace(tzinfo=UTC)
    assert clock.day_of(moment) == day(expected)
    with clock.at(moment):
        assert clock.today() == day(expected)
        assert clock.now() == moment
        assert clock.now().tzinfo is HELSINKI


@pytest.mark.parametrize(
    ("utc", "wall"),
    [
        ("2027-03-28T00:59:59", "02:59:59"),
        ("2027-03-28T01:00:00", "04:00:00"),
        ("2026-10-25T00:30:00", "03:30:00"),
        ("2026-10-25T01:30:00", "03:30:00"),
        ("2026-10-25T02:30:00", "04:30:00"),
    ],
)
def test_the_wall_clock_follows_both_nights_of_summer_time(utc, wall):
    moment = datetime.fromisoformat(utc).replace(tzinfo=UTC)
    assert clock.local(moment).time().isoformat() == wall
    assert clock.local(moment).astimezone(UTC) == moment


def test_an_hour_that_is_skipped_is_read_as_the_one_people_see():
    assert clock.local(datetime(2027, 3, 28, 3, 30, tzinfo=HELSINKI)).hour == 4


@pytest.mark.parametrize("read", [clock.local, clock.day_of])
def test_a_moment_without_a_zone_is_refused(read):
    with pytest.raises(ValueError, match="without a time zone"):
        read(datetime(2026, 7, 9, 12))  # noqa: DTZ001 the refusal of it is the rule


def test_living_at_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="without a time zone"), clock.at(datetime(2026, 7, 9, 12)):  # noqa: DTZ001 as above
        pass


@given(st.datetimes(datetime(2024, 1, 1), datetime(2032, 12, 31), timezones=st.just(UTC)))  # noqa: DTZ001 hypothesis wants bare bounds
def test_living_at_a_moment_is_living_on_its_helsinki_day(moment):
    with clock.at(moment):
        assert clock.today() == clock.day_of(moment) == clock.now().date() == clock.day_of(clock.now())


def test_a_bare_day_is_lived_at_its_noon_in_helsinki_every_day_of_the_year():
    for lived in (date(2024, 1, 1) + timedelta(days=n) for n in range(3288)):
        with clock.at(lived):
            assert clock.today() == lived
            assert (clock.now().hour, clock.now().minute) == (12, 0)


def test_days_lived_inside_one_another_end_in_turn_even_after_an_error():
    with clock.at(day("9.7.2026")):
        with clock.at(day("12.10.2026")):
            assert clock.today() == day("12.10.2026")
        assert clock.today() == day("9.7.2026")
        with pytest.raises(ZeroDivisionError), clock.at(day("12.10.2026")):
            _ = 1 // 0
        assert clock.today() == day("9.7.2026")
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(minutes=1)


def test_the_true_time_goes_on_while_another_day_is_lived():
    with clock.at(day("9.7.2016")):
        before, read, after = datetime.now(UTC), clock.real_now(), datetime.now(UTC)
    assert before <= read <= after
    assert read.tzinfo is HELSINKI


def test_a_day_lived_in_one_context_is_not_lived_in_another():
    with clock.at(day("9.7.2016")):
        assert Context().run(clock.today) != day("9.7.2016")


HOST_SCRIPT = """
from datetime import UTC, date, datetime, timedelta
from soskuntoutus import clock
edges = "2026-07-08T21:00 2026-01-08T22:00 2025-12-31T22:00 2028-02-28T22:00"
spring = "2027-03-27T22:00 2027-03-28T01:00 2027-03-28T21:00"
autumn = "2026-10-24T21:00 2026-10-25T01:00 2026-10-25T22:00"
for text in " ".join([edges, spring, autumn]).split():
    for seconds in (-1, 0, 1):
        with clock.at(datetime.fromisoformat(text).replace(tzinfo=UTC) + timedelta(seconds=seconds)):
            print(clock.now().isoformat(), clock.today(), clock.implementation_limit(clock.today()).date)
with clock.at(date(2026, 7, 9)):
    print(clock.now().isoformat(), abs(clock.real_now() - datetime.now(UTC)) < timedelta(minutes=1))
print(clock.real_now().utcoffset() == datetime.now(UTC).astimezone(clock.HELSINKI).utcoffset())
"""


def printed_on_a_host_in(zone):
    environment = os.environ | {"TZ": zone}
    run = subprocess.run(
        [sys.executable, "-c", HOST_SCRIPT], env=environment, check=True, capture_output=True, text=True
    )
    return run.stdout


@pytest.mark.parametrize("zone", ["UTC", "Pacific/Honolulu", "Pacific/Kiritimati"])
def test_the_zone_of_the_host_changes_nothing(zone):
    printed = printed_on_a_host_in(zone)
    assert printed == printed_on_a_host_in("Europe/Helsinki")
    assert "2026-07-09T00:00:00+03:00 2026-07-09 2026-10-09" in printed
    assert "2026-07-08T23:59:59+03:00 2026-07-08 2026-10-08" in printed
    assert printed.endswith("2026-07-09T12:00:00+03:00 True\nTrue\n")
