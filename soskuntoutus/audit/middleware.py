"""Each request has an identifier in the log, and every refusal leaves a mark."""

from soskuntoutus.audit.context import serving
from soskuntoutus.audit.record import record

REFUSALS = {403, 404}


class AuditMiddleware:
    """Tie a request's rows together, and record refusals after the view's transaction has rolled back.

    What is recorded is what was asked for, the same whether it is hidden or does not exist.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        with serving():
            response = self.get_response(request)
            match = request.resolver_match
            if response.status_code in REFUSALS and match and request.user.is_authenticated:
                asked = "/".join([match.view_name, *(str(value) for value in match.kwargs.values())])
                record(request.user, "refused", asked[:200])
            return response
