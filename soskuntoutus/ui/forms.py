"""Forms that ask in plain words, keep every typed word, and leave the rules to the verb they perform."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.forms.renderers import TemplatesSetting
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from soskuntoutus.ui import drafts
from soskuntoutus.ui.widgets import Voice, Words

BOXES = {"area": forms.Textarea, "select": forms.Select, "input": forms.widgets.Input}
CHOICES = (forms.RadioSelect, forms.CheckboxSelectMultiple)


class BoundField(forms.BoundField):
    """A field on a page: what it is drawn as, what it is described by, and where its error link leads."""

    @property
    def shape(self) -> str:
        """The drawing in ui/forms/field.html: hidden, box, check, picks or group."""
        widget = self.field.widget
        if widget.is_hidden:
            return "hidden"
        if isinstance(widget, CHOICES):
            return "picks"
        if isinstance(widget, forms.CheckboxInput):
            return "check"
        return "group" if widget.use_fieldset else "box"

    @property
    def several(self) -> bool:
        return isinstance(self.field.widget, forms.CheckboxSelectMultiple)

    @property
    def layout(self) -> str:
        """The CSS class of a group of choices."""
        return getattr(self.field.widget, "layout", "picks")

    @property
    def focus_id(self) -> str:
        """The id of the control a link to this field lands on."""
        return f"{self.auto_id}_0" if self.shape in ("picks", "group") else self.id_for_label

    def build_widget_attrs(self, attrs, widget=None):
        widget = widget or self.field.widget
        attrs = super().build_widget_attrs(attrs, widget)
        if not widget.is_hidden and "autocomplete" not in widget.attrs:
            attrs.setdefault("autocomplete", "off")
        if self.shape == "box":
            attrs["placeholder"] = False  # the label says it, and stays while one types
            boxes = [name for name, kind in BOXES.items() if isinstance(widget, kind)]
            attrs["class"] = " ".join(dict.fromkeys([*boxes, *widget.attrs.get("class", "").split()]))
        return attrs


class Renderer(TemplatesSetting):
    """Draws every form of the service (settings.FORM_RENDERER)."""

    form_template_name = "ui/forms/form.html"
    field_template_name = "ui/forms/field.html"
    bound_field_class = BoundField


@dataclass(frozen=True)
class Section:
    """A titled part of a form; each row holds the fields that stand side by side."""

    title: str
    help: str
    rows: Sequence[Sequence[BoundField]]


@dataclass(frozen=True)
class Difference:
    """A field where what is saved now and what the user wrote are not the same."""

    label: str
    now: str
    own: str


class ActionForm(forms.Form):
    """A form for one deed. `fieldsets = [(title, [names], help)]`; a tuple of names stands on one line.

    `shared` is a form that changes what others may change meanwhile: its save is refused once if they have.
    """

    fieldsets: ClassVar[Iterable[tuple[str, Sequence[str | tuple[str, ...]], str]]] = ()
    shared: ClassVar[bool] = False
    use_required_attribute = False
    outcome: Any = None
    refused_by = ""  # the verb whose rules refused the deed
    saved = crossed = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)

    def full_clean(self) -> None:
        for bound in self:
            _say_what_is_missing(bound)
        super().full_clean()

    def perform(self, verb: Callable[..., Any], **facts: Any) -> bool:
        """Do the deed with what was typed; a refusal lands beside the field it is about.

        The user's draft of the form goes with the deed, and stays with a refusal.
        """
        if not self.is_valid() or self._changed_meanwhile():
            self._keep()
            return False
        try:
            with transaction.atomic():
                self.outcome = verb(**self.cleaned_data, **facts)
                if self.writing:
                    self.writing.forget()
        except ValidationError as refusal:
            self.refuse(refusal)
            self._keep()
            return False
        self.saved = True
        return True

    def refuse(self, refusal: ValidationError) -> None:
        """Show why the deed was refused; what concerns no field of this form goes to the summary."""
        self.refused_by = getattr(refusal, "verb", "")
        for name, errors in refusal.update_error_dict({}).items():
            self.add_error(name if name in self.fields else None, errors)

    # What is typed and not yet saved

    @cached_property
    def writing(self) -> drafts.Writing | None:
        """The user's draft of this form, where the page keeps drafts."""
        return drafts.writing(self.basis)

    @property
    def basis_shown(self) -> str:
        """What the page says the form began with; nothing once a part of the deed is saved."""
        return "" if self.saved else self.basis

    @property
    def has_words(self) -> bool:
        """Whether something is written in it, and not only chosen."""
        return any(isinstance(bound.field, forms.CharField) for bound in self.visible_fields())

    @cached_property
    def basis(self) -> str:
        """A fingerprint of what a shared form begins with."""
        if not self.shared:
            return ""
        began = json.dumps(self.initial, sort_keys=True, default=str)
        return salted_hmac("basis", began, algorithm="sha256").hexdigest()

    def get_initial_for_field(self, field: forms.Field, field_name: str) -> Any:
        initial = super().get_initial_for_field(field, field_name)
        if self.is_bound or self.writing is None:
            return initial
        return drafts.put_in(self.writing.typed, field, field_name, initial)

    def differences(self) -> Iterator[Difference]:
        """Where the user's own text and what others have saved meanwhile are not the same."""
        if not self.crossed and not (self.writing and self.writing.outdated):
            return
        for bound in self.visible_fields():
            now = super().get_initial_for_field(bound.field, bound.name)
            own = bound.value()
            if bound.field.has_changed(now, own):
                yield Difference(bound.label, _in_words(bound, now), _in_words(bound, own))

    def _changed_meanwhile(self) -> bool:
        began = self.data.get("draft-basis")
        self.crossed = bool(began) and not self.saved and began != self.basis
        if self.crossed:
            self.add_error(
                None,
                _(
                    "This has been changed since you opened it. Compare the two texts above the form, "
                    "take what you need into yours, and save again."
                ),
            )
        return self.crossed

    def _keep(self) -> None:
        if self.writing is None or self.saved:
            return
        typed = {}
        for name in self.changed_data:
            typed |= drafts.posted_in(self.data, self.fields[name], name)
        self.writing.keep(typed)

    @property
    def sections(self) -> list[Section]:
        """The visible fields in their titled parts; what no fieldset names comes last, without a title."""
        sections = []
        left = {bound.name: bound for bound in self.visible_fields()}
        for title, names, help_text in self.fieldsets:
            lines = ((name,) if isinstance(name, str) else name for name in names)
            rows = [[left.pop(name) for name in line] for line in lines]
            sections.append(Section(title, help_text, rows))
        if left:
            sections.append(Section("", "", [[bound] for bound in left.values()]))
        return sections


