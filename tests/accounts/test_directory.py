"""The organisation's own sign-in: off by default, lets in whom the directory knows, fails closed."""

import json
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.models import Group
from django.core.exceptions import ImproperlyConfigured
from django.test import Client as Browser
from django.urls import reverse
from helusers.models import ADGroup, ADGroupMapping

from soskuntoutus import identity_provider
from soskuntoutus.audit.models import Event
from soskuntoutus.organisation.models import User
from tests.accounts.provider import Provider

LEADS, DUTY = "Lännen johto", "Lännen päivystys"
SILENT = [
    {},
    {"groups": []},
    {"groups": ["other"]},
    {"groups": None},
    {"groups": "sg-leads"},
    {"groups": {"a": 1}},
]


@pytest.fixture
def provider(settings, world):
    Group.objects.create(name=LEADS)
    Group.objects.create(name=DUTY)
    provider = Provider()
    settings.SOCIALACCOUNT_PROVIDERS = provider.settings()
    settings.DIRECTORY_GROUPS = {"sg-leads": LEADS, "sg-duty": DUTY}
    yield provider
    provider.close()


@pytest.fixture
def linked(provider, world):
    """Niklas has linked his account, and the directory has put him among the leads."""
    SocialAccount.objects.create(user=world.niklas, provider="organisation", uid=provider.claims["sub"])
    world.niklas.groups.add(Group.objects.get(name=LEADS))
    return world.niklas


def through(browser: Browser, process: str = "login"):
    """Press the button, be let through at the provider, come back; the last answer."""
    begun = browser.post(
        f"{reverse('openid_connect_login', args=['organisation'])}?process={process}&next=/groups/"
    )
    there = urlsplit(begun.headers["Location"])
    connection = HTTPConnection(there.netloc)
    connection.request("GET", f"{there.path}?{there.query}")
    back = urlsplit(connection.getresponse().headers["Location"])
    connection.close()
    return browser.get(f"{back.path}?{back.query}")


def names(user) -> set[str]:
    return set(user.groups.filter(name__in=[LEADS, DUTY]).values_list("name", flat=True))


def is_in(browser: Browser) -> bool:
    return "_auth_user_id" in browser.session


def test_where_none_is_set_nothing_is_offered(client, db):
    assert "oidc" not in client.get("/accounts/login/").content.decode()
    assert client.post(reverse("openid_connect_login", args=["organisation"])).status_code == 404


def test_the_sign_in_page_offers_it_first(client, provider):
    page = client.get("/accounts/login/").content.decode()
    assert page.index("Jatka: Työtunnus" if "Jatka: Työtunnus" in page else "Työtunnus") < page.index(
        'name="login"'
    )


def test_a_known_user_comes_in_and_to_the_page_asked_for(client, provider, linked):
    provider.claims["groups"] = ["sg-leads"]
    assert through(client).headers["Location"] == "/groups/"
    assert is_in(client)
    assert Event.objects.filter(verb="sign_in", actor=linked.uuid).count() == 1


def test_the_groups_follow_the_directory(client, provider, linked):
    own = Group.objects.create(name="Käsin annettu")
    linked.groups.add(own)
    provider.claims["groups"] = ["sg-duty", "something-else"]
    through(client)
    assert names(linked) == {DUTY}
    assert own in linked.groups.all()
    assert set(Event.objects.filter(actor=linked.uuid).values_list("verb", flat=True)) >= {
        "directory.taken",
        "directory.given",
    }


@pytest.mark.parametrize("claims", SILENT, ids=str)
def test_a_claim_that_says_nothing_takes_the_groups_away(client, provider, linked, claims):
    provider.claims |= claims
    through(client)
    assert names(linked) == set()


@pytest.mark.parametrize("claims", SILENT, ids=str)
def test_a_claim_that_says_nothing_makes_no_account(client, provider, claims):
    provider.claims |= claims
    page = through(client).content.decode()
    assert "Sinulla ei ole tiliä täällä" in page
    assert not is_in(client)
    assert not User.objects.filter(username="niklas.aberg").exists()


