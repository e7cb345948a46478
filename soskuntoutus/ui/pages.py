"""A page and its part are one template: htmx gets the part, everyone else the page."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers


def render_page(
    request: HttpRequest, page: str, fragment: str, context: dict[str, Any] | None = None
) -> HttpResponse:
    """Draw the fragment for an htmx request, the whole page otherwise and when htmx restores its history."""
    part_only = request.htmx and not request.htmx.history_restore_request
    response = render(request, fragment if part_only else page, context)
    patch_vary_headers(response, ["HX-Request"])
    return response
