"""Headers that neither Django nor django-csp sets; and what is said where a session has ended."""

from collections.abc import Callable

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


def told_in_place(request: HttpRequest) -> HttpResponse | None:
    """What somebody whose session has ended is answered where a sign-in page would lose something.

    A script is told in its own way. A text cannot be kept for nobody, so it is shown once, to be copied.
    """
    if request.headers.get("Accept") == "application/json":
        return JsonResponse({}, status=401)
    words = list(words_of(dict(request.POST.lists()))) if request.method == "POST" else []
    return render(request, "ui/signed_out.html", {"words": words}, status=401) if words else None
