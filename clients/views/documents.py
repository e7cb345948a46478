"""The papers of a client: reading them, writing the assessment and the client plan, signing them."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clients import schemas
from clients.access import open_client, open_document
from clients.forms.document import DocumentForm, draft_of
from clients.models import Assessment, ClientPlan
from plans.models.referral import has_client_plan
from soskuntoutus.organisation.access import requires
from soskuntoutus.organisation.roles import Permission
from soskuntoutus.ui import dates
from soskuntoutus.ui.forms import ActionForm
from soskuntoutus.ui.parts import Guard

WRITTEN_HERE = ("assessment", "client_plan")
WRITTEN_ELSEWHERE = {
    "referral": "plans:referral",
    "service_plan": "plans:service_plan",
    "decision": "plans:decision",
    "evaluation": "reviews:evaluation",
}
BEFORE_THE_START = ("assessment", "client_plan", "referral", "service_plan", "decision")


@requires(Permission.READ_CLIENTS)
@require_safe
def documents(request, uuid):
    client = open_client(request, uuid)
    drafts_first = F("signed_at").desc(nulls_first=True)
    papers = list(client.documents.select_related("signed_by").order_by(drafts_first, "-created_at"))
    guards = [_paper_guard(client, kind, papers, request.user) for kind in BEFORE_THE_START]
    return render(
        request, "clients/document_list.html", {"client": client, "papers": papers, "guards": guards}
    )


@requires(Permission.READ_CLIENTS)
@require_safe
def document(request, uuid):
    document = open_document(request, uuid)
    may_write = request.user.may(document.schema.permission)
    context = {
        "client": document.client,
        "document": document,
        "newer": getattr(document, "replaced_by", None),
        "writing_url": _writing_url(document.client, document.kind) if may_write else "",
        "signed_here": document.kind in WRITTEN_HERE and may_write,
    }
    return render(request, "clients/document_read.html", context)


@requires(Permission.READ_CLIENTS)
@require_http_methods(["GET", "HEAD", "POST"])
def document_write(request, uuid, kind):
    schema = _schema_written_here(request, kind)
    client = open_client(request, uuid)
    matters = client.matters if schema.per_client else client.matters.open()
    open_first, taken_first = F("closed_on").desc(nulls_first=True), F("taken_at").desc(nulls_last=True)
    matter = matters.order_by(open_first, taken_first).first()
    if matter is None:
        messages.warning(request, _("The client has no open matter. Register the new contact first."))
        return redirect("clients:documents", client.uuid)
    draft = draft_of(client, matter, kind, by=request.user)
    typed = request.POST if request.method == "POST" else None
    form = DocumentForm(schema, typed, initial=draft.content)
    if typed is not None and form.perform(draft.write, by=request.user):
        if "sign" in typed:
            return redirect("clients:signature", draft.uuid)
        messages.success(request, _("The draft is saved."))
        return redirect("clients:document_write", client.uuid, kind)
    context = {"client": client, "document": draft, "form": form, "guards": form.guards()}
    return render(request, "clients/document_write.html", context)


@requires(Permission.READ_CLIENTS)
@require_http_methods(["GET", "HEAD", "POST"])
def signature(request, uuid):
    document = open_document(request, uuid)
    schema = _schema_written_here(request, document.kind)
    if document.is_signed:
        messages.info(request, _("This paper has already been signed."))
        return redirect("clients:document", document.uuid)
    client, form = document.client, ActionForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.perform(_sign, document=document, by=request.user):
        return _after_signature(request, client)
    page = reverse("clients:document_write", args=[client.uuid, document.kind])
    guards = DocumentForm(schema, initial=document.content).guards(page)
    for code, sentence in _signs(document).obstacles(document, by=request.user):
        guards.append(Guard(str(sentence), met=False, url=_way_out(code, client, page)))
    context = {"client": client, "document": document, "form": form, "guards": guards, "writing_url": page}
    return render(request, "clients/document_signature.html", context)


@requires(Permission.READ_CLIENTS)
@require_POST
def seen(request, uuid):
    document = open_document(request, uuid)
    form = ActionForm(request.POST)
    if form.perform(document.show_to_client, by=request.user):
        messages.success(request, _("It is on record that the client has seen the draft."))
    for sentence in form.non_field_errors():
        messages.error(request, sentence)
    return redirect("clients:document", document.uuid)


def _schema_written_here(request, kind):
    if kind not in WRITTEN_HERE:
        raise Http404
    schema = schemas.get(kind)
    if not request.user.may(schema.permission):
        raise PermissionDenied
    return schema


def _signs(document):
    return {"assessment": Assessment, "client_plan": ClientPlan}[document.kind]


def _sign(*, document, by):
    if document.kind == "assessment":
        return Assessment.sign(document=document, by=by).document
    return ClientPlan.objects.get(pk=document.pk).sign(by=by)


def _after_signature(request, client):
    if client.own_worker_today() is None and client.assessments.filter(needs_own_worker=True).exists():
        messages.success(request, _("The paper is signed. Next, name the own worker."))
        return redirect("clients:own_worker", client.uuid)
    messages.success(request, _("The paper is signed."))
    return redirect("reviews:client", client.uuid)


def _way_out(code, client, page):
    if code == "own_worker":
        return reverse("clients:own_worker", args=[client.uuid])
    fields = {"lasting_need": "id_own_worker_0", "looking_back": "id_evaluation"}
    return f"{page}#{fields[code]}" if code in fields else ""


def _writing_url(client, kind):
    if kind in WRITTEN_HERE:
        return reverse("clients:document_write", args=[client.uuid, kind])
    return reverse(WRITTEN_ELSEWHERE[kind], args=[client.uuid]) if kind in WRITTEN_ELSEWHERE else ""


def _paper_guard(client, kind, papers, user):
    title = str(schemas.get(kind).title)
    of_the_kind = [paper for paper in papers if paper.kind == kind]
    if signed := next((paper for paper in of_the_kind if paper.is_signed), None):
        on = dates.plain(signed.signed_at)
        return Guard(_("%(paper)s, signed %(on)s") % {"paper": title, "on": on}, met=True)
    if kind == "client_plan" and has_client_plan(client):
        return Guard(_("No client plan is made: the reason is in the assessment"), met=True)
    sentence = _("Finish the draft: %(paper)s") if of_the_kind else _("Begin: %(paper)s")
    url = _writing_url(client, kind) if user.may(schemas.get(kind).permission) else ""
    return Guard(sentence % {"paper": title}, met=False, url=url)
