"""What must hold of groups, places in them, sessions and attendance, and who writes of them."""

from datetime import date, datetime, time, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db.backends.postgresql.psycopg_any import DateRange

from groups.models import Attendance, Enrolment, Group, Leader, Session
from soskuntoutus import clock
from soskuntoutus.ranges import span
from tests.refusals import both_accept, both_refuse, refused

FIRST, LAST = date(2026, 4, 15), date(2026, 7, 8)
MINUTE = timedelta(minutes=1)
FACTS = {
    "name": "Puutarha",
    "place": "Piha",
    "weekday": 1,
    "begins": time(9),
    "ends": time(11),
    "capacity": 1,
}


@pytest.fixture
def group(world) -> Group:
    """The film group, which Niklas leads."""
    return Group.objects.get()


@pytest.fixture
def place(world, group) -> Enrolment:
    """Ville's place in it."""
    return group.enrol(client=world.ville, first_day=FIRST, last_day=LAST, by=world.niklas)


@pytest.fixture
def session(world, group, place) -> Session:
    """The first session, at which Ville was."""
    world.on(datetime(2026, 4, 15, 16, tzinfo=clock.HELSINKI))
    return hold(world, group)


def hold(world, group, by=None, **changed) -> Session:
    presences = {world.ville: ("present", "")}
    facts = {"on": FIRST, "theme": "", "note": "", "presences": presences, "by": by or world.niklas}
    return group.hold(**facts | changed)


pytestmark = pytest.mark.step(10)


# The rows


def test_a_group_ends_after_it_begins(group):
    both_refuse("group_ends_after_it_begins", group, ends=group.begins)
    both_accept(group, ends=time(13, 1))


def test_a_group_has_room_for_one_at_least(group):
    both_refuse("group_has_room", group, capacity=0)
    both_accept(group, capacity=1)


@pytest.mark.parametrize(
    "days", [span(FIRST), DateRange(None, LAST), DateRange(empty=True)], ids=["no last", "no first", "none"]
)
def test_a_group_has_a_first_and_a_last_day(group, days):
    both_refuse("group_has_first_and_last_day", group, during=days)


def test_one_leads_a_group_once_at_a_time(world, group):
    ends = group.leaders.get().during.upper
    facts = {"group": group, "user": world.niklas}
    both_refuse("leader_once_at_a_time", Leader(**facts, during=span(ends - clock.ONE_DAY)))
    both_accept(Leader(**facts, during=span(ends)))
    both_accept(Leader(group=group, user=world.hanna, during=span(FIRST)))


@pytest.mark.parametrize("days", [span(FIRST), DateRange(empty=True)], ids=["no last", "none"])
def test_a_place_in_a_group_has_a_first_and_a_last_day(place, days):
    both_refuse("enrolment_lasts_a_day", place, during=days)
    both_accept(place, during=span(FIRST, FIRST))


def test_a_client_has_one_place_in_a_group_at_a_time(world, place):
    facts = {"client": world.ville, "group": place.group}
    both_refuse("enrolment_once_at_a_time", Enrolment(**facts, during=span(LAST, LAST)))
    day = LAST + clock.ONE_DAY
    both_accept(Enrolment(**facts, during=span(day, day)))


def test_a_session_is_recorded_once_a_day(world, session):
    facts = {"group": session.group, "recorded_by": world.niklas}
    both_refuse("session_once_a_day", Session(**facts, held_on=FIRST))
    both_accept(Session(**facts, held_on=FIRST + timedelta(days=7)))


def test_a_participant_is_marked_once_in_a_session(world, session):
    facts = {"session": session, "presence": "absent"}
    both_refuse("attendance_once", Attendance(client=world.ville, **facts))
    both_accept(Attendance(client=world.meri, **facts))


# Founding and places


def test_a_group_is_not_founded_backwards(world):
    days = {"first_day": LAST, "last_day": LAST - clock.ONE_DAY}
    assert refused(Group.found, **FACTS, **days, by=world.niklas) == {"last_day"}


def test_a_service_adviser_founds_no_group(world):
    with pytest.raises(PermissionDenied):
        Group.found(**FACTS, first_day=FIRST, last_day=LAST, by=world.pia)


@pytest.mark.parametrize("who", ["eeva", "leena"])
def test_only_someone_who_works_with_the_client_gives_a_place(world, group, who):
    facts = {"client": world.ville, "first_day": FIRST, "last_day": LAST}
    assert refused(group.enrol, **facts, by=getattr(world, who)) == {"not_assigned"}


def test_a_full_group_takes_nobody_more(world, group, place):
    Group.objects.update(capacity=1)
    facts = {"client": world.meri, "first_day": LAST, "last_day": LAST, "by": world.eeva}
    assert refused(group.enrol, **facts) == {"full"}
    Group.objects.update(capacity=2)
    assert group.enrol(**facts).client == world.meri


@pytest.mark.parametrize(
    "days", [(FIRST - clock.ONE_DAY, LAST), (FIRST, LAST + clock.ONE_DAY)], ids=["before", "after"]
)
def test_a_place_lies_within_the_groups_own_days(world, group, days):
    facts = {"client": world.ville, "first_day": days[0], "last_day": days[1]}
    assert refused(group.enrol, **facts, by=world.niklas) == {"first_day"}


# Sessions


@pytest.mark.parametrize("who", ["hanna", "olli", "leena"])
def test_only_those_who_lead_the_group_record_its_sessions(world, group, place, who):
    world.on(FIRST)
    facts = {"world": world, "group": group}
    assert refused(hold, **facts, by=getattr(world, who)) == {"leads"}
    assert hold(**facts).recorded_by == world.niklas


def test_a_session_to_come_is_not_recorded(world, group, place):
    assert refused(hold, world=world, group=group) == {"on"}


def test_everyone_enrolled_is_marked(world, group, place):
    world.on(FIRST)
    assert refused(hold, world=world, group=group, presences={}) == {"unmarked"}


def test_nobody_else_is_marked(world, group, place):
    world.on(FIRST)
    presences = dict.fromkeys((world.ville, world.meri), ("present", ""))
    assert refused(hold, world=world, group=group, presences=presences) == {"not_enrolled"}


def test_the_common_note_names_no_participant(world, group, place):
    world.on(FIRST)
    assert refused(hold, world=world, group=group, note="Villen kanssa leikattiin.") == {"note"}
    assert hold(world, group, note="Leikattiin yhdessä.").note


def test_an_own_line_names_nobody_else(world, group, place):
    group.enrol(client=world.meri, first_day=FIRST, last_day=LAST, by=world.eeva)
    world.on(FIRST)
    presences = {world.ville: ("present", "Merin vieressä."), world.meri: ("present", "Meri oli iloinen.")}
    assert refused(hold, world=world, group=group, presences=presences) == {f"words_{world.ville.pk}"}
