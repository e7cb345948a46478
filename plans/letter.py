"""The letter of a decision (hallintolaki 43–47 §): what the signature freezes, and the paper it prints."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation

from clients.models import Document
from plans.models.period import period_bounds
from plans.models.rehabilitation import Rehabilitation
from soskuntoutus import clock
from soskuntoutus.organisation.models import DelegationRule, User, Value
from soskuntoutus.secrets import decrypt, encrypt


@dataclass(frozen=True)
class Letter:
    """What the client reads. A draft shows its gaps; a signature has refused them."""

    document: Document
    content: dict[str, Any]

    @property
    def language(self) -> str:
        """The client's language of service, whatever the worker's screen speaks (kielilaki 10 §)."""
        return self.document.language

    @property
    def is_draft(self) -> bool:
        return not self.document.is_signed

    @property
    def gaps(self) -> set[str]:
        """The fields that a signature would still refuse."""
        return set(self.document.schema.missing(self.content)) if self.is_draft else set()

    @property
    def facts(self) -> dict[str, Any]:
        """What was true of the authority, the party and the signer when the decision was signed."""
        return self.content["letter"]

    @property
    def decided_on(self) -> date:
        return date.fromisoformat(self.facts["decided_on"])

    @property
    def received_on(self) -> date:
        return date.fromisoformat(self.facts["received_on"])

    @property
    def first_day(self) -> date | None:
        return _day(self.content.get("valid_from"))

    @property
    def last_day(self) -> date | None:
        return _day(self.content.get("valid_to"))

    @property
    def identity_code(self) -> str:
        return _clear(self.facts["party"]["identity"])

    @property
    def address(self) -> str:
        """The party's address; never a protected one, even if the order came after the signature."""
        return "" if self.document.client.details.protected else _clear(self.facts["party"]["address"])

    def as_pdf(self) -> bytes:
        """The paper, in the client's language, as PDF/A."""
        from soskuntoutus.ui import pdf  # noqa: PLC0415 - only printing needs the machine's own libraries

        with translation.override(self.language):
            return pdf.write(render_to_string("plans/letter.html", {"letter": self}))


def signed_letter(document: Document) -> Letter:
    """The letter of a signed decision, of nothing but what was signed."""
    return Letter(document, document.content)


def drafted_letter(
    document: Document, content: dict[str, Any], rehabilitation: Rehabilitation | None, *, by: User
) -> Letter:
    """How the letter would read if this person signed it today."""
    return Letter(document, content | frozen(document, rehabilitation, by=by))


def frozen(
    document: Document, rehabilitation: Rehabilitation | None, *, by: User, rule: DelegationRule | None = None
) -> dict[str, Any]:
    """What the signature adds to the written words, so that the letter reads the same ever after."""
    client, language, today = document.client, document.language, clock.today()
    details = client.details
    slot = rehabilitation.slot if rehabilitation else None
    period = rehabilitation.next_number if rehabilitation else 1
    starts, ends = period_bounds(rehabilitation.anchor, period) if rehabilitation else (None, None)
    with translation.override(language):
        return {
            "valid_from": starts and starts.isoformat(),
            "valid_to": ends and ends.isoformat(),
            "letter": {
                "number": number(document, today) if document.pk else "",
                "period": period,
                "decided_on": today.isoformat(),
                "matter": document.matter.number,
                "received_on": document.matter.received_on.isoformat(),
                "organiser": Value.of(Value.Key.ORGANISER)[language],
                "unit": _unit(by, language),
                "party": {
                    "name": client.name,
                    "identity": client.identity_cipher,
                    "address": "" if details.protected else encrypt(details.address),
                },
                "worker": {"name": str(slot.worker), "title": slot.worker.title} if slot else None,
                "signer": {"name": str(by), "title": by.title, "rule": rule.source if rule else ""},
                "review_body": Value.of(Value.Key.REVIEW_BODY)[language],
            },
        }


def number(document: Document, decided_on: date) -> str:
    """The decision's number (päätöstunnus): the year, and the paper's own number."""
    return f"SK-{decided_on.year}-{document.pk:05d}"


def _unit(by: User, language: str) -> dict[str, str]:
    unit = by.unit
    return {"name": unit.name_in(language), "address": unit.address, "phone": unit.phone} if unit else {}


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _clear(cipher: str) -> str:
    return decrypt(cipher) if cipher else ""
