"""Each request of the demo happens on the demo's own day."""

from soskuntoutus import clock
from soskuntoutus.demo.models import DemoDay


class DemoDayMiddleware:
    """Let the clock follow the demo's day; log rows and sessions keep real time."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        moment = DemoDay.now()
        if moment is None:
            return self.get_response(request)
        request.has_demo_day = True
        with clock.at(moment):
            return self.get_response(request)
