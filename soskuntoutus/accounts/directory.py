"""The organisation's own sign-in (OpenID Connect): whom it lets in, and into which groups its directory puts them.

A groups claim that is missing, empty or unknown gives nothing, and takes away what an earlier one gave.
"""

from collections.abc import Mapping
from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import Group
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from helusers.models import ADGroup, ADGroupMapping

from soskuntoutus.audit.record import name_of, record
from soskuntoutus.organisation.models import User

TWO_STEPS = "mfa"  # RFC 8176


class DirectoryAdapter(DefaultSocialAccountAdapter):
    """Lets in whom the directory knows here, and follows its groups at every sign-in."""

    error_messages = {
        **DefaultSocialAccountAdapter.error_messages,
        "connected_other": _("This sign-in of the organisation belongs to another account already."),
    }

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        sociallogin.email_addresses = []  # nobody is known by an e-mail address
        if sociallogin.is_existing:
            follow(sociallogin.user, claims_of(sociallogin))

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return bool(groups_for(claims_of(sociallogin)))

    def save_user(self, request: HttpRequest, sociallogin: SocialLogin, form=None) -> User:
        user = super().save_user(request, sociallogin, form)
        record(user, "directory.account", user)
        follow(user, claims_of(sociallogin))
        return user

    def get_connect_redirect_url(self, request: HttpRequest, socialaccount) -> str:
        return settings.ACCOUNT_PAGE

    def on_authentication_error(self, request: HttpRequest, provider, **facts: Any) -> None:
        messages.error(request, _("The organisation's sign-in did not succeed. Try again."))
        raise ImmediateHttpResponse(redirect(settings.LOGIN_URL))


def claims_of(sociallogin: SocialLogin) -> dict[str, Any]:
    """What the provider's token says of the person."""
    return sociallogin.account.extra_data.get("id_token", {})


def vouches_for_two_steps(sociallogin: SocialLogin | None) -> bool:
    """Whether the provider says that this sign-in took two steps."""
    if sociallogin is None:
        return False
    claims = claims_of(sociallogin)
    return TWO_STEPS in _texts(claims.get("amr")) or claims.get("acr") in settings.DIRECTORY_STRONG_ACR


def groups_for(claims: Mapping[str, Any]) -> set[Group]:
    """The groups here that the directory's groups lead to, by the settings or by the administration's list."""
    names = _texts(claims.get(settings.DIRECTORY_GROUPS_CLAIM))
    ours = {settings.DIRECTORY_GROUPS[name] for name in names if name in settings.DIRECTORY_GROUPS}
    lower = {name.lower() for name in names}
    by_list = ADGroupMapping.objects.filter(ad_group__name__in=lower).values("group")
    return {*Group.objects.filter(name__in=ours), *Group.objects.filter(pk__in=by_list)}


def follow(user: User, claims: Mapping[str, Any]) -> None:
    """Put the user in the groups the directory says now, and out of those it no longer says."""
    said = groups_for(claims)
    kept_by_directory = {
        *Group.objects.filter(name__in=settings.DIRECTORY_GROUPS.values()),
        *Group.objects.filter(pk__in=ADGroupMapping.objects.values("group")),
    }
    held = set(user.groups.all())
    for group in (held & kept_by_directory) - said:
        user.groups.remove(group)
        record(user, "directory.taken", f"{name_of(user)} {name_of(group)}")
    for group in said - held:
        user.groups.add(group)
        record(user, "directory.given", f"{name_of(user)} {name_of(group)}")
    names = {name.lower() for name in _texts(claims.get(settings.DIRECTORY_GROUPS_CLAIM))}
    user.ad_groups.set(ADGroup.objects.filter(name__in=names))


def _texts(claim: Any) -> set[str]:
    """A claim that should be a list of texts; anything else says nothing."""
    return {text for text in claim if isinstance(text, str)} if isinstance(claim, list) else set()
