"""One template for page and part; no answer is kept; error pages say the same whatever is hidden."""

import re

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.template.loader import get_template
from django.test import RequestFactory
from django.utils import translation
from django_htmx.middleware import HtmxDetails

from soskuntoutus.ui.middleware import closed
from soskuntoutus.ui.pages import render_page
from soskuntoutus.ui.views.gallery import gallery

TEMPLATES = settings.BASE_DIR / "templates"
OURS = [path for folder in ("ui", "account", "allauth") for path in (TEMPLATES / folder).rglob("*.html")]


def asked(**headers):
    request = RequestFactory().get("/", headers=headers)
    request.htmx = HtmxDetails(request)
    return render_page(request, "404.html", "ui/_note.html", {"text": "Only the part"})


@pytest.mark.django_db
def test_htmx_gets_the_part_and_everyone_else_the_page():
    part, page = asked(HX_Request="true"), asked()
    assert b"<html" not in part.content
    assert b"<html" in page.content
    assert "HX-Request" in part["Vary"]
    assert "HX-Request" in page["Vary"]


@pytest.mark.django_db
def test_htmx_restoring_its_history_gets_the_whole_page():
    assert b"<html" in asked(HX_Request="true", HX_History_Restore_Request="true").content


def test_no_answer_is_kept_by_a_browser_or_read_by_another_site():
    def view(request):
        return HttpResponse(headers={"Cache-Control": "public, max-age=600"})

    response = closed(view)(RequestFactory().get("/"))
    assert response["Cache-Control"] == "no-store"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in response["Permissions-Policy"]


@pytest.mark.django_db
def test_the_gallery_draws_every_part():
    page = gallery(RequestFactory().get("/")).content.decode()
    for part in (
        "journey",
        "band",
        "rhythm",
        "timeline",
        "guards",
        "limit--law",
        "voice",
        "note--error",
        "empty",
    ):
        assert f'class="{part}' in page or f" {part}" in page
    assert " style=" not in page
    assert "<script>" not in page
    assert " onclick" not in page


@pytest.mark.django_db
def test_the_title_says_so_when_the_form_has_errors():
    with translation.override("en"):
        assert "<title>Error: Osat ja tilat" in gallery(RequestFactory().get("/")).content.decode()


@pytest.mark.parametrize("name", ["400.html", "500.html"])
def test_a_page_for_a_broken_service_needs_nothing_of_it(name):
    page = get_template(name).render()
    assert 'lang="sv"' in page
    assert "Mitään ei tallennettu" in page or "ei tallentunut" in page


@pytest.mark.parametrize("path", OURS, ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_no_shared_template_carries_a_style_a_script_or_a_handler(path):
    text = path.read_text()
    assert not re.search(r"""\sstyle=|<script(?! src)|\son[a-z]+=["']""", text)
