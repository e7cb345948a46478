"""Forms that ask in plain words, keep every typed word, and leave the rules to the verb they perform."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext_lazy as _

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


class ActionForm(forms.Form):
    """A form for one deed. `fieldsets = [(title, [names], help)]`; a tuple of names stands on one line."""

    fieldsets: ClassVar[Iterable[tuple[str, Sequence[str | tuple[str, ...]], str]]] = ()
    use_required_attribute = False
    outcome: Any = None
    refused_by = ""  # the verb whose rules refused the deed

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)

    def full_clean(self) -> None:
        for bound in self:
            _say_what_is_missing(bound)
        super().full_clean()

    def perform(self, verb: Callable[..., Any], **facts: Any) -> bool:
        """Do the deed with what was typed; a refusal lands beside the field it is about."""
        if not self.is_valid():
            return False
        try:
            with transaction.atomic():
                self.outcome = verb(**self.cleaned_data, **facts)
        except ValidationError as refusal:
            self.refuse(refusal)
            return False
        return True

    def refuse(self, refusal: ValidationError) -> None:
        """Show why the deed was refused; what concerns no field of this form goes to the summary."""
        self.refused_by = getattr(refusal, "verb", "")
        for name, errors in refusal.update_error_dict({}).items():
            self.add_error(name if name in self.fields else None, errors)

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
