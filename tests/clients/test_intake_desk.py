"""The intake desk: its own units' contacts, the most pressing first; the contact and who, nothing earlier."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from clients.intake import arrival_of
from clients.models import Document
from soskuntoutus.audit.models import Shown
from soskuntoutus.demo.cast import VILLE
from soskuntoutus.organisation.models import Value
from tests.clients.contacts import page, receive

QUEUE = reverse("clients:intake")


def names(response):
    return [arrival.name for arrival in response.context["waiting"]]


@pytest.fixture
def pia(client, world):
    client.force_login(world.pia)
    return client


# The queue


def test_the_oldest_limit_is_first_but_help_needed_at_once_before_it(pia, world):
    receive(world, "Vanha Virta", on=date(2026, 2, 20))
    receive(world, "Uusi Utu")
    urgent = receive(world, "Hätä Hukka", on=date(2026, 2, 27))
    urgent.register(by=world.pia)
    urgent.triage(urgency=1, content={"measures": "Käydään heti."}, by=world.sanna)
    assert names(pia.get(QUEUE)) == ["Hätä Hukka", "Vanha Virta", "Uusi Utu"]


def test_both_limits_are_shown_the_target_as_a_target_and_the_law_by_its_section(pia, world):
    receive(world)
    response = pia.get(QUEUE)
    [arrival] = response.context["waiting"]
    assert (arrival.start_limit.date, arrival.start_limit.kind) == (date(2026, 3, 11), "target")
    assert (arrival.implementation_limit.date, arrival.implementation_limit.kind) == (date(2026, 6, 2), "law")
    assert "limit--target" in response.content.decode()
    assert "limit--law" in response.content.decode()


def test_for_a_person_over_75_the_start_is_law(world):
    matter = receive(world, identity_code="010150-901D")
    assert arrival_of(matter).start_limit.kind == "law"


def test_after_the_assessment_of_urgency_the_worker_s_answer_decides_whose_start_is_law(world):
    matter = receive(world)
    matter.register(by=world.pia)
    content = {"measures": "Soitetaan.", "top_care_allowance": True}
    matter.triage(urgency=2, content=content, by=world.sanna)
    assert arrival_of(matter).start_limit.kind == "law"


def test_each_row_names_the_next_deed_or_who_it_waits_for(pia, world):
    matter = receive(world)
    assert reverse("clients:registration", args=[matter.uuid]) in pia.get(QUEUE).content.decode()
    matter.register(by=world.pia)
    response = pia.get(QUEUE).content.decode()
    assert reverse("clients:triage", args=[matter.uuid]) not in response
    pia.force_login(world.sanna)
    assert reverse("clients:triage", args=[matter.uuid]) in pia.get(QUEUE).content.decode()


def test_an_empty_queue_says_whose_contacts_would_stand_there(client, world):
    client.force_login(world.niklas)
    response = client.get(QUEUE)
    assert names(response) == []
    assert reverse("clients:contact") in response.content.decode()


@pytest.mark.parametrize("who", ["pekka", "eeva", "tarja"])
def test_the_desk_next_door_does_not_see_the_contact(client, world, who):
    matter = receive(world)
    client.force_login(getattr(world, who))
    assert names(client.get(QUEUE)) == []
    assert client.get(page(matter)).status_code == 404


@pytest.mark.parametrize("who", ["pia", "sanna", "leena"])
def test_the_unit_s_adviser_duty_and_leader_see_the_contact(client, world, who):
    receive(world)
    client.force_login(getattr(world, who))
    assert names(client.get(QUEUE)) == ["Aino Aalto"]


@pytest.mark.parametrize("who", ["katja", "antti", "tuija"])
def test_who_does_not_take_part_in_the_intake_has_no_queue(client, world, who):
    matter = receive(world)
    client.force_login(getattr(world, who))
    assert client.get(QUEUE).status_code == 403
    assert client.get(page(matter)).status_code == 403


def test_the_queue_and_the_contact_leave_one_mark_each_for_each_client(pia, world):
    matter = receive(world)
    pia.get(QUEUE)
    pia.get(page(matter))
    rows = Shown.objects.filter(client=matter.client.uuid).values_list("purpose", "relation", "actor")
    assert sorted(rows) == [
        ("clients:intake", "intake", world.pia.uuid),
        ("clients:matter", "intake", world.pia.uuid),
    ]


# The contact and who, nothing earlier


@pytest.fixture
def known(world, at_step):
    """Ville has had his rehabilitation; now a new contact comes about him, under another name and number."""
    at_step(18)
    return receive(
        world, "Wille Leino", identity_code=VILLE, phone="050 555 5555", protected=None, language="sv"
    )


def test_the_desk_sees_the_name_and_phone_as_told_now(pia, world, known):
    pia.force_login(world.pia)
    for address in (QUEUE, page(known)):
        text = pia.get(address).content.decode()
        assert "Wille Leino" in text
        assert "Lehtola" not in text
        assert "040 000 0951" not in text
    assert "050 555 5555" in pia.get(page(known)).content.decode()


def test_of_earlier_clientship_the_desk_sees_yes_or_no(pia, world, known):
    pia.force_login(world.pia)
    text = pia.get(page(known)).content.decode()
    for secret in ("Sanna Rinne", "Niklas Åberg", "Elokuvaryhmä", "Mediapaja"):
        assert secret not in text
    assert known.earlier_clientship


def test_the_desk_does_not_see_the_earlier_matter_nor_any_of_its_papers(pia, world, known):
    pia.force_login(world.pia)
    earlier = world.ville.matters.exclude(pk=known.pk).get()
    assert pia.get(page(earlier)).status_code == 404
    assert not Document.objects.visible_to(world.pia).exists()


def test_a_service_adviser_opens_no_paper_page_or_list_of_clients(pia, world, known):
    pia.force_login(world.pia)
    uuid = world.ville.uuid
    pages = [reverse(f"clients:{name}", args=[uuid]) for name in ("documents", "details", "log")]
    pages += [reverse("clients:document", args=[paper.uuid]) for paper in world.ville.documents.all()]
    assert {pia.get(each).status_code for each in [*pages, reverse("clients:list")]} == {403}


def test_intake_duty_opens_no_paper_of_the_client_before_taking_the_matter(client, world, at_step):
    at_step(1)
    client.force_login(world.sanna)
    paper = world.ville.documents.get()
    assert client.get(page(world.ville.matters.get())).status_code == 200
    assert client.get(reverse("clients:document", args=[paper.uuid])).status_code == 404
    assert client.get(reverse("clients:details", args=[world.ville.uuid])).status_code == 404


def test_a_stored_protection_order_is_not_told_to_the_desk(pia, world, at_step):
    at_step(0)
    matter = receive(world, "Aada Suojanen", identity_code="020285-902X", phone="050 555 5555")
    pia.force_login(world.pia)
    text = pia.get(page(matter)).content.decode()
    assert "hidden-cell" not in text
    assert "050 555 5555" in text


# A protection order told now


@pytest.fixture
def protected(world):
    return receive(world, identity_code="140202A952V", phone="050 555 5555", protected=True)


def test_a_protection_order_told_now_hides_phone_and_identity_code(pia, protected):
    text = pia.get(page(protected)).content.decode()
    assert "050 555 5555" not in text
    assert "140202A952V" not in text


def test_the_desk_opens_them_for_a_purpose_once_and_that_is_logged(pia, protected):
    address = reverse("clients:matter_opening", args=[protected.uuid])
    assert "050 555 5555" in pia.post(address, {"purpose": "client_work"}).content.decode()
    assert Shown.objects.latest("pk").purpose == "clients:matter_opening:client_work"
    assert "050 555 5555" not in pia.get(page(protected)).content.decode()


def test_nothing_is_opened_without_a_purpose(pia, protected):
    response = pia.post(reverse("clients:matter_opening", args=[protected.uuid]), {"purpose": ""})
    assert "050 555 5555" not in response.content.decode()
    assert Shown.objects.latest("pk").purpose == "clients:matter_opening"


def test_once_the_matter_is_taken_the_desk_opens_them_no_more(pia, world, protected):
    protected.register(by=world.pia)
    protected.triage(urgency=3, content={"measures": "Soitetaan."}, by=world.sanna)
    protected.take(worker=world.sanna, by=world.sanna)
    address = reverse("clients:matter_opening", args=[protected.uuid])
    assert pia.post(address, {"purpose": "client_work"}).status_code == 403


# After the matter is taken


def test_the_desk_reads_a_taken_contact_for_a_few_days(pia, world, at_step):
    at_step(3)
    pia.force_login(world.pia)
    matter = world.ville.matters.get()
    last = matter.taken_at + timedelta(days=Value.of(Value.Key.INTAKE_READ_DAYS))
    world.on(last - timedelta(minutes=1))
    assert pia.get(page(matter)).status_code == 200
    world.on(last + timedelta(minutes=1))
    assert pia.get(page(matter)).status_code == 404
