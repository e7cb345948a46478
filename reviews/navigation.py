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
ALL_FIGURES = Item(pgettext_lazy("menu", "Figures"), "reviews:figures", "chart")
LOG = Item(pgettext_lazy("menu", "Log"), "reviews:desk", "search", ("reviews:log", "reviews:log_results"))
ALERTS = Item(pgettext_lazy("menu", "Worth a look"), "reviews:log_alerts", "info")
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
WITHOUT_FILES = {
    Permission.READ_CONTACTS: [INTAKE],
    Permission.READ_FIGURES: [FIGURES],
    Permission.MANAGE_ORGANISATION: [OWN_PAGE, RIGHTS, ADMIN],
    Permission.READ_LOG: [LOG, ALERTS],
    Permission.USE: [OWN_PAGE],
}
"""The menus of those who read no client's file, by the first of these permissions that they have."""


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
        referrals = [REFERRALS] if user.may(Permission.ANSWER_REFERRAL) else []
        figures = [ALL_FIGURES] if user.may(Permission.READ_FIGURES) else []
        return [UNIT, CLIENTS, *referrals, *_field(user), *figures]
    if user.may(Permission.READ_CLIENTS):
        return [DESK, CLIENTS, *_field(user)]
    return next((items for permission, items in WITHOUT_FILES.items() if user.may(permission)), [])


def _field(user: User) -> list[Item]:
    groups = [GROUPS] if user.may(Permission.LEAD_GROUPS) else []
    return [*groups, *([INTAKE] if user.may(Permission.READ_CONTACTS) else [])]
