"""A right in a unit: given to a group, counting by a post of the day, in the unit and below it."""

from datetime import date

import pytest
from django.contrib.auth.models import Group
from django.contrib.auth.models import Permission as DjangoPermission
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from clients.models import Client
from soskuntoutus.audit.models import Event
from soskuntoutus.organisation import rights
from soskuntoutus.organisation.entrustments import entrustments
from soskuntoutus.organisation.models import Post, Unit, User
from soskuntoutus.organisation.roles import Title, UnitRight
from soskuntoutus.ranges import span

LEAD = UnitRight.LEAD
PAGE = "/organisation/rights/"


def led(user):
    """Afresh, as the next request reads it."""
    return set(Unit.objects.led_by(User.objects.get(pk=user.pk)))


@pytest.fixture
def leaders(world):
    """The group that leads the west."""
    return next(group for unit, right, group in rights.given() if (unit, right) == (world.west.pk, LEAD))


@pytest.fixture
def antti(client, world):
    client.force_login(world.antti)
    return client


def test_a_right_covers_the_unit_and_what_is_below_it_and_nothing_beside_it(world):
    assert led(world.leena) == {world.west, world.team}


def test_a_right_does_not_reach_above(world, leaders):
    world.west.withdraw(group=leaders, right=LEAD, by=world.antti)
    world.team.entrust(group=leaders, right=LEAD, by=world.antti)
    assert led(world.leena) == {world.team}


def test_a_right_without_a_post_gives_nothing(world):
    Post.objects.filter(user=world.leena).delete()
    assert led(world.leena) == set()


def test_a_right_without_a_post_that_carries_it_gives_nothing(world):
    Post.objects.filter(user=world.leena).update(title=Title.SOCIAL_WORKER)
    assert led(world.leena) == set()


def test_a_post_next_door_does_not_make_a_right_count(world):
    Post.objects.filter(user=world.leena).update(unit=world.east)
    assert led(world.leena) == set()


def test_a_post_without_a_right_gives_nothing(world, leaders):
    leaders.user_set.remove(world.leena)
    assert led(world.leena) == set()


@pytest.mark.parametrize(
    ("day", "leads"),
    [
        (date(2026, 6, 30), False),
        (date(2026, 7, 1), True),
        (date(2026, 7, 31), True),
        (date(2026, 8, 1), False),
    ],
)
def test_a_stand_in_leads_on_the_days_of_the_post_and_on_no_other(world, leaders, day, leads):
    leaders.user_set.add(world.niklas)
    days = span(date(2026, 7, 1), date(2026, 7, 31))
    Post.objects.create(user=world.niklas, unit=world.west, title=Title.LEADING_SOCIAL_WORKER, during=days)
    world.on(day)
    assert bool(led(world.niklas)) == leads


def test_a_closed_account_has_no_right(world):
    User.objects.filter(pk=world.leena.pk).update(is_active=False)
    assert led(world.leena) == set()


def test_a_superuser_has_no_right_by_being_one(world):
    root = User.objects.create_superuser("root")
    Post.objects.create(
        user=root, unit=world.west, title=Title.LEADING_SOCIAL_WORKER, during=span(date(2020, 1, 1))
    )
    assert led(root) == set()
    assert not Client.objects.visible_to(root).exists()


def test_a_permission_in_general_gives_no_right_in_any_unit(world):
    everywhere = DjangoPermission.objects.get(codename=LEAD.value)
    world.tarja.user_permissions.add(everywhere)
    Group.objects.create(name="all").permissions.add(everywhere)
    world.tarja.groups.add(Group.objects.get(name="all"))
    assert led(world.tarja) == {world.east}


def test_one_right_is_not_another(world):
    assert not Unit.objects.entrusted_to(world.leena, UnitRight.REGISTER).exists()
    assert set(Unit.objects.entrusted_to(world.pia, UnitRight.REGISTER)) == {world.west, world.team}


def test_when_a_right_is_taken_away_sight_ends_at_once(world, leaders):
    assert world.aada in Client.objects.visible_to(world.leena)
    world.west.withdraw(group=leaders, right=LEAD, by=world.antti)
    assert world.aada not in Client.objects.visible_to(User.objects.get(pk=world.leena.pk))


def test_giving_and_taking_are_on_record_with_right_group_and_unit(world, leaders):
    world.east.entrust(group=leaders, right=LEAD, by=world.antti)
    world.east.withdraw(group=leaders, right=LEAD, by=world.antti)
    rows = Event.objects.filter(actor=world.antti.uuid, verb__endswith=LEAD.value).order_by("pk")
    subject = f"auth.Group:{leaders.pk} organisation.Unit:{world.east.pk}"
    assert [(row.verb, row.subject) for row in rows] == [
        ("given lead_unit", subject),
        ("taken lead_unit", subject),
    ]


