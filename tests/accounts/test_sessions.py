"""Sessions: they end when unused, when old, and at once when what they were given for changes."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from soskuntoutus import clock
from soskuntoutus.accounts.browsers import described
from soskuntoutus.accounts.models import SignIn
from soskuntoutus.audit.models import Event
from soskuntoutus.demo.cast import PASSWORD
from soskuntoutus.organisation.models import Post, User
from soskuntoutus.organisation.roles import Title
from soskuntoutus.ranges import span

PAGE = "/clients/"
NEW = "aivan uusi pitkä salasana 7"


@pytest.fixture
def niklas(signed_in):
    return signed_in("niklas")


def message_at(browser, answer) -> str:
    """What the sign-in page says to whom it is shown after this answer."""
    return browser.get(answer.headers["Location"]).content.decode()


def ended(browser, reason: str) -> None:
    """The next click leads to the sign-in, says why, and from there back."""
    answer = browser.get(f"{PAGE}?page=2")
    assert answer.headers["Location"] == "/accounts/login/?next=/clients/%3Fpage%3D2"
    assert reason in message_at(browser, answer)
    assert "Istuntosi on päättynyt" not in browser.get("/accounts/login/").content.decode()


def holds(browser) -> bool:
    return browser.get(PAGE).status_code == 200


# In time


def test_a_session_that_is_used_goes_on(niklas):
    SignIn.objects.update(expire_date=clock.real_now() + timedelta(minutes=1))
    assert holds(niklas)
    assert SignIn.objects.get().expire_date > clock.real_now() + timedelta(minutes=2)


def test_an_unused_session_ends(niklas):
    SignIn.objects.update(expire_date=clock.real_now() - timedelta(seconds=1))
    ended(niklas, "ei käytetty")


def test_a_busy_session_ends_too(niklas, settings):
    settings.SESSION_AT_MOST = timedelta(hours=12)
    session = niklas.session
    session["sign_in"] |= {"began": (clock.real_now() - timedelta(hours=11, minutes=59)).isoformat()}
    session.save()
    assert holds(niklas)
    session["sign_in"] |= {"began": (clock.real_now() - timedelta(hours=12)).isoformat()}
    session.save()
    ended(niklas, "enintään 12 tuntia")


def test_the_browser_keeps_no_date_so_the_server_can_say_what_happened(niklas):
    assert niklas.cookies["session"]["max-age"] == ""


def test_after_signing_in_again_one_is_back_where_one_was(niklas):
    SignIn.objects.all().delete()
    answer = niklas.get(PAGE)
    back = niklas.post(answer.headers["Location"], {"login": "niklas", "password": PASSWORD, "next": PAGE})
    assert back.headers["Location"] == PAGE


def test_a_part_of_a_page_sends_the_whole_browser_to_sign_in(niklas):
    SignIn.objects.all().delete()
    here = f"http://testserver{PAGE}?page=3"
    answer = niklas.get(reverse("groups:list"), headers={"HX-Request": "true", "HX-Current-URL": here})
    assert (answer.status_code, answer.content) == (401, b"")
    assert answer.headers["HX-Redirect"] == "/accounts/login/?next=/clients/%3Fpage%3D3"


@pytest.mark.parametrize("from_", ["https://evil.example/x", ""])
def test_a_deed_that_came_too_late_leads_to_a_page_of_ours(niklas, from_):
    SignIn.objects.all().delete()
    answer = niklas.post(PAGE, {"q": "x"}, headers={"Referer": from_})
    assert answer.headers["Location"] == "/accounts/login/?next=/"


# What a session was given for


def test_the_end_of_the_post_ends_the_session(niklas, world):
    Post.objects.filter(user=world.niklas).update(
        during=span(date(2020, 1, 1), clock.today() - clock.ONE_DAY)
    )
    ended(niklas, "virkasi, tehtäväsi tai ryhmäsi")


def test_a_post_that_ends_tonight_holds_today_and_not_tomorrow(world, signed_in):
    Post.objects.filter(user=world.niklas).update(during=span(date(2020, 1, 1), clock.today()))
    niklas = signed_in("niklas")
    assert holds(niklas)
    world.on(clock.today() + clock.ONE_DAY)
    ended(niklas, "virkasi, tehtäväsi tai ryhmäsi")


@pytest.mark.parametrize("change", [{"title": Title.SERVICE_ADVISER}, {"public_office": True}])
def test_a_change_of_the_post_ends_the_session(niklas, world, change):
    Post.objects.filter(user=world.niklas).update(**change)
    ended(niklas, "virkasi, tehtäväsi tai ryhmäsi")


def test_a_move_to_another_unit_ends_the_session(niklas, world):
    Post.objects.filter(user=world.niklas).update(unit=world.east)
    ended(niklas, "virkasi, tehtäväsi tai ryhmäsi")


def test_a_new_post_asks_to_sign_in_again(niklas, world):
    Post.objects.create(
        user=world.niklas, unit=world.east, title=Title.HEAD, during=span(date(2026, 1, 1), None)
    )
    ended(niklas, "virkasi, tehtäväsi tai ryhmäsi")


def test_a_change_of_groups_ends_the_session(niklas, world):
    world.niklas.groups.add(Group.objects.create(name="Uusi"))
    ended(niklas, "virkasi, tehtäväsi tai ryhmäsi")


def test_the_way_to_the_administration_ends_the_session(niklas, world):
    User.objects.filter(pk=world.niklas.pk).update(is_staff=True)
    ended(niklas, "virkasi, tehtäväsi tai ryhmäsi")


def test_a_closed_account_has_no_session(niklas, world):
    User.objects.filter(pk=world.niklas.pk).update(is_active=False)
    ended(niklas, "tilisi suljettiin")
    assert not SignIn.objects.filter(user=world.niklas).exists()


def test_a_longer_post_and_a_new_name_end_nothing(niklas, world):
    Post.objects.filter(user=world.niklas).update(during=span(date(2020, 1, 1), date(2030, 1, 1)))
    User.objects.filter(pk=world.niklas.pk).update(last_name="Uusinimi")
    assert holds(niklas)


def test_what_happens_to_others_ends_nothing(niklas, world):
    Post.objects.filter(user=world.sanna).update(title=Title.HEAD)
    world.sanna.groups.add(Group.objects.create(name="Uusi"))
    assert holds(niklas)


def test_an_end_by_changed_rights_is_on_record(niklas, world):
    Post.objects.filter(user=world.niklas).update(title=Title.HEAD)
    niklas.get(PAGE)
    assert Event.objects.get(verb="session.ended rights").actor == world.niklas.uuid


# A new password


def test_a_new_password_ends_every_other_session(world, signed_in, deeds):
    here, there = signed_in("niklas"), signed_in("niklas")
    facts = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    assert here.post(reverse("account_change_password"), facts).headers["Location"] == reverse(
        "accounts:account"
    )
    assert holds(here)
    ended(there, "salasanasi vaihdettiin")
    assert "password.changed" in deeds()


def test_a_password_given_by_the_administrator_ends_them_all(niklas, world):
    world.niklas.set_password(NEW)
    world.niklas.save()
    ended(niklas, "salasanasi vaihdettiin")


# Signing out


def test_after_signing_out_the_browser_forgets_and_the_old_cookie_opens_nothing(niklas):
    cookie = niklas.cookies["session"].value
    answer = niklas.post(reverse("account_logout"))
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    niklas.cookies["session"] = cookie
    assert niklas.get(PAGE).status_code == 302
    assert not SignIn.objects.filter(session_key=cookie).exists()


def test_who_stays_in_is_not_told_to_forget(niklas):
    assert "Clear-Site-Data" not in niklas.get(PAGE).headers


def test_signing_in_changes_the_key_of_the_session(world, door):
    door.browser.get("/accounts/login/")
    door.browser.cookies["session"] = "planted0planted0planted0planted0"
    door.try_("niklas")
    assert door.browser.cookies["session"].value != "planted0planted0planted0planted0"


# Where one is signed in


def test_the_page_names_each_session_and_never_its_key(world, signed_in):
    here, there = signed_in("niklas"), signed_in("niklas")
    page = here.get(reverse("accounts:sessions")).content.decode()
    assert page.count("Firefox, Windows") == 2
    assert page.count("127.0.0.1") == 2
    assert not any(browser.cookies["session"].value in page for browser in (here, there))


def test_one_of_ones_own_sessions_is_ended(world, signed_in, deeds):
    here, there = signed_in("niklas"), signed_in("niklas")
    other = SignIn.objects.get(session_key=there.cookies["session"].value)
    assert here.post(reverse("accounts:end", args=[other.uuid])).status_code == 302
    assert holds(here)
    ended(there, "päätit sen muualla")
    assert "SignIn.end" in deeds()


def test_all_the_others_are_ended(world, signed_in):
    here, others = signed_in("niklas"), [signed_in("niklas") for _ in range(3)]
    stranger = signed_in("sanna")
    here.post(reverse("accounts:end_others"))
    assert [holds(browser) for browser in (here, stranger, *others)] == [True, True, False, False, False]


def test_nobody_ends_the_session_of_another(world, signed_in):
    niklas, sanna = signed_in("niklas"), signed_in("sanna")
    other = SignIn.objects.get(session_key=sanna.cookies["session"].value)
    assert niklas.post(reverse("accounts:end", args=[other.uuid])).status_code == 404
    assert holds(sanna)


def test_this_session_is_ended_by_signing_out_only(niklas):
    own = SignIn.objects.get(session_key=niklas.cookies["session"].value)
    assert niklas.post(reverse("accounts:end", args=[own.uuid])).status_code == 404


def test_the_page_leaves_out_what_no_longer_holds(world, signed_in):
    here, there = signed_in("niklas"), signed_in("niklas")
    SignIn.objects.filter(session_key=there.cookies["session"].value).update(
        expire_date=clock.real_now() - timedelta(seconds=1)
    )
    assert len(SignIn.objects.held_by(world.niklas)) == 1
    assert here.get(reverse("accounts:sessions")).context["others"] == []


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0",
            "Edge, Windows",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 Version/18 Safari/604.1",
            "Safari, iPhone",
        ),
        (
            "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36",
            "Chrome, Android",
        ),
        ("curl/8", ""),
    ],
)
def test_a_browser_is_told_in_two_words(user_agent, words):
    assert described(user_agent) == words
