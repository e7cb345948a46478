"""The demo's bar: another day, the next step, another person. These views exist only where the demo may run."""

from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from soskuntoutus import clock
from soskuntoutus.demo import steps, undo
from soskuntoutus.demo.cast import Cast
from soskuntoutus.demo.models import DemoDay
from soskuntoutus.organisation.models import User
from soskuntoutus.ui.moments import DateField


@login_not_required
@require_POST
def next_day(request):
    """Let it be the day after."""
    DemoDay.set(clock.today() + timedelta(days=1))
    return _back(request)


@login_not_required
@require_POST
def go_to_day(request):
    """Let it be the day that was typed."""
    try:
        asked = DateField(error_messages={"required": _("Write the day, such as 9.7.2026.")})
        DemoDay.set(asked.clean(request.POST.get("day", "")))
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
    return _back(request)


@login_not_required
@require_POST
def next_step(request):
    """Do Ville's next step on behalf of whoever's it is."""
    done = steps.done()
    if done < len(steps.STEPS):
        step = steps.STEPS[done]
        try:
            with transaction.atomic():
                steps.do(step, steps.Path(Cast.gathered()))
            DemoDay.set(max(step.day, clock.today()))
            messages.success(request, _("Done: %(step)s.") % {"step": step.title})
        except (ValidationError, LookupError) as refusal:
            reason = " ".join(getattr(refusal, "messages", []))
            messages.error(
                request,
                _(
                    "You have already begun this step yourself: finish it, or put Ville at a step again. %(reason)s"
                )
                % {"reason": reason},
            )
    return _back(request)


@login_not_required
@require_POST
def put_at_step(request):
    """Put Ville at a step: forget everything about him and do the steps anew."""
    try:
        number = min(max(int(request.POST.get("step", "")), 0), len(steps.STEPS))
    except ValueError:
        return _back(request)
    undo.forget_ville()
    steps.put_ville_at(number, Cast.gathered())
    DemoDay.set(steps.STEPS[number].begins if number < len(steps.STEPS) else steps.STEPS[-1].day)
    messages.success(request, _("Ville is at step %(number)s.") % {"number": number})
    return redirect("/")


@login_not_required
@require_POST
def sign_in(request):
    """Go on as another member of the cast; there are no real people in a demo."""
    user = get_object_or_404(User, username=request.POST.get("username", ""), is_active=True)
    if not settings.DEMO:
        raise PermissionDenied
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return redirect("/")


def _back(request):
    target = request.POST.get("next", "/")
    safe = url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()})
    return redirect(target if safe else "/")
