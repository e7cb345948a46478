"""Proposing social rehabilitation, answering a proposal, reserving the worker."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from clients.forms.document import DocumentForm, MayWait
from clients.models import Client, Document
from plans.board import Board, workers_of
from plans.models import Referral
from plans.schemas import REFERRAL
from soskuntoutus import clock
from soskuntoutus.organisation.models import Unit, User
from soskuntoutus.organisation.roles import Title
from soskuntoutus.ui import dates
from soskuntoutus.ui.forms import ActionForm, TextField
from soskuntoutus.ui.moments import DateField
from soskuntoutus.ui.parts import Choice
from soskuntoutus.ui.widgets import Picks, Words

BESIDE = {
    "assignment_one_client_per_worker": "first_day",
    "assignment_one_responsible": "first_day",
    "blocked": "worker",
}


class ReceiverField(MayWait, forms.ModelChoiceField):
    pass


class ReferralForm(DocumentForm):
    """The referral by its schema, and the unit it goes to: the sender's own or another."""

    def __init__(self, data=None, *, draft: Document, **kwargs):
        initial = {"to_unit": draft.matter.unit_id, **draft.content}
        super().__init__(REFERRAL, data, initial=initial, **kwargs)
        receivers = Unit.objects.exclude(kind=Unit.Kind.ORGANISER)
        self.fields["to_unit"] = ReceiverField(receivers, label=_("Receiving unit"), empty_label=None)
        title, names, help_text = self.fieldsets[0]
        self.fieldsets[0] = (title, ["to_unit", *names], help_text)


def keep(*, content: dict, to_unit: Unit | None, document: Document, by: User) -> Document:
    """Keep the draft and the unit chosen so far."""
    return document.write(content={**content, "to_unit": to_unit and to_unit.pk}, by=by)


def send(*, content: dict, to_unit: Unit | None, document: Document, by: User) -> Referral:
    """Send what is written to the unit chosen."""
    if to_unit is None:
        raise ValidationError({"to_unit": _("Choose the receiving unit.")})
    document.write(content={name: value for name, value in content.items() if name != "to_unit"}, by=by)
    return Referral.send(document=document, to_unit=to_unit, by=by)


class ReturnForm(ActionForm):
    """Returning a referral to the sender."""

    reason = TextField(
        label=_("Why the referral is returned"),
        help_text=_("The sender reads this. Say what is missing, or where else to refer the client."),
        widget=Words(short=True),
    )


class WorkerField(forms.ModelChoiceField):
    """One of the unit's workers, with the first day on which three months are free."""

    widget = Picks(layout="rows")
    board: Board

    def label_from_instance(self, worker):
        free = self.board.free_from(worker)
        words = _("%(title)s, free now") if free <= clock.today() else _("%(title)s, free from %(day)s")
        facts = {"title": Title(worker.post_title).label, "day": dates.plain(free)}
        return Choice(str(worker), more=words % facts)


class ReservationForm(ActionForm):
    """The worker and the first day. What the rule of one client per worker refuses is said beside the day."""

    worker = WorkerField(
        User.objects.none(), label=_("Responsible worker"), empty_label=None, to_field_name="uuid"
    )
    first_day = DateField(
        label=_("First day"),
        help_text=_("A worker has one rehabilitation client at a time. The next can begin the day after."),
    )

    def __init__(self, *args, board: Board, client: Client, unit: Unit, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["worker"].board = board
        self.fields["worker"].queryset = workers_of(unit).exclude(relation_blocks__client=client)

    def refuse(self, refusal: ValidationError) -> None:
        for field, errors in refusal.update_error_dict({}).items():
            for error in errors:
                self.add_error(BESIDE.get(error.code, field if field in self.fields else None), error)
