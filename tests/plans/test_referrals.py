"""Proposing social rehabilitation and answering the proposal (T9, T11; NOSTE-5, NOSTE-6)."""

from datetime import date, datetime

import pytest
from django.urls import reverse

from clients.models import ClientPlan
from plans.models import Referral
from soskuntoutus import clock
from soskuntoutus.audit.models import Shown
from soskuntoutus.demo import words
from soskuntoutus.demo.cast import entrust, make_user
from soskuntoutus.organisation.models import Value
from soskuntoutus.organisation.roles import Title, UnitRight

SENT = datetime(2026, 3, 25, 16, tzinfo=clock.HELSINKI)


def typed(world, **changed):
    """What Sanna types of the proposal; the form's names."""
    proposal = {name: value for name, value in words.REFERRAL.items() if value is not True}
    return {**proposal, "client_agrees": "on", "to_unit": world.cast.team.pk, **changed}


def to_write(world):
    return reverse("plans:referral", args=[world.ville.uuid])


def to_read(world):
    return reverse("plans:referral_detail", args=[world.ville.referrals.get().uuid])


def to_answer(world):
    return reverse("plans:referral_answer", args=[world.ville.referrals.get().uuid])


def errors(response):
    return {name: " ".join(found) for name, found in response.context["form"].errors.items()}


def lacking(response):
    return [guard.url for guard in response.context["guards"] if not guard.met]


@pytest.fixture
def as_user(client, world):
    def sign_in(name):
        client.force_login(getattr(world, name))
        return client

    return sign_in


@pytest.fixture
def planned(world):
    """Ville with a signed client plan and nothing proposed yet."""
    world.on(SENT)
    ville = world.ville
    matter = ville.matters.get()
    facts = {"kind": "client_plan", "content": words.CLIENT_PLAN, "language": "fi", "created_by": world.sanna}
    ClientPlan(client=ville, matter=matter, **facts).sign(by=world.sanna)
    return ville


# Proposing


@pytest.mark.step(6)
def test_the_own_worker_proposes_to_a_unit_and_the_paper_says_which(as_user, world, planned):
    response = as_user("sanna").post(to_write(world), typed(world, send="1"))
    assert response.url == reverse("reviews:client", args=[planned.uuid])
    referral = planned.referrals.get()
    assert (referral.to_unit, referral.answered_at) == (world.cast.team, None)
    assert referral.document.content["receiver"] == world.cast.team.name_fi
    assert referral.document.content["wishes"] == words.REFERRAL["wishes"]
    assert "to_unit" not in referral.document.content


@pytest.mark.step(6)
def test_another_area_can_be_proposed_to(as_user, world, planned):
    as_user("sanna").post(to_write(world), typed(world, send="1", to_unit=world.cast.east.pk))
    assert planned.referrals.get().to_unit == world.cast.east


@pytest.mark.step(6)
def test_a_draft_demands_nothing_and_remembers_the_unit(as_user, world, planned):
    sanna = as_user("sanna")
    begun = {"purpose": "Ehdotan kuntoutusta.", "to_unit": world.cast.east.pk}
    assert sanna.post(to_write(world), begun).url == to_write(world)
    assert not planned.referrals.exists()
    form = sanna.get(to_write(world)).context["form"]
    assert form["purpose"].value() == "Ehdotan kuntoutusta."
    assert form["to_unit"].value() == world.cast.east.pk


@pytest.mark.step(6)
def test_without_the_clients_consent_nothing_is_sent_and_the_words_stay(as_user, world, planned):
    proposal = typed(world, send="1")
    del proposal["client_agrees"]
    response = as_user("sanna").post(to_write(world), proposal)
    assert list(errors(response)) == ["client_agrees"]
    assert words.REFERRAL["purpose"] in response.content.decode()
    assert not planned.referrals.exists()


