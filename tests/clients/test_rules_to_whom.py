"""To whom each deed may be done: asked by the verb itself, whatever door led to it."""

from datetime import date, timedelta

import pytest

from clients.models import ClientPlan, Document, RelationBlock
from clients.templatetags.papers import parts
from plans.models import Decision, Visit
from plans.scales import signed
from soskuntoutus import clock
from soskuntoutus.demo import words
from soskuntoutus.organisation.models import DelegationRule
from soskuntoutus.organisation.roles import Title
from tests.clients.contacts import receive
from tests.refusals import refused
from tests.worlds import neighbour

DEEDS = {"mode": "meeting", "place": "home"}


def close_to(client, people):
    for person in people:
        RelationBlock.objects.create(user=person, client=client, reason="Lähisukulainen.")


# A close person


@pytest.mark.parametrize("number", range(2, 19))
def test_a_close_person_takes_no_step_of_the_path(world, number):
    world.go(number - 1)
    close_to(world.ville, world.cast.people)
    assert refused(world.do, step=number) & {"blocked", "not_enrolled"}


@pytest.mark.step(6)
def test_a_close_person_of_another_client_goes_on_as_before(world):
    close_to(world.meri, world.cast.people)
    world.do(7)


# The desk


@pytest.fixture
def contact(world):
    return receive(world)


def test_a_contact_is_registered_by_its_own_desk(world, contact):
    assert refused(contact.register, by=world.pekka) == {"not_on_desk"}
    contact.register(by=world.pia)


def test_the_urgency_is_assessed_at_its_own_desk(world, contact):
    contact.register(by=world.pia)
    facts = {"urgency": 3, "content": words.TRIAGE}
    assert refused(contact.triage, **facts, by=world.eeva) == {"not_on_desk"}
    contact.triage(**facts, by=world.sanna)


def test_a_contact_is_taken_from_the_own_desk(world, contact):
    contact.register(by=world.pia)
    contact.triage(urgency=3, content=words.TRIAGE, by=world.sanna)
    assert refused(contact.take, worker=world.eeva, by=world.eeva) == {"not_on_desk"}
    contact.take(worker=world.sanna, by=world.sanna)


@pytest.mark.step(18)
def test_the_matter_is_closed_by_the_own_worker(world):
    world.go(17)
    world.on(date(2026, 10, 12))
    ville = world.ville
    matter = ville.matters.get()
    matter.add_note("follow_up", {"attached": "kyllä", "words": "Käy pajalla."}, by=world.sanna)
    assert refused(matter.close, by=world.leena) == {"own_worker"}
    matter.close(by=world.sanna)


# The decision


def decide(world, by):
    ville = world.ville
    facts = {"matter": ville.matters.get(), "kind": "decision", "content": words.DECISION}
    paper = Document(client=ville, language="fi", created_by=by, **facts)
    paper.write(content=words.DECISION, by=by)
    return Decision.sign(document=paper, rehabilitation=ville.rehabilitations.get(), by=by)


@pytest.mark.step(8)
def test_whoever_leads_the_unit_writes_and_signs_a_decision_within_a_rule(world):
    assert not world.ville.assigned_today(world.leena)
    for kind in (DelegationRule.Kind.GRANT, DelegationRule.Kind.CONTINUE):
        DelegationRule.objects.create(
            kind=kind,
            title=Title.LEADING_SOCIAL_WORKER,
            max_months=3,
            source="Toimintasääntö",
            during=DelegationRule.objects.first().during,
        )
    assert decide(world, world.leena).document.signed_by == world.leena


@pytest.mark.step(8)
def test_who_does_not_read_the_file_neither_writes_nor_signs_a_decision(world):
    assert refused(decide, world=world, by=world.eeva) == {"not_read"}
    paper = Document(
        client=world.ville, matter=world.ville.matters.get(), kind="decision", content=words.DECISION
    )
    paper.language, paper.created_by = "fi", world.eeva
    rehabilitation = world.ville.rehabilitations.get()
    assert refused(Decision.sign, document=paper, rehabilitation=rehabilitation, by=world.eeva) == {
        "not_read"
    }


