"""The data protection officer's search: who looked at whom, for a stated reason; never content, never a name."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clients.words import PAGES
from reviews.desks import log
from reviews.desks.alerts import alerts
from reviews.models import LogSearch
from soskuntoutus import clock
from soskuntoutus.audit.models import Event, Shown
from soskuntoutus.demo.cast import VILLE
from tests.refusals import both_refuse, trigger_refuses

WHY = "Asiakas pyysi tiedon katselijoista."
SEARCH = reverse("reviews:log")


def asked(**more):
    today = clock.day_of(clock.real_now())
    days = {"first_day": f"{today:%-d.%-m.%Y}", "last_day": f"{today:%-d.%-m.%Y}"}
    return {"reason": WHY, **days, **more}


@pytest.fixture
def tuija(client, world):
    client.force_login(world.sanna)
    client.get(reverse("clients:details", args=[world.ville.uuid]))
    client.force_login(world.tuija)
    return client


def found(browser, **more):
    return browser.post(SEARCH, asked(**more), follow=True)


def told(answer):
    return [(line.who, line.what, line.mark) for line in answer.context["lines"]]


@pytest.mark.step(10)
def test_a_search_by_identity_code_tells_who_when_and_which_page_and_no_name(tuija, world):
    answer = found(tuija, about=VILLE, kind="shown")
    assert told(answer) == [("Sanna Rinne", str(PAGES["clients:details"]), str(world.ville.uuid)[:13])]
    text = answer.content.decode()
    for secret in ("Lehtola", VILLE, str(world.ville.uuid)):
        assert secret not in text
    assert not Shown.objects.filter(actor=world.tuija.uuid).exists()


@pytest.mark.step(10)
def test_the_identity_code_stands_in_no_address_and_nowhere_in_the_log(tuija, world):
    answer = found(tuija, about=VILLE)
    assert all(VILLE not in address for address, _status in answer.redirect_chain)
    kept = [str(vars(row)) for row in (*LogSearch.objects.all(), *Event.objects.all())]
    assert not any(VILLE in each for each in kept)


@pytest.mark.step(10)
def test_an_unknown_code_is_answered_as_one_of_whom_the_log_has_nothing(tuija, world):
    unknown, unseen = (found(tuija, about=each) for each in ("050588-9044", str(uuid4())))
    assert told(unknown) == told(unseen) == []
    assert tuija.post(SEARCH, asked(about="050588-904")).context["form"].errors["about"]


@pytest.mark.step(10)
def test_each_search_and_each_page_of_it_is_on_record_with_the_reason(tuija, world):
    found(tuija)
    search = LogSearch.objects.get()
    assert (search.reason, search.actor) == (WHY, world.tuija.uuid)
    verbs = Event.objects.filter(actor=world.tuija.uuid).values_list("verb", flat=True)
    assert sorted(verbs) == ["LogSearch.make", "read log"]


@pytest.mark.step(10)
@pytest.mark.parametrize("reason", ["", "   ", "koska"])
def test_rules_nothing_is_searched_without_a_reason(tuija, reason):
    assert tuija.post(SEARCH, asked(reason=reason)).context["form"].errors
    assert not LogSearch.objects.exists()


def search(world, **facts):
    days = {"first_day": date(2026, 4, 1), "last_day": date(2026, 4, 2)}
    return LogSearch(**{"actor": world.tuija.uuid, "reason": WHY, **days, **facts})


@pytest.mark.step(10)
def test_rules_of_a_search(world):
    both_refuse("log_search_days_in_order", search(world), last_day=date(2026, 3, 31))
    search(world, last_day=date(2026, 4, 1)).save()
    trigger_refuses(lambda: LogSearch.objects.update(reason=WHY), "Cannot update")
    both_refuse("log_search_says_why", search(world), reason="koska")


@pytest.mark.step(10)
@pytest.mark.parametrize("who", ["antti", "leena", "sanna", "katja"])
def test_nobody_else_searches_the_log(client, world, who):
    client.force_login(getattr(world, who))
    pages = [SEARCH, reverse("reviews:log_alerts"), reverse("reviews:log_results", args=[uuid4()])]
    assert {client.get(page).status_code for page in pages} == {403}
    with pytest.raises(PermissionDenied):
        LogSearch.make(
            reason=WHY, first_day=date(2026, 4, 1), last_day=date(2026, 4, 1), by=getattr(world, who)
        )


@pytest.mark.step(10)
def test_anothers_search_is_not_opened(tuija, world):
    row = search(world, actor=world.antti.uuid)
    row.save()
    assert tuija.get(reverse("reviews:log_results", args=[row.uuid])).status_code == 404


@pytest.mark.step(10)
def test_a_refused_attempt_is_found_by_whom_by_client_and_by_kind(tuija, world):
    tuija.force_login(world.eeva)
    tuija.get(reverse("reviews:client", args=[world.ville.uuid]))
    tuija.force_login(world.tuija)
    for more in ({"kind": "refused"}, {"about": VILLE, "kind": "refused"}, {"person": str(world.eeva.uuid)}):
        (line,) = found(tuija, **more).context["lines"]
        assert (line.who, line.refused, line.mark) == (str(world.eeva), True, "")
    assert found(tuija, person=str(world.olli.uuid)).context["lines"] == []


@pytest.mark.step(10)
def test_a_search_by_relation_day_or_mark_finds_only_that(tuija, world):
    mark = str(world.ville.uuid)[:13]
    assert len(told(found(tuija, about=mark, relation="assigned"))) == 1
    assert told(found(tuija, about=mark, relation="granted")) == []
    assert told(found(tuija, about=mark, first_day="1.1.2020", last_day="2.1.2020")) == []


@pytest.mark.step(10)
def test_a_long_answer_is_turned_page_by_page(tuija, world, monkeypatch):
    monkeypatch.setattr(log, "MOST", 60)
    for _time in range(70):
        Shown(
            actor=world.sanna.uuid, client=world.ville.uuid, relation="assigned", purpose="x", request=uuid4()
        ).save()
    answer = found(tuija, kind="shown")
    assert len(answer.context["lines"]) == log.ON_PAGE
    assert answer.context["page"].paginator.overflows
    address = answer.redirect_chain[-1][0]
    assert len(tuija.get(f"{address}?page=2").context["lines"]) == 60 - log.ON_PAGE


@pytest.mark.step(10)
def test_a_page_of_results_asks_as_much_for_many_rows_as_for_few(tuija, world):
    def count():
        with CaptureQueriesContext(connection) as queries:
            found(tuija, kind="shown")
        return len(queries)

    few = count()
    for _time in range(30):
        Shown(
            actor=world.sanna.uuid, client=world.ville.uuid, relation="assigned", purpose="x", request=uuid4()
        ).save()
    assert count() == few
    print(f"log search with its results: {few} queries")  # noqa: T201 - read with pytest -s


# What is worth a look


def look(world, person, actor, *, days_ago=0):
    at = clock.real_now() - timedelta(days=days_ago)
    facts = {"actor": actor.uuid, "relation": "assigned", "purpose": "reviews:client", "request": uuid4()}
    Shown(at=at, client=person if not hasattr(person, "uuid") else person.uuid, **facts).save()


@pytest.mark.step(10)
def test_a_client_with_the_viewers_last_name_is_told_and_another_is_not(world):
    look(world, world.ville, world.sanna)
    assert alerts().same_surname == []
    type(world.ville).objects.filter(pk=world.ville.pk).update(last_name="RINNE")
    (alert,) = alerts().same_surname
    assert (alert.who, alert.mark) == ("Sanna Rinne", str(world.ville.uuid)[:13])
    look(world, world.ville, world.niklas)
    assert len(alerts().same_surname) == 1


@pytest.mark.step(10)
def test_a_client_named_like_a_colleague_is_told(world):
    look(world, world.ville, world.niklas)
    assert alerts().colleagues == []
    type(world.ville).objects.filter(pk=world.ville.pk).update(first_names="Sanna Maria", last_name="Rinne")
    assert [alert.who for alert in alerts().colleagues] == [str(world.niklas)]


@pytest.mark.step(10)
def test_five_refusals_are_told_and_four_are_not(world):
    for number in range(5):
        assert alerts().refused == []
        Event(actor=world.eeva.uuid, verb="refused", subject=f"reviews:client/{number}").save()
    assert [(alert.who, alert.times) for alert in alerts().refused] == [(str(world.eeva), 5)]


@pytest.mark.step(10)
def test_a_busy_day_stands_out_against_the_persons_own_days(world):
    for day in range(1, 6):
        for _client in range(4):
            look(world, uuid4(), world.sanna, days_ago=day)
    for _client in range(19):
        look(world, uuid4(), world.sanna)
    assert alerts().spikes == []
    look(world, uuid4(), world.sanna)
    assert [(alert.who, alert.times, alert.usual) for alert in alerts().spikes] == [(str(world.sanna), 20, 4)]


@pytest.mark.step(10)
def test_looking_at_the_alerts_is_on_record_too(tuija, world):
    assert tuija.get(reverse("reviews:log_alerts")).status_code == 200
    assert Event.objects.filter(actor=world.tuija.uuid, verb="read log", subject="alerts").exists()
