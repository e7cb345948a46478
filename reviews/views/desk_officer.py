"""The data protection officer's pages: the log searched for a stated reason, and what in it is worth a look."""

from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from reviews.desks.alerts import alerts
from reviews.desks.log import ON_PAGE, Pages, earlier_searches, in_plain_words, rows_of
from reviews.forms.log import LogSearchForm
from reviews.models import LogSearch
from soskuntoutus.audit.record import record
from soskuntoutus.organisation.access import requires
from soskuntoutus.organisation.roles import Permission


def desk(request, form=None):
    """The search, and the officer's own earlier ones."""
    form = form or LogSearchForm(about=request.GET.get("client", ""))
    context = {"form": form, "searches": earlier_searches(request.user)}
    return render(request, "reviews/desk_protection_officer.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.READ_LOG)
def log(request):
    """Search for a stated reason; the search stays on record before anything is shown."""
    form = LogSearchForm(
        request.POST if request.method == "POST" else None, about=request.GET.get("client", "")
    )
    if form.is_bound and form.perform(LogSearch.make, by=request.user):
        return redirect("reviews:log_results", form.outcome.uuid)
    return desk(request, form)


@require_safe
@requires(Permission.READ_LOG)
def log_results(request, uuid):
    """What one of the user's own searches finds; each page that is turned is on record too."""
    search = get_object_or_404(LogSearch, uuid=uuid, actor=request.user.uuid)
    pages = Pages(rows_of(search), ON_PAGE)
    page = pages.get_page(request.GET.get("page"))
    record(request.user, "read log", search)
    lines = in_plain_words(page.object_list)
    return render(request, "reviews/log_results.html", {"search": search, "page": page, "lines": lines})


@require_safe
@requires(Permission.READ_LOG)
def log_alerts(request):
    """Four lists of what is worth a look, computed anew."""
    record(request.user, "read log", "alerts")
    return render(request, "reviews/log_alerts.html", {"alerts": alerts()})
