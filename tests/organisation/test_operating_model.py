"""The values of the operating model, posts, codes and delegation rules: one at a time, by the day."""

from datetime import date

import pytest
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.db import IntegrityError, transaction

from soskuntoutus.organisation.models import Closure, Code, DelegationRule, Post, Unit, Value
from soskuntoutus.organisation.roles import Title
from soskuntoutus.ranges import span

GRANT = DelegationRule.Kind.GRANT
DAY = date(2026, 7, 9)


def rhythm(first, last=None, value=7):
    return Value(key=Value.Key.RHYTHM_DAYS, value=value, during=span(first, last), source="Päätös 1 §")


def refusal(row):
    """The rules that refuse a row, by name, and what they say."""
    with pytest.raises(ValidationError) as refused:
        row.full_clean()
    errors = [error for errors in refused.value.error_dict.values() for error in errors]
    sentences = {rule.name: rule.get_violation_error_message() for rule in row._meta.constraints}
    for error in errors:
        assert error.code not in sentences or error.message == sentences[error.code]
    return [error.code for error in errors]


@pytest.fixture
def unset(world):
    """No value is given for the rhythm."""
    Value.objects.filter(key=Value.Key.RHYTHM_DAYS).delete()
    return world


def test_a_value_holds_from_its_first_day_to_its_last(unset):
    rhythm(date(2026, 1, 1), date(2026, 6, 30), 14).save()
    rhythm(date(2026, 7, 1), value=7).save()
    found = [
        Value.of(Value.Key.RHYTHM_DAYS, on=day)
        for day in (date(2026, 1, 1), date(2026, 6, 30), date(2026, 7, 1))
    ]
    assert found == [14, 14, 7]


def test_a_missing_value_is_loud(unset):
    rhythm(date(2026, 1, 1), date(2026, 6, 30)).save()
    with pytest.raises(ImproperlyConfigured, match=r"rhythm_days on 2026-07-01"):
        Value.of(Value.Key.RHYTHM_DAYS, on=date(2026, 7, 1))


def test_zero_is_a_value(unset):
    rhythm(date(2026, 1, 1), value=0).save()
    assert Value.of(Value.Key.RHYTHM_DAYS, on=DAY) == 0


def test_two_values_for_one_day_are_refused_with_the_rules_sentence(unset):
    rhythm(date(2026, 1, 1), date(2026, 7, 1)).save()
    assert refusal(rhythm(date(2026, 7, 1))) == ["value_one_at_a_time"]
    rhythm(date(2026, 7, 2)).full_clean()


def test_the_database_refuses_it_too(unset):
    rhythm(date(2026, 1, 1)).save()
    with pytest.raises(IntegrityError, match="value_one_at_a_time"), transaction.atomic():
        rhythm(date(2026, 7, 1)).save()


def test_another_value_may_hold_on_the_same_days(unset):
    rhythm(date(2020, 1, 1)).full_clean()


@pytest.mark.parametrize("value", ["14", 1.5, -1, True, None, {"fi": "14"}])
def test_a_number_is_a_whole_number(unset, value):
    with pytest.raises(ValidationError):
        rhythm(date(2026, 1, 1), value=value).full_clean()


def test_a_text_is_given_by_language(unset):
    Value.objects.filter(key=Value.Key.ORGANISER).delete()
    facts = {"key": Value.Key.ORGANISER, "during": span(date(2026, 1, 1)), "source": "Päätös 1 §"}
    Value(value={"fi": "Kaupunki", "sv": "Staden"}, **facts).full_clean()
    with pytest.raises(ValidationError):
        Value(value="Kaupunki", **facts).full_clean()


def test_the_profile_gives_every_value(world):
    for key in Value.Key:
        Value.objects.get(key=key).full_clean()


# Posts, codes, closures


def post(user, unit, title, first, last=None):
    return Post(user=user, unit=unit, title=title, during=span(first, last))


def test_the_same_post_twice_at_a_time_is_refused(world):
    assert refusal(post(world.sanna, world.west, Title.SOCIAL_WORKER, DAY)) == ["post_once_at_a_time"]


