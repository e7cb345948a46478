"""What must hold of units, posts, codes, values and closures, also against a hand in the database."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from soskuntoutus.organisation.models import Closure, Code, Post, Value
from soskuntoutus.organisation.roles import Title
from soskuntoutus.ranges import span
from tests.refusals import both_accept, both_refuse

LAST = date(2026, 6, 30)
FREE = date(2026, 7, 1)


def a_post(world, during):
    return Post(user=world.hanna, unit=world.east, title=Title.TEAM_MEMBER, during=during)


def a_code(world, during):
    texts = dict.fromkeys(("fi", "sv", "en"), "Valokuvaus")
    return Code(system=Code.System.GROUP_METHOD, value="photo", during=during, **texts)


def a_closure(world, during):
    return Closure(unit=world.team, during=during)


def a_value(world, during):
    Value.objects.filter(key=Value.Key.RHYTHM_DAYS, during__contains=date(2020, 1, 1)).delete()
    return Value(key=Value.Key.RHYTHM_DAYS, value=14, source="Päätös 1 §", during=during)


@pytest.mark.parametrize(
    ("rule", "make"),
    [
        ("post_once_at_a_time", a_post),
        ("code_one_at_a_time", a_code),
        ("closure_once", a_closure),
        ("value_one_at_a_time", a_value),
    ],
)
def test_one_of_a_kind_at_a_time_and_the_next_from_the_day_after(world, rule, make):
    make(world, span(date(2026, 1, 1), LAST)).save()
    both_refuse(rule, make(world, span(LAST)))
    both_accept(make(world, span(FREE)))


def test_a_unit_is_not_part_of_itself(world):
    both_refuse("unit_not_its_own_parent", world.west, field="parent", parent=world.west)


def test_a_unit_is_not_part_of_a_unit_below_it(world):
    world.west.parent = world.team
    with pytest.raises(ValidationError) as refusal:
        world.west.full_clean()
    assert list(refusal.value.message_dict) == ["parent"]
