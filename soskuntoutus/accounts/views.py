"""One's own account: how one signs in, and where one is signed in."""

from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialAccount
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from soskuntoutus.accounts.models import SignIn
from soskuntoutus.organisation.access import requires
from soskuntoutus.organisation.roles import Permission


@requires(Permission.USE)
@require_safe
def account(request):
    devices = Authenticator.objects.filter(user=request.user)
    return render(
        request,
        "accounts/account.html",
        {
            "app": devices.filter(type=Authenticator.Type.TOTP).first(),
            "passkeys": devices.filter(type=Authenticator.Type.WEBAUTHN).count(),
            "codes": devices.filter(type=Authenticator.Type.RECOVERY_CODES).first(),
            "sessions": len(SignIn.objects.held_by(request.user)),
            "providers": get_adapter().list_providers(request),
            "linked": SocialAccount.objects.filter(user=request.user).exists(),
        },
    )


@requires(Permission.USE)
@require_safe
def sessions(request):
    held = SignIn.objects.held_by(request.user)
    this = request.session.session_key
    return render(
        request,
        "accounts/sessions.html",
        {
            "this": next((each for each in held if each.pk == this), None),
            "others": [each for each in held if each.pk != this],
        },
    )


@requires(Permission.USE)
@require_POST
def end(request, uuid):
    others = _others(request)
    chosen = next((each for each in others if each.uuid == uuid), None)
    if chosen is None:
        raise Http404
    chosen.end(by=request.user)
    messages.success(request, _("The session is ended."))
    return redirect("accounts:sessions")


@requires(Permission.USE)
@require_POST
def end_others(request):
    others = _others(request)
    for each in others:
        each.end(by=request.user)
    ended = ngettext("%(count)d session is ended.", "%(count)d sessions are ended.", len(others))
    messages.success(request, ended % {"count": len(others)})
    return redirect("accounts:sessions")


@requires(Permission.USE)
@require_POST
def stay(request):
    """One press goes on: any request lets the idle minutes begin anew."""
    return HttpResponse(status=204)


def _others(request) -> list[SignIn]:
    return [each for each in SignIn.objects.held_by(request.user) if each.pk != request.session.session_key]
