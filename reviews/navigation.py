"""Where each role may go (settings.NAVIGATION): the same in the header and at the foot of a phone."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import pgettext_lazy

from soskuntoutus.organisation.models import User
from soskuntoutus.organisation.roles import Permission
from soskuntoutus.ui.parts import Link, Navigation


@dataclass(frozen=True)
class Item:
    """One place to go, and the pages on which it is where one is."""

    label: str
    view: str
    icon: str
    pages: Sequence[str] = ()

    def link(self, here: str) -> Link:
        """The item as this page shows it."""
        return Link(
            self.label, reverse(self.view), self.icon, current=here == self.view or here in self.pages
        )


DESK = Item(pgettext_lazy("menu", "Desk"), "reviews:desk", "home")
UNIT = Item(pgettext_lazy("menu", "Unit"), "reviews:desk", "board")
FIGURES = Item(pgettext_lazy("menu", "Figures"), "reviews:desk", "chart")
OWN_PAGE = Item(pgettext_lazy("menu", "Own page"), "reviews:desk", "home")
CLIENTS = Item(
    pgettext_lazy("menu", "Clients"),
    "clients:list",
    "people",
    ("reviews:client", "clients:details", "clients:log"),
)
GROUPS = Item(pgettext_lazy("menu", "Groups"), "groups:list", "group", ("groups:group", "groups:new"))
INTAKE = Item(
    pgettext_lazy("menu", "Incoming"),
    "clients:intake",
    "down-tray",
    ("clients:contact", "clients:matter", "clients:triage"),
)
REFERRALS = Item(
    pgettext_lazy("menu", "Referrals"),
    "plans:referrals",
    "doc",
    ("plans:referral_detail", "plans:reservation"),
)
RIGHTS = Item(pgettext_lazy("menu", "Rights"), "organisation:rights", "lock")
ADMIN = Item(pgettext_lazy("menu", "Administration"), "admin:index", "building")


def navigation(request: HttpRequest) -> Navigation:
    """The items of the user's posts of today."""
    user = request.user
    here = request.resolver_match.view_name if request.resolver_match else ""
    return Navigation(
        links=[item.link(here) for item in items_of(user)],
        user_title=user.title,
        search_url=reverse("clients:list") if user.may(Permission.READ_CLIENTS) else "",
    )


def items_of(user: User) -> list[Item]:
    """What stands in the menu of this user, in its order."""
    if user.may(Permission.LEAD_UNIT):
        return [UNIT, CLIENTS, *([REFERRALS] if user.may(Permission.ANSWER_REFERRAL) else []), *_field(user)]
    if user.may(Permission.READ_CLIENTS):
        return [DESK, CLIENTS, *_field(user)]
    if user.may(Permission.READ_CONTACTS):
        return [INTAKE]
    if user.may(Permission.READ_FIGURES):
        return [FIGURES]
    if user.may(Permission.MANAGE_ORGANISATION):
        return [OWN_PAGE, RIGHTS, ADMIN]
    return [OWN_PAGE] if user.may(Permission.USE) else []


def _field(user: User) -> list[Item]:
    groups = [GROUPS] if user.may(Permission.LEAD_GROUPS) else []
    return [*groups, *([INTAKE] if user.may(Permission.READ_CONTACTS) else [])]