def refusal(verb, **facts):
    """Why a right is not given or taken."""
    with pytest.raises(ValidationError) as refused:
        verb(right=LEAD, **facts)
    return refused.value.error_dict["group"][0].code


@pytest.mark.parametrize("who", ["leena", "sanna", "katja", "tuija"])
def test_only_an_administrator_gives_and_takes(world, leaders, who):
    by = getattr(world, who)
    with pytest.raises(PermissionDenied):
        world.east.entrust(group=leaders, right=LEAD, by=by)
    with pytest.raises(PermissionDenied):
        world.west.withdraw(group=leaders, right=LEAD, by=by)


def test_nobody_gives_a_right_to_a_group_of_their_own(world, leaders):
    leaders.user_set.add(world.antti)
    assert refusal(world.east.entrust, group=leaders, by=world.antti) == "own"


def test_a_right_is_not_given_twice_nor_taken_where_it_is_not(world, leaders):
    assert refusal(world.west.entrust, group=leaders, by=world.antti) == "given"
    assert refusal(world.east.withdraw, group=leaders, by=world.antti) == "not_given"


# The page


def test_the_list_tells_who_has_what_and_by_which_post_it_counts(world, leaders):
    leaders.user_set.add(world.hanna)
    found = next(each for each in entrustments() if (each.unit, each.right) == (world.west, LEAD))
    assert [(holder.user, holder.post) for holder in found.holders] == [
        (world.leena, world.leena.posts.get()),
        (world.hanna, None),
    ]


def test_the_list_and_sight_agree_about_everyone(world, leaders):
    leaders.user_set.add(world.hanna, world.tarja, world.katja)
    Post.objects.filter(user=world.pia).update(during=span(date(2020, 1, 1), date(2020, 1, 2)))
    for each in entrustments():
        for holder in each.holders:
            units = Unit.objects.entrusted_to(User.objects.get(pk=holder.user.pk), each.right)
            assert (each.unit in units) == (holder.post is not None)


def test_the_list_asks_the_same_number_of_questions_however_many_rights(
    world, leaders, django_assert_num_queries
):
    with django_assert_num_queries(7):
        entrustments()
    for unit in Unit.objects.exclude(pk=world.west.pk):
        rights.give(LEAD, unit, leaders)
    with django_assert_num_queries(7):
        entrustments()


def test_the_administrator_gives_a_right_and_takes_it_away(antti, world, leaders):
    facts = {"unit": world.east.pk, "right": LEAD.value, "group": leaders.pk}
    assert antti.post(PAGE, facts).status_code == 302
    assert rights.has(LEAD, world.east, leaders)
    assert "Leena Kallio" in antti.get(PAGE).content.decode()
    assert antti.post(reverse("organisation:withdrawal"), facts).status_code == 302
    assert not rights.has(LEAD, world.east, leaders)


def test_what_is_refused_is_told_beside_the_field_and_the_choice_stays(antti, world, leaders):
    facts = {"unit": world.west.pk, "right": LEAD.value, "group": leaders.pk}
    response = antti.post(PAGE, facts)
    assert list(response.context["form"].errors) == ["group"]
    assert f'value="{leaders.pk}" selected' in response.content.decode()


@pytest.mark.parametrize("missing", ["unit", "right", "group"])
def test_everything_is_asked_for(antti, world, leaders, missing):
    facts = {"unit": world.east.pk, "right": LEAD.value, "group": leaders.pk} | {missing: ""}
    assert list(antti.post(PAGE, facts).context["form"].errors) == [missing]


def test_a_right_that_is_not_there_is_told_not_an_error(antti, world, leaders):
    facts = {"unit": world.east.pk, "right": LEAD.value, "group": leaders.pk}
    response = antti.post(reverse("organisation:withdrawal"), facts, follow=True)
    assert [message.level_tag for message in response.context["messages"]] == ["error"]


@pytest.mark.parametrize("who", ["pia", "sanna", "leena", "katja", "tuija"])
def test_the_page_is_the_administrators(client, world, who):
    client.force_login(getattr(world, who))
    assert client.get(PAGE).status_code == 403
    assert client.post(reverse("organisation:withdrawal")).status_code == 403


def test_a_link_takes_no_right_away(antti, world):
    assert antti.get(reverse("organisation:withdrawal")).status_code == 405
