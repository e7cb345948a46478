"""A decision on social rehabilitation: prepared, signed, printed, sent."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from clients.access import open_client, open_document
from clients.forms.document import draft_of
from plans.forms.decision import DecisionForm, DeliveryForm, beginning
from plans.letter import drafted_letter, signed_letter
from plans.models import Decision
from plans.models.period import explained_end
from plans.views.decision_guards import guards
from soskuntoutus import clock
from soskuntoutus.organisation.access import requires
from soskuntoutus.organisation.roles import Permission


@requires(Permission.DECIDE)
@require_http_methods(["GET", "HEAD", "POST"])
def decision(request, uuid):
    client = open_client(request, uuid)
    rehabilitation = client.rehabilitations.open().select_related("matter").first()
    matter = rehabilitation.matter if rehabilitation else client.matters.first()
    if matter is None:
        raise Http404
    document = draft_of(client, matter, "decision", by=request.user)
    previous = client.documents.signed().filter(kind="decision").first()
    if document.pk is None:
        document.content = beginning(client, request.user, previous)
    slot = rehabilitation.slot if rehabilitation else None
    form = DecisionForm(request.POST or None, initial=document.content, slot=slot)

    if request.method == "POST" and form.perform(document.write, by=request.user):
        if request.POST.get("deed") != "signature":
            messages.success(request, _("The draft of the decision is saved."))
            return redirect("plans:decision", client.uuid)
        if form.perform(
            lambda content, by: Decision.sign(document=document, rehabilitation=rehabilitation, by=by),
            by=request.user,
        ):
            messages.success(
                request, _("The decision is signed, and the worker is the client's until its last day.")
            )
            return redirect("plans:delivery", document.uuid)
        document.refresh_from_db()  # as it was before the signature that was refused

    first = rehabilitation is None or rehabilitation.current_period is None
    return render(
        request,
        "plans/decision_form.html",
        {
            "client": client,
            "matter": matter,
            "rehabilitation": rehabilitation,
            "document": document,
            "form": form,
            "guards": [*guards(document, rehabilitation, by=request.user), *form.guards()],
            "letter": drafted_letter(document, form.content(), rehabilitation, by=request.user),
            "ends": explained_end(rehabilitation.anchor, rehabilitation.next_number)
            if rehabilitation
            else None,
            "limit": clock.implementation_limit(matter.received_on) if first else None,
            "previous": previous,
        },
    )


@requires(Permission.READ_CLIENTS)
@require_safe
def letter(request, uuid):
    document = open_document(request, uuid)
    if document.kind != "decision":
        raise Http404
    if document.is_signed:
        paper = signed_letter(document)
    else:
        rehabilitation = document.client.rehabilitations.open().first()
        paper = drafted_letter(document, document.content, rehabilitation, by=document.created_by)
    return HttpResponse(
        paper.as_pdf(),
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'attachment; filename="paatos-{document.uuid.hex[:8]}.pdf"',
            "Cache-Control": "no-store",
        },
    )


@requires(Permission.DECIDE)
@require_http_methods(["GET", "HEAD", "POST"])
def delivery(request, uuid):
    document = open_document(request, uuid)
    signed = get_object_or_404(Decision.objects.prefetch_related("deliveries"), document=document)
    initial = {"recipient": document.client.name, "sent_on": clock.today()}
    form = DeliveryForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.perform(signed.deliver, by=request.user):
        messages.success(request, _("The delivery is recorded, and the time for review is counted from it."))
        return redirect("plans:delivery", document.uuid)
    context = {"client": document.client, "document": document, "decision": signed, "form": form}
    return render(request, "plans/decision_delivery.html", context)