@pytest.mark.step(9)
def test_who_does_not_read_the_file_does_not_send_the_decision(world):
    decision, facts = world.ville.decisions.get(), {"recipient": "Ville Lehtola", "way": "letter"}
    assert refused(decision.deliver, **facts, sent_on=clock.today(), by=world.eeva) == {"not_read"}
    decision.deliver(**facts, sent_on=clock.today(), by=world.sanna)


@pytest.mark.step(8)
def test_who_leads_the_unit_writes_no_other_paper(world):
    paper = Document(client=world.ville, matter=world.ville.matters.get(), kind="assessment", language="fi")
    paper.created_by = world.leena
    assert refused(paper.write, content={}, by=world.leena) == {"not_assigned"}


# Another client's rows


@pytest.fixture
def next_door(world):
    """Matti, as far as Ville, and Sanna works with him too."""
    world.go_with_a_neighbour(10)
    matti = neighbour().client
    matti.assign(world.niklas, part="pair", first=clock.today())
    return matti


def test_a_visit_stands_in_the_clients_own_matter(world, next_door):
    facts = {**DEEDS, "planned_at": clock.now() + timedelta(days=1), "by": world.niklas}
    assert refused(Visit.plan, client=world.ville, matter=next_door.matters.get(), **facts) == {"__all__"}
    Visit.plan(client=world.ville, matter=world.ville.matters.get(), **facts)


def test_a_visit_furthers_the_clients_own_goals(world, next_door):
    begins = clock.now() - timedelta(hours=2)
    facts = {
        **DEEDS,
        "held_at": begins,
        "ended_at": begins + timedelta(hours=1),
        "words": "Käytiin kaupassa.",
    }
    facts |= {"client": world.ville, "matter": world.ville.matters.get(), "by": world.niklas}
    other, own = (
        next_door.rehabilitations.get().goals.first(),
        world.ville.rehabilitations.get().goals.first(),
    )
    assert refused(Visit.record, **facts, goals=[other]) == {"goals"}
    assert Visit.record(**facts, goals=[own]).goals.get() == own


# The papers' own history


def plan(world, **content) -> ClientPlan:
    facts = {"matter": world.ville.matters.get(), "kind": "client_plan", "language": "fi"}
    return ClientPlan(
        client=world.ville, created_by=world.sanna, content={**words.CLIENT_PLAN, **content}, **facts
    )


@pytest.mark.step(7)
def test_a_new_client_plan_says_how_the_earlier_goals_were_reached(world):
    assert refused(plan(world).sign, by=world.sanna) == {"looking_back"}
    assert plan(world, evaluation="Toteutuivat melko hyvin.").sign(by=world.sanna).version == 2


@pytest.mark.step(6)
def test_the_first_client_plan_has_nothing_to_look_back_on(world):
    assert plan(world).sign(by=world.sanna).version == 1


@pytest.mark.step(6)
def test_what_the_client_saw_is_forgotten_when_the_draft_says_something_else(world):
    draft = plan(world)
    draft.write(content=words.CLIENT_PLAN, by=world.sanna)
    draft.show_to_client(by=world.sanna)
    draft.write(content=dict(words.CLIENT_PLAN), by=world.sanna)
    assert draft.seen_by_client_at
    draft.write(content={**words.CLIENT_PLAN, "situation": "Uutta."}, by=world.sanna)
    assert draft.seen_by_client_at is None


@pytest.mark.step(13)
def test_the_signed_evaluation_prints_where_each_voice_put_each_goal(world):
    paper = world.ville.documents.get(kind="evaluation")
    answers = {answer.label: answer.words for part in parts(paper) for answer in part.answers}
    first = answers["Tavoitteet yksitellen"][0]
    assert first.startswith(f"Tavoite: ”{words.GOALS[0]['client_words']}”.")
    client, worker, shared = (signed(level) for level in words.LEVELS[0])
    assert f"Asiakas: {client}. Työntekijä: {worker}. Yhdessä sovittu: {shared}." in first
