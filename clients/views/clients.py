"""Finding a client, the contact details of one, and who has looked."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clients.access import open_client, shown
from clients.forms.clients import DetailsForm, SearchForm
from clients.forms.intake import OpeningForm
from clients.log import in_plain_words, rows_of
from clients.models import Client, Relation
from clients.models.sight import FILE
from reviews.journey import journeys_of
from soskuntoutus.organisation.access import requires
from soskuntoutus.organisation.roles import Permission

ON_PAGE = 25
LOG_ON_PAGE = 50


@require_http_methods(["GET", "POST"])
@requires(Permission.READ_CLIENTS)
def client_list(request):
    """The clients in sight; what they are looked for by travels in the body of a POST."""
    form = SearchForm(request.POST if request.method == "POST" else None)
    clients = Client.objects.visible_to(request.user, FILE).with_relation(request.user, FILE)
    searched, similar = "", False
    if form.is_bound:
        searched = form.cleaned_data["q"] if form.is_valid() else ""
        found = clients.found_by(searched) if form.is_valid() else clients.none()
        similar = bool(searched) and not found.exists()
        clients = clients.spelled_like(searched) if similar else found
    page = Paginator(clients, ON_PAGE).get_page(request.POST.get("page") or request.GET.get("page"))
    shown(request, page.object_list)
    context = {
        "form": form,
        "page": page,
        "journeys": journeys_of(page.object_list),
        "searched": searched,
        "similar": similar,
    }
    return render(request, "clients/client_list.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.READ_CLIENTS)
def details(request, uuid):
    """How to reach the client; those who work with the client keep it up to date."""
    client = open_client(request, uuid)
    form = DetailsForm(request.POST if request.method == "POST" else None, details=client.details)
    if request.method == "POST" and form.perform(client.details.change, by=request.user):
        messages.success(request, _("The contact details are up to date."))
        return redirect("clients:details", client.uuid)
    return _details_page(request, client, form=form)


@require_POST
@requires(Permission.KEEP_CONTACT_DETAILS)
def opening(request, uuid):
    """Show protected contact details once, for a stated purpose."""
    form = OpeningForm(request.POST)
    purpose = form.cleaned_data["purpose"] if form.is_valid() else ""
    client = open_client(request, uuid, purpose=purpose)
    return _details_page(request, client, opening=form, opened=bool(purpose))


@require_safe
@requires(Permission.READ_CLIENTS)
def log(request, uuid):
    """Who has seen this client and what was done."""
    client = open_client(request, uuid)
    page = Paginator(rows_of(client), LOG_ON_PAGE).get_page(request.GET.get("page"))
    context = {"client": client, "page": page, "entries": in_plain_words(list(page.object_list))}
    return render(request, "clients/client_log.html", context)


def _details_page(request, client, *, form=None, opening=None, opened=False):
    hidden = client.details.protected and not opened
    may_keep = request.user.may(Permission.KEEP_CONTACT_DETAILS)
    works = may_keep and client.relation == Relation.ASSIGNED
    context = {
        "client": client,
        "details": client.details,
        "hidden": hidden,
        "opened": opened,
        "may_open": may_keep,
        "opening": opening or OpeningForm(),
        "works": works,
        "form": form or DetailsForm(details=client.details),
    }
    return render(request, "clients/client_details.html", context)
