"""Naming the own worker (SHL 42 §)."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from clients.access import open_client
from clients.forms.own_worker import OwnWorkerForm
from clients.models import Client
from clients.models.sight import FILE
from soskuntoutus.organisation.access import requires
from soskuntoutus.organisation.roles import Permission


@requires(Permission.NAME_OWN_WORKER)
@require_http_methods(["GET", "HEAD", "POST"])
def own_worker(request, uuid):
    client = open_client(request, uuid)
    form = OwnWorkerForm(request.POST if request.method == "POST" else None, client=client)
    if form.is_bound and form.perform(client.name_own_worker, by=request.user):
        worker = form.cleaned_data["worker"]
        messages.success(request, _("%(worker)s is the own worker from today on.") % {"worker": worker})
        if Client.objects.visible_to(request.user, FILE).filter(pk=client.pk).exists():
            return redirect("reviews:client", client.uuid)
        return redirect("reviews:desk")  # who took the matter today and gives it on today sees it no more
    context = {"client": client, "form": form, "now": client.own_worker_today()}
    return render(request, "clients/own_worker.html", context)
