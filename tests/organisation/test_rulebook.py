"""The rules as the service itself shows them, and the way to them from a refusal."""

import pytest
from django.urls import reverse

from soskuntoutus.organisation.roles import Title
from soskuntoutus.organisation.rulebook import about, book

RULES = reverse("organisation:rules")


def test_every_row_of_the_page_is_in_the_book():
    assert sum(len(part.rules) for part in book()) > 200
    assert all(rule.english and rule.source and rule.held for part in book() for rule in part.rules)


def test_a_deed_leads_to_its_own_rules_and_to_who_may_do_it(world):
    rules = about("Matter.close")
    assert rules
    assert all("Matter.close" in rule.names for rule in rules)
    assert str(Title.SOCIAL_WORKER.label) in rules[0].doers
    assert str(Title.SERVICE_ADVISER.label) not in rules[0].doers


@pytest.mark.parametrize("name", ["", "Matter.nothing", "<script>"])
def test_what_is_no_rule_leads_to_none(name):
    assert about(name) == []


def test_a_section_that_nobody_has_checked_says_so():
    grounds = {ground for part in book() for rule in part.rules for ground in rule.grounds}
    assert "Sosiaalihuoltolaki 34 § (tarkistettava)" in grounds
    assert "Sosiaalihuoltolaki 45 §" in grounds
    assert not any("[kn]" in ground for ground in grounds)


@pytest.mark.step(2)
def test_a_refusal_leads_to_its_rules(client, world):
    matter = world.ville.matters.get()
    client.force_login(world.pia)
    refused = client.post(reverse("clients:registration", args=[matter.uuid])).content.decode()
    link = f"{RULES}?about=Matter.register"
    assert f'href="{link}"' in refused
    assert {rule.english for rule in about("Matter.register")} <= {
        rule.english for rule in client.get(link).context["about"]
    }


@pytest.mark.step(2)
def test_what_was_typed_wrongly_is_no_refusal_by_a_rule(client, world):
    matter = world.ville.matters.get()
    client.force_login(world.sanna)
    page = client.post(reverse("clients:triage", args=[matter.uuid]), {}).content.decode()
    assert "error-summary" in page
    assert RULES + "?" not in page
