"""How far a client has come before the rule that a test is about."""

from datetime import date

from django.db import transaction

from clients.models import Client, Document
from plans.models import Decision, Goal, Referral, Rehabilitation
from soskuntoutus import clock
from soskuntoutus.demo.cast import Cast, make_assigned
from soskuntoutus.organisation.models import User

RECEIVED_ON = date(2026, 3, 2)
FIRST_DAY = date(2026, 4, 13)
LAST_DAY = date(2026, 7, 12)
REASONS = "Kuntoutus vahvistaa arjen taitoja. " * 8

GOAL = {
    "client_words": "Haluun et laskut ei kasaannu.",
    "area": Goal.Area.DAILY_LIFE,
    "achievable": "Laskut avataan yhdessä joka viikko.",
}


def accepted_referral(cast: Cast, name: str = "Iida Salmi", *, received_on: date = RECEIVED_ON) -> Referral:
    """A client of Sanna's whose referral Leena has accepted for the team."""
    first, last = name.split(" ", 1)
    client = Client.objects.create(first_names=first, last_name=last)
    matter = make_assigned(client, cast.sanna, received_on)
    document = Document(client=client, matter=matter, kind="referral", language="fi", created_by=cast.sanna)
    document.content = {"purpose": "Arjen taidot", "client_agrees": True}
    with transaction.atomic():
        document.seal(by=cast.sanna)
        matter.refer_to(cast.team)
    referral = Referral.objects.create(
        client=client, matter=matter, document=document, to_unit=cast.team, sent_at=document.signed_at
    )
    return referral.accept(by=cast.leena)


def reserved(
    cast: Cast, worker: User, first_day: date = FIRST_DAY, name: str = "Iida Salmi", **facts
) -> Rehabilitation:
    """The same client with a worker reserved."""
    return accepted_referral(cast, name, **facts).reserve(worker=worker, first_day=first_day, by=cast.leena)


def decided(rehabilitation: Rehabilitation, *, by: User) -> Decision:
    """A positive decision on the next period, on everything it needs."""
    client, matter = rehabilitation.client, rehabilitation.matter
    if not client.assessments.exists():
        _assessed(rehabilitation, by=by)
        Goal.put(rehabilitation=rehabilitation, **GOAL, target_on=rehabilitation.anchor, by=by)
    content = {
        "outcome": "granted",
        "provision": "own",
        "individual": "kerran viikossa",
        "text": REASONS,
        "legal_basis": "SHL 45 §",
        "info_name": by.get_full_name(),
        "info_phone": "09 000 0000",
        "info_address": "Esimerkkikatu 1",
    }
    document = Document.objects.create(
        client=client, matter=matter, kind="decision", language="fi", created_by=by, content=content
    )
    return Decision.sign(document=document, rehabilitation=rehabilitation, by=by)


def evaluated(rehabilitation: Rehabilitation) -> None:
    """The newest period has been evaluated today."""
    rehabilitation.current_period.mark_evaluated(clock.today())


def _assessed(rehabilitation: Rehabilitation, *, by: User) -> None:
    """Signed assessment, with the written reason why no client plan is made."""
    client, matter = rehabilitation.client, rehabilitation.matter
    document = Document(client=client, matter=matter, kind="assessment", language="fi", created_by=by)
    reason = {"no_plan_reason": "Asiakas ei halua suunnitelmaa."}
    document.content = reason
    document.signed_at, document.signed_by, document.sha256 = clock.now(), by, document.checksum()
    document.save()
    client.assessments.create(
        document=document,
        signed_on=clock.today(),
        special_support=False,
        continues=True,
        nature="3",
        needs_own_worker=True,
        plan_needed=False,
        proposes_rehabilitation=True,
    )
