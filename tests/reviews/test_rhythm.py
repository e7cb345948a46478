"""The rhythm is computed from facts: which meetings count, when the next is due, what pauses it."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clients.models import Assignment
from groups.models import Group
from plans.models import Interruption, Rehabilitation, Visit, WorkForm
from plans.rhythm import Contact, rhythm
from reviews.rhythm import pace_of, paces_of
from soskuntoutus import clock
from soskuntoutus.organisation.models import Closure
from soskuntoutus.ranges import span

START = date(2026, 4, 13)
FORM = WorkForm.Form


def form(kind=FORM.INDIVIDUAL, every_days=14, first=START, last=None):
    return WorkForm(form=kind, every_days=every_days, during=span(first, last))


def on(day, *, forms=None, meetings=(), agreed=(), paused=()):
    """The rhythm so many days after the start."""
    with clock.at(START + timedelta(days=day)):
        return rhythm(
            started_on=START,
            work_forms=[form()] if forms is None else forms,
            meetings=meetings,
            agreed=agreed,
            paused=frozenset(paused),
            usual_days=14,
            first_meeting_days=14,
        )


def met(day, contact=Contact.INDIVIDUAL):
    return START + timedelta(days=day), contact


# States


@pytest.mark.parametrize(
    ("days", "state"), [(0, "ok"), (14, "ok"), (15, "due"), (21, "due"), (22, "overdue"), (60, "overdue")]
)
def test_every_two_weeks_it_is_due_from_day_15_and_overdue_from_day_22(days, state):
    assert on(days, meetings=[met(0)]).state == state


@pytest.mark.parametrize(("days", "state"), [(7, "ok"), (8, "due"), (10, "due"), (11, "overdue")])
def test_every_week_it_is_due_from_day_8_and_overdue_from_day_11(days, state):
    assert on(days, forms=[form(every_days=7)], meetings=[met(0)]).state == state


def test_without_an_agreed_work_form_the_organisers_rhythm_holds():
    found = on(3, forms=[], meetings=[met(1)])
    assert (found.target, found.days) == (14, 2)


def test_the_work_form_of_today_says_how_often():
    forms = [
        form(every_days=7, last=START + timedelta(days=29)),
        form(every_days=14, first=START + timedelta(days=30)),
    ]
    assert on(29, forms=forms, meetings=[met(20)]).target == 7
    assert on(30, forms=forms, meetings=[met(20)]).target == 14


# What counts


COUNTS = [
    (FORM.INDIVIDUAL, Contact.INDIVIDUAL, True),
    (FORM.INDIVIDUAL, Contact.GROUP, False),
    (FORM.GROUP, Contact.GROUP, True),
    (FORM.GROUP, Contact.INDIVIDUAL, False),
    (FORM.OVERLAP, Contact.INDIVIDUAL, True),
    (FORM.OVERLAP, Contact.GROUP, False),
    (FORM.ALTERNATE, Contact.INDIVIDUAL, True),
    (FORM.ALTERNATE, Contact.GROUP, True),
]


@pytest.mark.parametrize(("kind", "contact", "counts"), COUNTS)
def test_the_work_form_says_which_meetings_count(kind, contact, counts):
    assert on(10, forms=[form(kind)], meetings=[met(6, contact)]).days == (4 if counts else 10)


def test_a_meeting_counts_by_the_work_form_of_its_own_day():
    forms = [
        form(FORM.GROUP, last=START + timedelta(days=9)),
        form(FORM.INDIVIDUAL, first=START + timedelta(days=10)),
    ]
    assert on(12, forms=forms, meetings=[met(9, Contact.GROUP), met(10, Contact.GROUP)]).days == 3


def test_what_was_before_the_start_does_not_count():
    found = on(5, meetings=[met(-3)])
    assert (found.met, found.days) == (False, 5)


# The first meeting


def test_before_the_first_meeting_days_count_from_the_start_and_two_weeks_is_the_target():
    monthly = [form(every_days=28)]
    assert on(14, forms=monthly).state == "ok"
    assert on(15, forms=monthly).state == "due"
    assert on(15, forms=monthly, meetings=[met(1)]).state == "ok"


def test_a_closer_rhythm_holds_from_the_start():
    assert on(8, forms=[form(every_days=7)]).state == "due"


# Agreed, paused, explained


def test_an_agreed_meeting_is_told_and_the_state_stays():
    agreed = datetime(2026, 5, 20, 9, tzinfo=clock.HELSINKI)
    found = on(30, agreed=[(agreed + timedelta(days=1), Contact.INDIVIDUAL), (agreed, Contact.INDIVIDUAL)])
    assert (found.state, found.agreed) == ("overdue", agreed)


def test_an_agreed_session_is_told_only_where_the_group_counts():
    agreed = [(datetime(2026, 4, 20, 13, tzinfo=clock.HELSINKI), Contact.GROUP)]
    assert on(1, agreed=agreed).agreed is None
    assert on(1, forms=[form(FORM.ALTERNATE)], agreed=agreed).agreed is not None


def test_days_on_which_the_service_pauses_are_not_counted():
    closed = [START + timedelta(days=day) for day in range(5, 15)]
    found = on(24, meetings=[met(0)], paused=closed)
    assert (found.days, found.state) == (14, "ok")
    assert found.by.date == START + timedelta(days=24)
    assert len(found.by.steps) == 3


def test_the_last_day_in_rhythm_shows_its_sum():
    found = on(3, meetings=[met(2)])
    assert found.by.date == START + timedelta(days=16)
    assert [step.date for step in found.by.steps] == [START + timedelta(days=2), START + timedelta(days=16)]


# From the records


def rehabilitation(world) -> Rehabilitation:
    return world.ville.rehabilitations.get()


def record(world, at, **facts):
    facts = {"mode": "meeting", "place": "home", "words": "Käytiin laskut läpi.", "by": world.niklas, **facts}
    with clock.at(at + timedelta(hours=2)):
        return Visit.record(
            client=world.ville,
            matter=world.ville.matters.get(),
            held_at=at,
            ended_at=at + timedelta(hours=1),
            **facts,
        )


def april(day, hour=10):
    return datetime(2026, 4, day, hour, tzinfo=clock.HELSINKI)


@pytest.mark.step(9)
def test_before_the_start_there_is_no_rhythm(world):
    assert pace_of(rehabilitation(world)).rhythm is None
    assert paces_of([]) == {}


@pytest.mark.step(15)
def test_after_the_end_there_is_no_rhythm(world):
    assert pace_of(rehabilitation(world)).rhythm is None


@pytest.mark.step(10)
def test_ville_is_met_weekly_and_a_visit_sets_the_count_to_nought(world):
    world.on(april(20, 17))
    assert (pace_of(rehabilitation(world)).rhythm.days, pace_of(rehabilitation(world)).rhythm.target) == (
        7,
        7,
    )
    record(world, april(20))
    found = pace_of(rehabilitation(world)).rhythm
    assert (found.days, found.met) == (0, True)


@pytest.mark.step(10)
def test_a_call_does_not_count(world):
    world.on(april(20, 17))
    record(world, april(20), mode="call", place="phone")
    assert not pace_of(rehabilitation(world)).rhythm.met


@pytest.mark.step(10)
def test_a_visit_that_was_missed_or_cancelled_does_not_count(world):
    world.on(april(22, 17))
    about = {"client": world.ville, "matter": world.ville.matters.get(), "mode": "meeting", "place": "home"}
    Visit.record_unmet(**about, planned_at=april(20), by=world.niklas)
    Visit.record_unmet(**about, planned_at=april(21), side="client", by=world.niklas)
    found = pace_of(rehabilitation(world)).rhythm
    assert (found.days, found.met) == (9, False)


@pytest.mark.step(10)
def test_the_own_workers_other_meetings_are_not_the_rehabilitations(world):
    world.on(april(20, 17))
    record(world, april(20), by=world.sanna)
    assert not pace_of(rehabilitation(world)).rhythm.met


@pytest.mark.step(10)
def test_what_the_responsible_worker_has_agreed_is_told_and_not_what_the_own_worker_has(world):
    about = {"client": world.ville, "matter": world.ville.matters.get(), "mode": "meeting", "place": "home"}
    Visit.plan(**about, planned_at=april(15), by=world.sanna)
    assert pace_of(rehabilitation(world)).rhythm.agreed is None
    Visit.plan(**about, planned_at=april(16), by=world.niklas)
    assert pace_of(rehabilitation(world)).rhythm.agreed == april(16)


@pytest.mark.step(10)
@pytest.mark.parametrize(("presence", "days"), [("present", 0), ("told", 2), ("absent", 2)])
def test_in_a_group_phase_only_coming_to_the_group_counts(world, presence, days):
    world.ville.rehabilitations.get().work_forms.update(form=FORM.GROUP)
    group = Group.objects.get()
    group.enrol(client=world.ville, first_day=date(2026, 4, 15), last_day=date(2026, 7, 8), by=world.niklas)
    world.on(april(15, 17))
    group.hold(
        on=date(2026, 4, 15), theme="", note="", presences={world.ville: (presence, "")}, by=world.niklas
    )
    found = pace_of(rehabilitation(world)).rhythm
    assert found.days == days
    assert found.agreed == april(22, 13)


@pytest.mark.step(10)
def test_closing_the_unit_or_one_above_it_pauses_the_rhythm_and_next_door_does_not(world):
    world.on(april(23, 17))
    Closure.objects.create(unit=world.east, during=span(date(2026, 4, 14), date(2026, 4, 20)))
    assert pace_of(rehabilitation(world)).rhythm.days == 10
    Closure.objects.create(unit=world.west, during=span(date(2026, 4, 14), date(2026, 4, 17)))
    assert pace_of(rehabilitation(world)).rhythm.days == 6


@pytest.mark.step(10)
def test_an_interruption_pauses_the_rhythm(world):
    world.on(april(23, 17))
    Interruption.objects.create(
        rehabilitation=rehabilitation(world),
        during=span(date(2026, 4, 15), date(2026, 4, 16)),
        reason="illness",
    )
    assert pace_of(rehabilitation(world)).rhythm.days == 8


@pytest.mark.step(12)
def test_the_weeks_show_every_meeting_of_the_period(world):
    ours = rehabilitation(world)
    weeks = pace_of(ours).weeks_in(ours.current_period)
    assert [week.number for week in weeks.weeks] == list(range(16, 29))
    assert [week.number for week in weeks.weeks if week.now] == [28]
    alone, together = (row.weeks for row in weeks.rows)
    assert together[3] == ["miss"]
    assert sum(week.count("group") for week in together) == 12
    assert sum(week.count("cancel") for week in alone) == 1
    assert alone[-1][-1] == "plan"


@pytest.mark.step(10)
def test_a_hundred_rhythms_take_no_more_queries_than_one(world):
    one = list(Rehabilitation.objects.all())
    with CaptureQueriesContext(connection) as single:
        paces_of(one)
    with CaptureQueriesContext(connection) as many:
        paces_of(one * 3)
    assert len(many) == len(single)
    assert Assignment.objects.exists()
