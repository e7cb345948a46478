"""Headers that neither Django nor django-csp sets; and who comes in without having signed in."""

from collections.abc import Callable

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from soskuntoutus.ui.models import words_of

SWITCHED_OFF = ("accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "magnetometer")
SWITCHED_OFF += ("microphone", "midi", "payment", "screen-wake-lock", "usb")


def closed(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """No browser or proxy keeps an answer, no other site reads it, no page uses the device's senses."""

    def answer(request):
        response = get_response(request)
        response.headers["Cache-Control"] = "no-store"
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        response.headers["Permissions-Policy"] = ", ".join(f"{feature}=()" for feature in SWITCHED_OFF)
        return response

    return answer


class SignInRequired(LoginRequiredMiddleware):
    """Whoever is not signed in goes to sign in; what they had written comes back to them first.

    A text cannot be kept for nobody, so it is shown once, to be copied. A script is told in its own way.
    """

    def handle_no_permission(self, request, view_func):
        if request.headers.get("Accept") == "application/json":
            return JsonResponse({}, status=401)
        words = list(words_of(dict(request.POST.lists()))) if request.method == "POST" else []
        if words:
            return render(request, "ui/signed_out.html", {"words": words}, status=401)
        return super().handle_no_permission(request, view_func)
