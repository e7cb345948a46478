"""The form of a decision, and the one by which it is told how the decision was sent."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from clients.forms.document import DocumentForm
from clients.models import Assignment, Client, Document
from plans.models import Delivery
from plans.schemas import DECISION, LEGAL_BASIS
from soskuntoutus.organisation.models import User
from soskuntoutus.ui.forms import ActionForm
from soskuntoutus.ui.moments import DateField
from soskuntoutus.ui.parts import Choice
from soskuntoutus.ui.widgets import Picks


class DecisionForm(DocumentForm):
    """The decision on social rehabilitation. Its dates are not asked: they follow from the first day."""

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, initial: dict[str, Any], slot: Assignment | None
    ):
        super().__init__(DECISION, data, initial=initial)
        self.fields["outcome"].widget = Picks(layout="seg", choices=self.fields["outcome"].choices)
        if slot is not None:
            own, *others = self.fields["provision"].choices
            self.fields["provision"].choices = [(own[0], Choice(own[1], more=str(slot.worker))), *others]
        self.fields["text"].help_text = _(
            "Tell the facts, and how they lead to the decision for this very person."
        )


def beginning(client: Client, by: User, previous: Document | None) -> dict[str, Any]:
    """What a new decision says before anything is typed: in the client's language, and as agreed before."""
    unit = by.unit
    earlier = previous.content if previous else {}
    with translation.override(client.language):
        return {
            "provision": "own",
            "individual": earlier.get("individual", ""),
            "group": earlier.get("group", ""),
            "legal_basis": str(LEGAL_BASIS),
            "info_name": str(by),
            "info_phone": by.phone or (unit.phone if unit else ""),
            "info_address": unit.address if unit else "",
        }


class DeliveryForm(ActionForm):
    """How a signed decision went to one recipient."""

    recipient = forms.CharField(label=_("To whom"), max_length=200)
    way = forms.ChoiceField(label=_("How it was sent"), choices=Delivery.Way, widget=Picks(layout="rows"))
    sent_on = DateField(label=_("Sent on"))
    received_on = DateField(
        label=_("Day on the signed receipt"),
        required=False,
        help_text=_("Only if it was sent against a signed receipt."),
    )