@pytest.mark.step(6)
def test_without_a_client_plan_the_page_says_so_and_shows_the_way(as_user, world):
    world.on(SENT)
    plan = reverse("clients:document_write", args=[world.ville.uuid, "client_plan"])
    assert plan in lacking(as_user("sanna").get(to_write(world)))
    response = as_user("sanna").post(to_write(world), typed(world, send="1"))
    assert list(errors(response)) == ["__all__"]
    assert not world.ville.referrals.exists()


@pytest.mark.step(6)
@pytest.mark.parametrize(("months", "is_lacking"), [(12, False), (13, True)])
def test_an_assessment_is_up_to_date_for_as_long_as_the_city_says(
    as_user, world, planned, months, is_lacking
):
    assessment = reverse("clients:document_write", args=[planned.uuid, "assessment"])
    signed_on = planned.assessments.get().signed_on
    world.on(clock.add_months(signed_on, months))
    assert (assessment in lacking(as_user("sanna").get(to_write(world)))) is is_lacking


@pytest.mark.step(7)
def test_while_one_proposal_waits_the_page_leads_to_it_instead_of_a_second(as_user, world):
    response = as_user("sanna").get(to_write(world))
    assert to_read(world) in response.content.decode()
    as_user("sanna").post(to_write(world), typed(world, send="1"))
    assert world.ville.referrals.count() == 1


# Who waits


@pytest.mark.step(7)
def test_the_supervisor_sees_what_waits_under_both_limits(as_user, world):
    response = as_user("leena").get(reverse("plans:referrals"))
    (case,) = response.context["cases"]
    assert (case.client, case.act) == (world.ville, "answer")
    assert case.limit.date == date(2026, 6, 2)
    assert case.answer_due.date == date(2026, 4, 1)
    assert world.ville.short_name in response.content.decode()
    assert Shown.objects.filter(client=world.ville.uuid, actor=world.leena.uuid).count() == 1


@pytest.mark.step(7)
@pytest.mark.parametrize(("day", "state"), [(2, "wait"), (3, "due"), (18, "due"), (19, "late")])
def test_the_laws_limit_comes_near_at_thirty_days_and_calls_for_a_way_at_fourteen(as_user, world, day, state):
    world.on(date(2026, 5, day))
    (case,) = as_user("leena").get(reverse("plans:referrals")).context["cases"]
    assert case.state == state


@pytest.mark.step(7)
def test_the_target_to_answer_is_late_the_day_after_and_is_the_citys_own(as_user, world):
    leena = as_user("leena")
    world.on(date(2026, 4, 1))
    assert not leena.get(reverse("plans:referrals")).context["cases"][0].answer_is_late
    world.on(date(2026, 4, 2))
    assert leena.get(reverse("plans:referrals")).context["cases"][0].answer_is_late
    Value.objects.filter(key=Value.Key.REFERRAL_ANSWER_DAYS).update(value=6)
    assert not leena.get(reverse("plans:referrals")).context["cases"][0].answer_is_late


@pytest.mark.step(7)
def test_the_unit_next_door_sees_nothing_of_it(as_user, world):
    assert as_user("tarja").get(reverse("plans:referrals")).context["cases"] == []
    assert as_user("tarja").get(to_read(world)).status_code == 404
    assert not Shown.objects.filter(client=world.ville.uuid, actor=world.tarja.uuid).exists()


@pytest.mark.step(9)
def test_what_has_been_decided_waits_no_more(as_user, world):
    assert as_user("leena").get(reverse("plans:referrals")).context["cases"] == []


@pytest.mark.step(8)
def test_what_is_reserved_waits_for_a_decision_until_the_reservation_lapses(as_user, world):
    (case,) = as_user("leena").get(reverse("plans:referrals")).context["cases"]
    assert (case.act, case.slot.worker) == ("decide", world.niklas)
    world.on(date(2026, 4, 22))
    (case,) = as_user("leena").get(reverse("plans:referrals")).context["cases"]
    assert (case.act, case.slot) == ("reserve", None)


@pytest.mark.step(7)
@pytest.mark.parametrize("name", ["sanna", "niklas", "pia", "katja", "antti"])
def test_only_whoever_answers_referrals_has_the_list(as_user, name):
    assert as_user(name).get(reverse("plans:referrals")).status_code == 403


