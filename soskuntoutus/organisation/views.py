"""The rules of the service, and rights in units: who leads, who registers, who is on duty."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from soskuntoutus.organisation import rulebook
from soskuntoutus.organisation.access import requires
from soskuntoutus.organisation.entrustments import entrustments
from soskuntoutus.organisation.forms import RightForm
from soskuntoutus.organisation.roles import Permission


@requires(Permission.USE)
@require_safe
def rules(request):
    """Every rule with its source; first those behind the refusal that led here."""
    about = rulebook.about(request.GET.get("about", ""))
    return render(request, "organisation/rules.html", {"about": about, "parts": rulebook.book()})


@requires(Permission.MANAGE_ORGANISATION)
@require_http_methods(["GET", "HEAD", "POST"])
def rights(request):
    form = RightForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.perform(_entrust, by=request.user):
        messages.success(request, _("The right is given."))
        return redirect("organisation:rights")
    return render(request, "organisation/rights.html", {"form": form, "entrustments": entrustments()})


@requires(Permission.MANAGE_ORGANISATION)
@require_POST
def withdrawal(request):
    form = RightForm(request.POST)
    if form.perform(_withdraw, by=request.user):
        messages.success(request, _("The right is taken away."))
    for errors in form.errors.values():
        messages.error(request, errors[0])
    return redirect("organisation:rights")


def _entrust(*, unit, **facts):
    return unit.entrust(**facts)


def _withdraw(*, unit, **facts):
    return unit.withdraw(**facts)
