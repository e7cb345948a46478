"""What must hold of papers and of the assessment, also against a hand in the database."""

import pytest

from clients.models import Document, Matter
from soskuntoutus import clock
from soskuntoutus.demo import words
from tests.refusals import both_accept, both_refuse, refused


def paper(world, kind="client_plan", *, by=None, **facts) -> Document:
    by = by or world.sanna
    matter = facts.pop("matter", None) or world.ville.matters.get()
    return Document(
        client=world.ville, matter=matter, kind=kind, language="fi", created_by=by, content={}, **facts
    )


def signed(world, kind, **facts) -> Document:
    marks = {"signed_at": clock.now(), "signed_by": world.sanna, "sha256": "0" * 64}
    return paper(world, kind, **marks | facts)


@pytest.mark.step(5)
@pytest.mark.parametrize("missing", ["signed_at", "signed_by", "sha256"])
def test_a_paper_is_signed_in_full_or_not_at_all(world, missing):
    row = signed(world, "assessment")
    both_refuse("document_signed_in_full", row, **{missing: "" if missing == "sha256" else None})


@pytest.mark.step(5)
def test_a_draft_bears_no_signature(world):
    both_accept(paper(world))


@pytest.mark.step(5)
def test_a_draft_is_not_replaced(world):
    both_refuse("document_replaced_after_signing", paper(world, replaced_at=clock.now()))
    both_accept(signed(world, "assessment", replaced_at=clock.now()))


@pytest.mark.step(6)
def test_one_paper_of_a_kind_is_in_force_in_a_matter(world):
    both_refuse("document_one_in_force", signed(world, "assessment"))
    both_accept(signed(world, "assessment", subject="another"))


@pytest.mark.step(7)
def test_a_client_has_one_client_plan_also_in_another_matter(world):
    other = Matter.objects.create(
        client=world.ville, unit=world.west, received_at=clock.now(), channel="application"
    )
    both_refuse("document_one_client_plan", signed(world, "client_plan", matter=other))
    both_accept(signed(world, "assessment", matter=other))


@pytest.mark.step(5)
def test_one_draft_of_a_paper_is_written_at_a_time(world):
    both_accept(paper(world))
    both_refuse("document_one_draft", paper(world))
    both_accept(paper(world, "assessment"))


@pytest.mark.step(7)
def test_a_new_client_plan_replaces_the_one_before_and_both_stay(world):
    before = Document.objects.in_force("client_plan").get()
    after = paper(world)
    after.content = words.CLIENT_PLAN
    after.seal(by=world.sanna)
    before.refresh_from_db()
    assert (after.replaces, after.version, before.replaced_at is None) == (before, 2, False)


# The draft


@pytest.mark.step(5)
@pytest.mark.parametrize("who", ["eeva", "leena"])
def test_only_someone_who_works_with_the_client_writes_a_paper(world, who):
    assert refused(paper(world).write, content={}, by=getattr(world, who)) == {"not_assigned"}
    assert paper(world).write(content={}, by=world.sanna).pk


@pytest.mark.step(5)
@pytest.mark.parametrize("who", ["eeva", "leena"])
def test_only_someone_who_works_with_the_client_shows_a_draft_to_the_client(world, who):
    draft = paper(world)
    draft.save()
    assert refused(draft.show_to_client, by=getattr(world, who)) == {"not_assigned"}
    assert draft.show_to_client(by=world.sanna).seen_by_client_at


@pytest.mark.step(6)
def test_a_signed_paper_is_no_longer_shown_as_a_draft(world):
    draft = Document.objects.in_force("assessment").get()
    assert refused(draft.show_to_client, by=world.sanna) == {"signed"}


# The assessment (SHL 36, 37, 42 §)


@pytest.mark.step(6)
def test_when_the_clientship_goes_on_the_nature_of_the_need_is_chosen(world):
    row = world.ville.assessments.get()
    both_refuse("assessment_nature_if_it_continues", row, nature="", continues=True)
    both_accept(row, continues=False)


@pytest.mark.step(6)
@pytest.mark.parametrize("nature", ["2", "3"])
def test_a_lasting_need_calls_for_an_own_worker(world, nature):
    row = world.ville.assessments.get()
    both_refuse("assessment_own_worker_for_lasting_need", row, nature=nature, needs_own_worker=False)


@pytest.mark.step(6)
def test_a_temporary_need_calls_for_none(world):
    both_accept(world.ville.assessments.get(), nature="1", needs_own_worker=False)
