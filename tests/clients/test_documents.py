"""Signing: who signs what, and that a signed paper stays as it is."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, IntegrityError, transaction
from django.utils.translation import override

from clients.models import Assessment, Client, ClientPlan, Document
from soskuntoutus.demo import words
from soskuntoutus.organisation.models import Post

SPECIAL = {**words.ASSESSMENT, "special_support": True, "special_support_reason": "Useita tuen tarpeita."}


def draft(client: Client, kind: str, content: dict, by) -> Document:
    """A stored draft of the client's newest matter."""
    document = Document(client=client, matter=client.matters.first(), kind=kind, language="fi", created_by=by)
    return document.write(content=content, by=by)


def codes(refusal) -> set[str]:
    return {error.code for error in refusal.value.error_list}


@pytest.fixture
def instructor(world):
    """Niklas, who works with Ville as well."""
    world.ville.assign(world.niklas, part="team", first=world.ville.matters.get().received_on)
    return world.niklas


@pytest.mark.step(5)
def test_a_right_to_special_support_needs_a_social_worker_in_public_office(world, instructor):
    document = draft(world.ville, "assessment", SPECIAL, instructor)
    with pytest.raises(ValidationError) as refusal:
        Assessment.sign(document=document, by=instructor)
    assert codes(refusal) == {"special_support"}
    assert Assessment.sign(document=document, by=world.sanna).special_support


@pytest.mark.step(5)
def test_a_social_worker_who_is_not_in_public_office_is_not_enough(world):
    Post.objects.filter(user=world.sanna).update(public_office=False)
    with pytest.raises(ValidationError) as refusal:
        Assessment.sign(document=draft(world.ville, "assessment", SPECIAL, world.sanna), by=world.sanna)
    assert codes(refusal) == {"special_support"}


@pytest.mark.step(5)
def test_without_special_support_an_instructor_signs_the_assessment(world, instructor):
    document = draft(world.ville, "assessment", words.ASSESSMENT, instructor)
    assert Assessment.sign(document=document, by=instructor).document.signed_by == instructor


@pytest.mark.step(5)
@pytest.mark.parametrize("nature", ["2", "3"])
def test_a_lasting_need_demands_an_own_worker(world, nature):
    content = {**words.ASSESSMENT, "nature": nature, "own_worker": False}
    document = draft(world.ville, "assessment", content, world.sanna)
    with pytest.raises(ValidationError) as refusal:
        Assessment.sign(document=document, by=world.sanna)
    assert codes(refusal) == {"lasting_need"}
    assert not Document.objects.get(pk=document.pk).is_signed


@pytest.mark.step(5)
def test_a_temporary_need_does_not(world):
    content = {**words.ASSESSMENT, "nature": "1", "own_worker": False}
    assessment = Assessment.sign(
        document=draft(world.ville, "assessment", content, world.sanna), by=world.sanna
    )
    assert not assessment.needs_own_worker


@pytest.mark.step(5)
def test_the_database_knows_the_lasting_need_too(world):
    Assessment.sign(document=draft(world.ville, "assessment", words.ASSESSMENT, world.sanna), by=world.sanna)
    with pytest.raises(IntegrityError, match="assessment_own_worker_for_lasting_need"), transaction.atomic():
        Assessment.objects.update(needs_own_worker=False)


@pytest.mark.step(5)
def test_an_assessment_with_gaps_is_not_signed(world):
    document = draft(world.ville, "assessment", {**words.ASSESSMENT, "conclusions": " "}, world.sanna)
    document.content["conclusions"] = ""
    document.write(content=document.content, by=world.sanna)
    with pytest.raises(ValidationError) as refusal:
        Assessment.sign(document=document, by=world.sanna)
    assert set(refusal.value.error_dict) == {"conclusions"}


@pytest.mark.step(5)
def test_who_leads_the_unit_reads_but_does_not_write(world):
    with pytest.raises(ValidationError) as refusal:
        draft(world.ville, "assessment", {}, world.leena)
    assert codes(refusal) == {"not_assigned"}


@pytest.mark.step(5)
def test_a_service_adviser_writes_no_paper(world):
    with pytest.raises(PermissionDenied):
        draft(world.ville, "assessment", {}, world.pia)


@pytest.mark.step(6)
def test_only_the_own_worker_signs_the_client_plan(world, instructor):
    plan = draft(world.ville, "client_plan", words.CLIENT_PLAN, instructor)
    with pytest.raises(ValidationError) as refusal:
        ClientPlan.objects.get(pk=plan.pk).sign(by=instructor)
    assert codes(refusal) == {"own_worker"}
    assert ClientPlan.objects.get(pk=plan.pk).sign(by=world.sanna).signed_by == world.sanna


@pytest.mark.step(7)
@pytest.mark.parametrize(
    "change",
    [
        {"content": {}},
        {"signed_at": None, "signed_by": None, "sha256": ""},
        {"version": 9},
        {"language": "sv"},
    ],
)
def test_a_signed_paper_does_not_change_even_by_hand(world, change):
    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        Document.objects.in_force("assessment").update(**change)


@pytest.mark.step(7)
def test_a_signed_paper_is_not_deleted_even_by_hand(world):
    papers = Document.objects.in_force("client_plan")
    with pytest.raises(DatabaseError, match="Cannot delete"), transaction.atomic():
        papers._raw_delete(papers.db)


@pytest.mark.step(5)
def test_a_draft_changes_by_hand_as_it_likes(world):
    document = draft(world.ville, "assessment", {}, world.sanna)
    assert Document.objects.filter(pk=document.pk).update(content={"housing": "Vuokralla"}) == 1


@pytest.mark.step(7)
def test_a_signed_paper_is_not_written_again(world):
    paper = Document.objects.in_force("client_plan").get()
    with pytest.raises(ValidationError) as refusal:
        paper.write(content={}, by=world.sanna)
    assert codes(refusal) == {"signed"}


@pytest.mark.step(7)
def test_the_checksum_tells_of_a_single_changed_letter(world):
    paper = Document.objects.in_force("client_plan").get()
    assert paper.sha256 == paper.checksum()
    paper.content["goals"] += "."
    assert paper.sha256 != paper.checksum()


@pytest.mark.step(7)
def test_there_is_one_client_plan_in_force_per_client(world):
    paper = Document.objects.in_force("client_plan").get()
    twin = Document(
        client=world.ville,
        matter=paper.matter,
        kind="client_plan",
        subject="another",
        content=paper.content,
        language="fi",
        created_by=world.sanna,
        signed_at=paper.signed_at,
        signed_by=world.sanna,
        sha256=paper.sha256,
    )
    with pytest.raises(IntegrityError, match="document_one_client_plan"), transaction.atomic():
        twin.save()


@pytest.mark.step(7)
def test_a_paper_has_one_draft_at_a_time(world):
    draft(world.ville, "client_plan", {"services": "a"}, world.sanna)
    with override("en"), pytest.raises(ValidationError) as refusal:
        draft(world.ville, "client_plan", {"services": "b"}, world.sanna)
    assert refusal.value.messages == ["A draft of this paper has already been begun. Go on with it."]
