"""From what comes in to who takes it: the queue, the contact, and the deeds on the way."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clients.access import open_matter, shown
from clients.forms.intake import ContactForm, OpeningForm, TakingForm, TriageForm
from clients.intake import DEEDS, arrival_of, arrivals, counts_of
from clients.models import Client, Matter, Relation
from clients.models.sight import CONTACT, FILE
from soskuntoutus.organisation.access import requires
from soskuntoutus.organisation.roles import Permission
from soskuntoutus.ui.forms import ActionForm
from soskuntoutus.ui.parts import Guard


@require_safe
@requires(Permission.READ_CONTACTS)
def intake(request):
    """What waits to be taken, the most pressing first, and what was taken a few days ago."""
    found = arrivals(Matter.objects.visible_to(request.user).on_desk())
    clients = Client.objects.filter(pk__in={arrival.matter.client_id for arrival in found})
    shown(request, clients.with_relation(request.user, CONTACT))
    waiting = [arrival for arrival in found if arrival.matter.taken_at is None]
    context = {
        "waiting": waiting,
        "counts": counts_of(waiting),
        "next": min(waiting, key=lambda arrival: arrival.start_limit.date, default=None),
        "taken": [arrival for arrival in found if arrival.matter.taken_at],
        "may": _may(request.user),
    }
    return render(request, "clients/intake.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.REGISTER_CONTACT)
def contact(request):
    """Write down what came in; whether the person is known is not said."""
    form = ContactForm(_typed(request), user=request.user)
    if form.is_bound and form.perform(Matter.receive, by=request.user):
        messages.success(request, _("The contact is recorded. The time limits count from the day it came."))
        return _to_contact_or_queue(request, form.outcome)
    return render(request, "clients/contact.html", {"form": form})


@require_safe
@requires(Permission.READ_CONTACTS)
def matter(request, uuid):
    """The contact and who, and what is done next."""
    matter = open_matter(request, uuid)
    return _contact_page(request, matter, matter.client)


@require_POST
@requires(Permission.REGISTER_CONTACT)
def matter_opening(request, uuid):
    """Show a protected person's phone and identity code once, for a stated purpose."""
    form = OpeningForm(request.POST)
    purpose = form.cleaned_data["purpose"] if form.is_valid() else ""
    matter = open_matter(request, uuid, purpose=purpose)
    if not _may_open(matter, matter.client):
        raise PermissionDenied
    return _contact_page(request, matter, matter.client, opening=form, opened=bool(purpose))


@require_POST
@requires(Permission.REGISTER_CONTACT)
def registration(request, uuid):
    matter = open_matter(request, uuid)
    client = matter.client
    form = ActionForm(request.POST)
    if form.perform(matter.register, by=request.user):
        messages.success(request, _("The matter is registered. It is pending from the day it came."))
        return redirect("clients:matter", matter.uuid)
    return _contact_page(request, matter, client, form=form)


@require_http_methods(["GET", "POST"])
@requires(Permission.TRIAGE)
def triage(request, uuid):
    matter = open_matter(request, uuid)
    client = matter.client
    form = TriageForm(_typed(request))

    def assess(*, content):
        return matter.triage(urgency=int(content["urgency"]), content=content, by=request.user)

    if form.is_bound and form.perform(assess):
        messages.success(request, _("The urgency is assessed."))
        return redirect("clients:matter", matter.uuid)
    arrival = arrival_of(matter)
    context = {
        "form": form,
        "arrival": arrival,
        "guards": _done_before(matter)[:1],
        "hidden": _hidden(arrival, client),
    }
    return render(request, "clients/triage.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.TAKE_MATTER)
def taking(request, uuid):
    """A worker takes the matter, or whoever leads the unit gives it to one."""
    matter = open_matter(request, uuid)
    form = TakingForm(_typed(request), matter=matter, user=request.user)
    if form.is_bound and form.perform(matter.take, by=request.user):
        worker = form.cleaned_data["worker"]
        if worker == request.user:
            messages.success(request, _("The matter is yours. Begin the assessment of service needs."))
            return redirect("reviews:client", matter.client.uuid)
        messages.success(request, _("%(worker)s has the matter now.") % {"worker": worker})
        return redirect("clients:intake")
    context = {"form": form, "arrival": arrival_of(matter), "guards": _done_before(matter)}
    return render(request, "clients/taking.html", context)


@require_POST
@requires(Permission.FOLLOW_UP)
def closure(request, uuid):
    matter = open_matter(request, uuid)
    client = matter.client
    form = ActionForm(request.POST)
    if form.perform(matter.close, by=request.user):
        messages.success(request, _("The matter is closed. Clientship and the own worker go on."))
        return redirect("reviews:client", client.uuid)
    return _contact_page(request, matter, client, form=form)


def _typed(request):
    return request.POST if request.method == "POST" else None


def _contact_page(request, matter, client, *, form=None, opening=None, opened=False):
    arrival = arrival_of(matter)
    knows_file = client.relation in FILE
    hidden = _hidden(arrival, client)
    context = {
        "arrival": arrival,
        "matter": matter,
        "form": form,
        "may": _may(request.user),
        "knows_file": knows_file,
        "hidden": hidden and not opened,
        "opening": (opening or OpeningForm())
        if hidden and not opened and _may_open(matter, client)
        else None,
        "closing": _closing(request.user, matter) if knows_file else None,
    }
    return render(request, "clients/matter.html", context)


def _may(user):
    return [deed for deed in DEEDS if user.may(deed.permission)]


def _hidden(arrival, client):
    """An order told now hides for everyone; one known from before, for those who may know of it."""
    return arrival.protected or (client.relation in FILE and client.details.protected)


def _may_open(matter, client):
    """The intake desk opens what is protected until someone has taken the matter (domain.md 5.2)."""
    return client.relation != Relation.INTAKE or matter.taken_at is None


def _closing(user, matter):
    """What the closing of a taken matter needs."""
    if matter.closed_on or matter.taken_at is None or not user.may(Permission.FOLLOW_UP):
        return None
    followed_up = matter.documents.in_force("follow_up").exists()
    url = reverse("reviews:follow_up", args=[matter.client.uuid])
    return [Guard(_("The follow-up is recorded"), met=followed_up, url=url)]


def _done_before(matter):
    """What is done before a matter is taken, in order (T2, T3)."""
    url = reverse("clients:matter", args=[matter.uuid])
    return [
        Guard(_("The matter is registered"), met=matter.registered_at is not None, url=url),
        Guard(_("The urgency is assessed"), met=matter.triaged_at is not None, url=url),
    ]


def _to_contact_or_queue(request, matter):
    """Who records for a unit whose intake they do not handle goes back to the queue."""
    if Matter.objects.visible_to(request.user).filter(pk=matter.pk).exists():
        return redirect("clients:matter", matter.uuid)
    return redirect("clients:intake")
