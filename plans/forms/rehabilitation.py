"""The implementation plan, the first day and the last."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from clients.forms.document import DocumentForm, MayWait
from clients.models import Document
from plans.models import Rehabilitation, WorkForm
from plans.schemas import SERVICE_PLAN
from soskuntoutus.organisation.models import User, Value
from soskuntoutus.ui.forms import ActionForm, TextField
from soskuntoutus.ui.widgets import Picks

ONE_TO_31 = _("Write a number from 1 to 31.")


class FormField(MayWait, forms.ChoiceField):
    pass


class DaysField(MayWait, forms.IntegerField):
    pass


class ServicePlanForm(DocumentForm):
    """The plan by its schema, with how the work is done and how often people meet (HEL-9, HEL-12)."""

    def __init__(self, data=None, *, draft: Document, rehabilitation: Rehabilitation, **kwargs):
        content, before = draft.content, rehabilitation.work_forms.last()
        rhythm = before.every_days if before else Value.of(Value.Key.RHYTHM_DAYS)
        agreed = {
            "form": content.get("work_form") or (before and before.form),
            "every_days": content.get("every_days") or rhythm,
        }
        super().__init__(SERVICE_PLAN, data, initial={**content, **agreed}, **kwargs)
        self.kept = content
        self.fields["form"] = FormField(
            label=_("Work form"), choices=WorkForm.Form.choices, widget=Picks(layout="two")
        )
        self.fields["every_days"] = DaysField(
            label=_("Days between meetings"),
            min_value=1,
            max_value=31,
            error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), ONE_TO_31),
            help_text=_("About every two weeks, unless something else suits the client better."),
            widget=forms.TextInput({"inputmode": "numeric", "class": "input--time"}),
        )
        self.fieldsets = [
            (title, ["form", "every_days", *names] if "content" in names else names, help_text)
            for title, names, help_text in self.fieldsets
            if names
        ]


def keep(*, content: dict, form: str, every_days: int | None, document: Document, by: User) -> Document:
    """Keep the draft, with the work form and the rhythm chosen so far."""
    return document.write(content={**content, "work_form": form, "every_days": every_days or ""}, by=by)


def sign(
    *,
    content: dict,
    form: str,
    every_days: int | None,
    document: Document,
    rehabilitation: Rehabilitation,
    by: User,
) -> Document:
    """Sign what is written."""
    if not form:
        raise ValidationError({"form": _("Choose the work form.")})
    if not every_days:
        raise ValidationError({"every_days": ONE_TO_31})
    document.write(content=content, by=by)
    return rehabilitation.sign_plan(document=document, form=form, every_days=every_days, by=by)


class StartForm(ActionForm):
    """The first day."""

    words = TextField(label=_("How it began"), required=False, help_text=_("The client can read this."))


class EndForm(ActionForm):
    """The reason and the words for the end (19012)."""

    reason = forms.ChoiceField(
        label=_("Reason for the end"),
        choices=[each for each in Rehabilitation.End.choices if each[0] != Rehabilitation.End.NOT_GRANTED],
        widget=Picks(layout="two"),
    )
    words = TextField(
        label=_("Reasons for the end"),
        help_text=_("What was reached, what was agreed, and what comes next. The client can read this."),
    )