def test_another_title_another_unit_or_another_time_is_fine(world):
    post(world.sanna, world.west, Title.LEADING_SOCIAL_WORKER, DAY).full_clean()
    post(world.sanna, world.east, Title.SOCIAL_WORKER, DAY).full_clean()
    Post.objects.filter(user=world.sanna).update(during=span(date(2020, 1, 1), date(2026, 7, 8)))
    post(world.sanna, world.west, Title.SOCIAL_WORKER, DAY).full_clean()


def test_the_same_code_twice_at_a_time_is_refused(world):
    facts = {"value": "1", "fi": "a", "sv": "b", "en": "c", "during": span(DAY)}
    assert refusal(Code(system=Code.System.URGENCY, **facts)) == ["code_one_at_a_time"]
    Code(system=Code.System.GROUP_METHOD, **facts).full_clean()


def test_a_unit_is_closed_once_at_a_time(world):
    Closure.objects.create(unit=world.west, during=span(date(2026, 7, 1), date(2026, 7, 10)))
    assert refusal(Closure(unit=world.west, during=span(date(2026, 7, 10), date(2026, 7, 20)))) == [
        "closure_once"
    ]
    Closure(unit=world.west, during=span(date(2026, 7, 11), date(2026, 7, 20))).full_clean()
    Closure(unit=world.east, during=span(date(2026, 7, 10), date(2026, 7, 20))).full_clean()


def test_a_unit_is_part_of_neither_itself_nor_what_is_below_it(world):
    for parent in (world.west, world.team):
        world.west.parent = parent
        with pytest.raises(ValidationError) as refused:
            world.west.full_clean()
        assert "parent" in refused.value.error_dict
    world.west.parent = world.east
    world.west.full_clean()


def test_a_tree_that_has_become_a_ring_hangs_nobody(world):
    Unit.objects.filter(pk=world.west.pk).update(parent=world.team)
    assert set(Unit.objects.within([world.team])) == {world.west, world.team}
    assert Unit.objects.in_tree_order().count() == Unit.objects.count()


# Delegation (toimivalta)


@pytest.fixture
def rule(world):
    """The only rule: social workers in public office of the west grant up to three months."""
    DelegationRule.objects.all().delete()
    return DelegationRule.objects.create(
        kind=GRANT,
        title=Title.SOCIAL_WORKER,
        unit=world.west,
        max_months=3,
        source="4 §",
        during=span(date(2026, 1, 1), DAY),
    )


def allows(user, kind=GRANT, months=3, on=DAY):
    return DelegationRule.objects.allowing(user, kind, months=months, on=on).exists()


def test_a_rule_allows_those_who_hold_its_title_in_its_unit_on_its_days(world, rule):
    assert allows(world.sanna)
    assert not allows(world.leena)
    assert not allows(world.eeva)
    assert not allows(world.sanna, on=date(2026, 7, 10))
    assert not allows(world.sanna, on=date(2025, 12, 31))


def test_a_rule_speaks_of_one_kind_of_decision_and_so_many_months(world, rule):
    assert not allows(world.sanna, kind=DelegationRule.Kind.PURCHASE)
    assert not allows(world.sanna, months=4)


def test_a_rule_for_a_unit_holds_below_it_and_a_rule_without_one_everywhere(world, rule):
    Post.objects.filter(user=world.sanna).update(unit=world.team)
    assert allows(world.sanna)
    DelegationRule.objects.update(unit=world.team)
    Post.objects.filter(user=world.sanna).update(unit=world.west)
    assert not allows(world.sanna)
    DelegationRule.objects.update(unit=None)
    assert allows(world.eeva)


def test_who_is_not_in_public_office_decides_nothing(world, rule):
    Post.objects.filter(user=world.sanna).update(public_office=False)
    assert not allows(world.sanna)


def test_who_no_longer_holds_the_post_decides_nothing(world, rule):
    Post.objects.filter(user=world.sanna).update(during=span(date(2020, 1, 1), date(2026, 7, 8)))
    assert not allows(world.sanna)
    assert allows(world.sanna, on=date(2026, 7, 8))
