"""Headers that neither Django nor django-csp sets."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

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