def _in_words(bound: forms.BoundField, value: Any) -> str:
    prepared = bound.field.prepare_value(value)
    values = prepared if isinstance(prepared, list | tuple) else [prepared]
    chosen = {str(key): str(label) for key, label in getattr(bound.field, "choices", ())}
    if isinstance(bound.field, forms.BooleanField):
        chosen = {"True": pgettext("ui", "Yes"), "False": pgettext("ui", "No")}
    return ", ".join(chosen.get(str(each), str(each)) for each in values if each not in (None, ""))


def _say_what_is_missing(bound: BoundField) -> None:
    # A form may say it better; Django's own sentence does not tell which field it speaks of.
    if bound.field.error_messages["required"] == forms.Field.default_error_messages["required"]:
        choose = isinstance(bound.field, forms.ChoiceField | forms.ModelChoiceField)
        sentence = _("Choose: %(label)s.") if choose else _("Fill in: %(label)s.")
        bound.field.error_messages["required"] = sentence % {"label": bound.label}


class TextField(forms.CharField):
    """Free words. No length is cut in the browser: a pasted text must not lose its end in silence."""

    widget = Words

    def widget_attrs(self, widget):
        return {}


class VoiceField(TextField):
    """The client's own words, written where they look like the client's own words."""

    widget = Voice