def test_a_new_person_of_a_known_group_has_an_account_and_no_right_before_a_post(client, provider):
    provider.claims |= {"groups": ["sg-duty"], "given_name": "Niklas", "family_name": "Åberg"}
    through(client)
    made = User.objects.get(username="niklas.aberg")
    assert names(made) == {DUTY}
    assert not made.has_usable_password()
    assert client.get("/clients/").status_code == 403


def test_nobody_takes_over_an_account_by_its_name(client, provider, world):
    provider.claims |= {
        "groups": ["sg-duty"],
        "preferred_username": "sanna",
        "email": world.sanna.email or "s@x.fi",
    }
    through(client)
    assert str(client.session["_auth_user_id"]) != str(world.sanna.pk)


def test_the_administrations_own_list_of_groups_counts_too(client, provider, linked):
    mapped = ADGroup.objects.create(name="sg-listed", display_name="sg-listed")
    ADGroupMapping.objects.create(ad_group=mapped, group=Group.objects.get(name=DUTY))
    provider.claims["groups"] = ["SG-Listed"]
    through(client)
    assert names(linked) == {DUTY}


def test_only_what_the_provider_signed_counts(client, provider, linked):
    provider.about = {"groups": ["sg-leads"]}
    through(client)
    assert names(linked) == set()


@pytest.mark.parametrize(
    "wrong",
    [{"iss": "https://evil.example"}, {"aud": "another service"}, {"exp": 1}],
    ids=["issuer", "audience", "age"],
)
def test_a_token_for_another_place_or_time_opens_nothing(client, provider, linked, wrong):
    provider.claims |= {"groups": ["sg-leads"]} | wrong
    through(client)
    assert not is_in(client)


def test_who_is_refused_there_hears_it_here(client, provider):
    provider.refuses = True
    answer = through(client)
    assert "ei onnistunut" in client.get(answer.headers["Location"]).content.decode()
    assert not is_in(client)


def test_a_closed_account_stays_closed(client, provider, linked):
    User.objects.filter(pk=linked.pk).update(is_active=False)
    assert "Tunnuksesi on suljettu" in through(client).content.decode()
    assert not is_in(client)


def test_an_answer_nobody_asked_for_opens_nothing(client, provider, linked):
    client.get(f"{reverse('openid_connect_callback', args=['organisation'])}?code=a-code&state=invented")
    assert not is_in(client)


# Two steps


@pytest.fixture
def two_steps(linked, settings):
    settings.MFA_REQUIRED = True
    settings.DIRECTORY_STRONG_ACR = ["strong"]


@pytest.mark.parametrize(
    ("claims", "opens"),
    [
        ({"amr": ["pwd", "mfa"]}, True),
        ({"acr": "strong"}, True),
        ({"amr": ["pwd"]}, False),
        ({"amr": "mfa"}, False),
        ({}, False),
    ],
    ids=str,
)
def test_two_steps_at_the_provider_are_two_steps_here(client, provider, two_steps, claims, opens):
    provider.claims |= claims
    through(client)
    assert (client.get("/clients/").status_code == 200) is opens


# Linking


def test_one_links_ones_own_account(signed_in, provider, world):
    browser = signed_in("niklas")
    assert "Yhdistä kirjautuminen" in browser.get(reverse("accounts:account")).content.decode()
    assert through(browser, "connect").headers["Location"] in ("/groups/", reverse("accounts:account"))
    assert SocialAccount.objects.get().user == world.niklas
    assert "Yhdistetty" in browser.get(reverse("accounts:account")).content.decode()


# The environment


def test_groups_are_read_from_json():
    assert identity_provider.groups(json.dumps({"sg-leads": LEADS})) == {"sg-leads": LEADS}


@pytest.mark.parametrize("text", ["", "[]", "sg-leads=x", '{"sg-leads": ""}', '{"sg-leads": ["x"]}'])
def test_groups_that_cannot_be_read_are_refused(text):
    with pytest.raises(ImproperlyConfigured, match="OIDC_GROUPS"):
        identity_provider.groups(text)
