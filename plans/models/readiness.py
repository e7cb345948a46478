"""What a positive decision stands on besides its own words (domain.md 2.3, 4.6, 5.3)."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from clients.models import Client, Document
from plans.models.period import LAST, MONTHS
from plans.models.referral import has_client_plan
from plans.models.rehabilitation import Rehabilitation
from soskuntoutus import clock
from soskuntoutus.organisation.models import DelegationRule, User
from soskuntoutus.organisation.roles import Title

Missing = Iterator[tuple[str, str]]


def missing_for_decision(
    document: Document, rehabilitation: Rehabilitation | None, by: User
) -> list[tuple[str, str]]:
    """The sentence for each thing that is missing, with a code to link by."""
    return [
        *_of_the_client(document.client),
        *_of_the_work(rehabilitation),
        *_of_special_support(document.client, by),
        *_of_power(rehabilitation, by),
        *(_of_the_days(document, rehabilitation) if rehabilitation else ()),
    ]


def rule_for(rehabilitation: Rehabilitation | None, by: User) -> DelegationRule | None:
    """The delegation rule by which this person may grant the next period today, if there is one."""
    kinds = DelegationRule.Kind
    kind = kinds.CONTINUE if rehabilitation and rehabilitation.current_period else kinds.GRANT
    return DelegationRule.objects.allowing(by, kind, months=MONTHS).first()


def _of_the_client(client: Client) -> Missing:
    if not client.assessments.filter(document__replaced_at=None).exists():
        yield "assessment", _("The assessment of service needs is not signed.")
    if client.own_worker_today() is None:
        yield "own_worker", _("The client has no own worker.")
    if not has_client_plan(client):
        yield "client_plan", _("The client plan is not signed, and there is no reason why none is made.")


def _of_the_work(rehabilitation: Rehabilitation | None) -> Missing:
    if rehabilitation is None or not rehabilitation.goals.current().exists():
        yield "goal", _("There is no goal in the client's own words.")
    slot = rehabilitation.slot if rehabilitation else None
    if slot is None or (slot.confirmed_at is None and slot.reserved_until < clock.today()):
        yield "slot", _("No worker is reserved: a service is granted only together with who carries it out.")


def _of_special_support(client: Client, by: User) -> Missing:
    """SHL 42 and 46 §: a social worker in public office decides, and is the own worker or beside them."""
    assessment = client.assessments.filter(document__replaced_at=None).first()
    if assessment is None or not assessment.special_support:
        return
    if not by.holds_public_office(Title.SOCIAL_WORKER):
        yield (
            "special_support",
            _("The client has a right to special support: a social worker in public office decides."),
        )
    assigned = client.assignments.in_force().select_related("worker")
    if not any(row.worker.holds_public_office(Title.SOCIAL_WORKER) for row in assigned):
        yield (
            "special_support",
            _(
                "The client has a right to special support: a social worker in public office "
                "must be among those assigned."
            ),
        )


def _of_power(rehabilitation: Rehabilitation | None, by: User) -> Missing:
    if rule_for(rehabilitation, by) is None:
        yield (
            "delegation",
            _("Your post gives no power to make this decision. Ask whoever the delegation rule names."),
        )


def _of_the_days(document: Document, rehabilitation: Rehabilitation) -> Missing:
    period = rehabilitation.current_period
    if period is None:
        if rehabilitation.anchor > clock.implementation_limit(document.matter.received_on).latest:
            yield "implementation", _("The service must begin within three months of the contact (45 §).")
        if rehabilitation.anchor < clock.today():
            yield "first_day", _("The first day has passed. Reserve the worker again from a later day.")
        return
    if period.evaluated_on is None:
        yield "evaluation", _("Evaluate the period with the client first.")
    if clock.today() > period.last_day:
        yield "period", _("The period has ended: a decision to continue is signed before it does.")
    if period.number == LAST:
        yield "year", _("Social rehabilitation lasts a year at most: make a new assessment of the need.")