# Answering


@pytest.fixture
def in_the_east(world):
    """A proposal on the table of the east, whose leader sees Ville by it and by nothing else."""
    referral = world.ville.referrals.get()
    Referral.objects.filter(pk=referral.pk).update(to_unit=world.cast.east)
    referral.matter.refer_to(world.cast.east)
    return referral


@pytest.mark.step(7)
def test_the_receiver_reads_the_referral_and_what_it_encloses_and_nothing_else(as_user, world, in_the_east):
    tarja = as_user("tarja")
    response = tarja.get(to_read(world))
    assert [paper.kind for paper in response.context["enclosed"]] == ["assessment", "client_plan"]
    for paper in response.context["enclosed"]:
        assert tarja.get(reverse("clients:document", args=[paper.uuid])).status_code == 200
    assert tarja.get(reverse("plans:goals", args=[world.ville.uuid])).status_code == 404
    assert tarja.get(reverse("plans:referral", args=[world.ville.uuid])).status_code == 404
    relations = set(Shown.objects.filter(actor=world.tarja.uuid).values_list("relation", flat=True))
    assert relations == {"referral"}


@pytest.mark.step(7)
def test_accepting_leads_to_the_reservation(as_user, world, in_the_east):
    response = as_user("tarja").post(to_answer(world), {"accept": "1"})
    assert response.url == reverse("plans:reservation", args=[in_the_east.uuid])
    in_the_east.refresh_from_db()
    assert (in_the_east.accepted, in_the_east.answered_by) == (True, world.tarja)


@pytest.mark.step(7)
def test_returning_closes_the_door_behind_the_receiver(as_user, world, in_the_east):
    tarja = as_user("tarja")
    assert tarja.post(to_answer(world), {"reason": "Ryhmä on lännessä."}).url == reverse("plans:referrals")
    in_the_east.refresh_from_db()
    assert (in_the_east.accepted, in_the_east.reason) == (
        False,
        "Ryhmä on lännessä.",
    )
    assert tarja.get(to_read(world)).status_code == 404
    response = as_user("sanna").get(to_read(world))
    assert "Ryhmä on lännessä." in response.content.decode()
    assert "form" in as_user("sanna").get(to_write(world)).context


@pytest.mark.step(7)
def test_a_referral_is_not_returned_without_a_reason(as_user, world):
    response = as_user("leena").post(to_answer(world), {"reason": " "})
    assert list(errors(response)) == ["reason"]
    assert world.ville.referrals.get().answered_at is None


@pytest.mark.step(8)
def test_an_answered_referral_is_not_answered_again(as_user, world):
    response = as_user("leena").post(to_answer(world), {"reason": "Myöhässä."})
    assert list(errors(response)) == ["__all__"]
    assert world.ville.referrals.get().accepted


@pytest.mark.step(7)
def test_a_post_without_the_entrusted_unit_answers_nothing(as_user, world):
    stranger = make_user("outi", "Outi Outola", Title.LEADING_SOCIAL_WORKER, world.cast.west)
    as_user("sanna").force_login(stranger)
    assert as_user("sanna").post(to_answer(world), {"accept": "1"}).status_code == 403
    world.cast.outi = stranger
    assert as_user("outi").post(to_answer(world), {"accept": "1"}).status_code == 404
    entrust(UnitRight.LEAD, world.cast.team, stranger)
    assert as_user("outi").post(to_answer(world), {"accept": "1"}).status_code == 302


@pytest.mark.step(7)
def test_the_sender_reads_where_it_stands_and_cannot_answer(as_user, world):
    response = as_user("sanna").get(to_read(world))
    assert not response.context["may_answer"]
    assert as_user("sanna").post(to_answer(world), {"accept": "1"}).status_code == 403


@pytest.mark.step(7)
def test_the_page_leaves_one_mark_in_the_log(as_user, world):
    as_user("leena").get(to_read(world))
    assert Shown.objects.filter(actor=world.leena.uuid, purpose="plans:referral_detail").count() == 1
