"""Which pages keep drafts (settings.DRAFT_PAGES): what each is for, and who may open it again.

A page stands here by its URL name as soon as something is written on it. The question whether it opens
repeats the page's own door and shows nothing, so it leaves no row in the use log.
"""

from collections.abc import Callable

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clients import schemas
from clients.models import Client, Document, Matter
from clients.models.sight import FILE
from groups.models import Group
from plans.models import Goal, Referral, Visit
from soskuntoutus.organisation.models import User
from soskuntoutus.ui.places import Page

Opens = Callable[[User, str], bool]


def _where(rows: Callable[[User], QuerySet]) -> Opens:
    def opens(user, subject):
        return rows(user).filter(uuid=subject.split("/")[0]).exists()

    return opens


def anyone(_user: User, _subject: str) -> bool:
    """The page asks for the role alone."""
    return True


def _files(user: User) -> QuerySet[Client]:
    return Client.objects.visible_to(user, FILE)


FILE_OF = _where(_files)
MATTER = _where(Matter.objects.visible_to)
DOCUMENT = _where(Document.objects.visible_to)
REFERRAL = _where(Referral.objects.visible_to)
GROUP = _where(Group.objects.visible_to)
GOAL = _where(lambda user: Goal.objects.filter(rehabilitation__client__in=_files(user)))
VISIT = _where(lambda user: Visit.objects.filter(client__in=_files(user)))


def _page(name: str, opens: Opens, *, anew: bool = False) -> Page:
    return Page(lambda _subject: str(name), opens, anew)


def _kind_of_paper(subject: str) -> str:
    return str(schemas.get(subject.split("/")[1]).title)


PAGES = {
    "clients:contact": _page(_("Record a contact"), anyone, anew=True),
    "clients:triage": _page(_("Assess the urgency"), MATTER),
    "clients:details": _page(_("Change the contact details"), FILE_OF),
    "clients:document_write": Page(_kind_of_paper, FILE_OF),
    "plans:referral": _page(_("Propose social rehabilitation"), FILE_OF),
    "plans:referral_detail": _page(_("Return the referral to the sender"), REFERRAL),
    "plans:goal_new": _page(_("Write a goal"), FILE_OF, anew=True),
    "plans:goal_refine": _page(_("Put the goal more exactly"), GOAL),
    "plans:service_plan": _page(_("Write the implementation plan"), FILE_OF),
    "plans:decision": _page(_("Decision on social rehabilitation"), FILE_OF),
    "plans:delivery": _page(_("Delivery of the decision"), DOCUMENT, anew=True),
    "plans:start": _page(_("Start the service"), FILE_OF),
    "plans:end": _page(_("End the service"), FILE_OF),
    "plans:visit_new": _page(_("Record a visit"), FILE_OF, anew=True),
    "plans:visit_plan": _page(_("Agree on a time"), FILE_OF, anew=True),
    "plans:visit_record": _page(_("Record a visit"), VISIT),
    "plans:visit": _page(_("Add to the record"), VISIT, anew=True),
    "reviews:evaluation": _page(_("Evaluation of a period"), FILE_OF),
    "reviews:follow_on": _page(pgettext_lazy("page", "What follows"), FILE_OF, anew=True),
    "reviews:follow_on_meeting": _page(_("Meeting with the new instructor"), FILE_OF),
    "reviews:follow_up": _page(_("Follow-up after the service"), FILE_OF),
    "groups:new": _page(_("Found a group"), anyone, anew=True),
    "groups:session_new": _page(_("Record a session"), GROUP, anew=True),
}
