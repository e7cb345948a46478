"""Every page asks for a session that still holds; one that has ended says why, and leads back afterwards."""

from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from soskuntoutus.accounts import ending, second_factor
from soskuntoutus.accounts.ending import Reason
from soskuntoutus.audit.record import record
from soskuntoutus.ui.middleware import told_in_place

FORGET = '"cache", "storage"'


class SignedIn(LoginRequiredMiddleware):
    """Nobody reaches a page without a session that holds and has gone through the steps it needs."""

    def process_request(self, request: HttpRequest) -> None:
        request.was_signed_in = ending.was_signed_in(request)

    def process_view(self, request, view_func, view_args, view_kwargs):
        if not getattr(view_func, "login_required", True):
            return None
        if not request.user.is_authenticated:
            return self._ended(request, view_func, ending.reason_it_ended(request))
        if reason := ending.reason_to_end(request):
            record(request.user, f"session.ended {reason}", request.user)
            return self._ended(request, view_func, reason)
        if page := second_factor.page_wanted(request):
            return _led_to(request, reverse(page))
        return None

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """After signing out, by whatever road, the browser forgets what it kept."""
        if getattr(request, "was_signed_in", False) and not request.user.is_authenticated:
            response.headers["Clear-Site-Data"] = FORGET
        return response

    def _ended(self, request: HttpRequest, view_func, reason: Reason | None) -> HttpResponse:
        if reason:
            request.was_signed_in = True
            logout(request)
            messages.info(request, ending.sentence(reason))
        return told_in_place(request) or _led_to(request, self.get_login_url(view_func))


def _led_to(request: HttpRequest, page: str) -> HttpResponse:
    """To another page first, and from there back."""
    there = redirect_to_login(_page_to_return_to(request), page)
    if not request.htmx:
        return there
    # A part of a page cannot hold a whole one: the browser goes there itself.
    return HttpResponse(status=401, headers={"HX-Redirect": there.url})


def _page_to_return_to(request: HttpRequest) -> str:
    """The page that was asked for; for a deed or a part of a page, the page it was asked from."""
    if request.method in ("GET", "HEAD") and not request.htmx:
        return request.get_full_path()
    asked_from = request.headers.get("HX-Current-URL") or request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(asked_from, {request.get_host()}, request.is_secure()):
        return "/"
    page = urlsplit(asked_from)
    return f"{page.path}?{page.query}" if page.query else page.path
