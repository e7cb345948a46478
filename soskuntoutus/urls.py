"""The only module that knows every app."""

from allauth.account import views as account
from allauth.mfa.webauthn.views import login_webauthn
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpResponse
from django.urls import include, path
from django.views.i18n import set_language


@login_not_required
@transaction.non_atomic_requests
def healthz(request):
    """Answer the platform that the process serves."""
    return HttpResponse("ok\n", content_type="text/plain")


urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("language/", login_not_required(set_language), name="set_language"),
    path("admin/", admin.site.urls),
    # Each count of attempts is its own transaction, or a crowd at one address would wait for each other.
    path("accounts/login/", transaction.non_atomic_requests(account.login), name="account_login"),
    path("accounts/logout/", account.logout, name="account_logout"),
    path("accounts/reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("accounts/password/", account.password_change, name="account_change_password"),
    path("accounts/mfa/webauthn/login/", login_not_required(login_webauthn), name="mfa_login_webauthn"),
    path("accounts/mfa/", include("allauth.mfa.urls")),
    path("accounts/oidc/", include("allauth.socialaccount.providers.openid_connect.urls")),
    path("", include("soskuntoutus.accounts.urls")),
    path("", include("reviews.urls")),
    path("", include("clients.urls")),
    path("", include("plans.urls")),
    path("", include("groups.urls")),
    path("", include("soskuntoutus.organisation.urls")),
    path("", include("soskuntoutus.ui.urls")),
]

if settings.DEMO:
    urlpatterns.append(path("demo/", include("soskuntoutus.demo.urls")))
