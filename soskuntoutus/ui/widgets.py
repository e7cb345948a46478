"""Native controls with the look of the service."""

from typing import Any, Literal

from django import forms

from soskuntoutus import clock

LAYOUTS = {
    "flow": "picks",
    "rows": "picks--rows",
    "two": "picks--2",
    "seg": "seg seg--plain",
    "seg5": "seg seg--plain seg--5",
    "tones": "seg",
}
Layout = Literal["flow", "rows", "two", "seg", "seg5", "tones"]


class LaidOut:
    """Choices side by side, in rows for long texts, in two columns, or as one bar of a few short ones."""

    def __init__(self, *args: Any, layout: Layout = "flow", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.layout = LAYOUTS[layout]


class Picks(LaidOut, forms.RadioSelect):
    """One of a few, each face a target for a thumb."""


class ManyPicks(LaidOut, forms.CheckboxSelectMultiple):
    """Any of a few, each face a target for a thumb."""


class Words(forms.Textarea):
    """A text that grows as it is written; `short` for a sentence or two."""

    def __init__(self, attrs: dict[str, Any] | None = None, *, short: bool = False) -> None:
        super().__init__({"class": "area--short" if short else "", **(attrs or {})})
        del self.attrs["cols"], self.attrs["rows"]


class Voice(Words):
    """The client's words: serif on sand, as everywhere they are shown."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"class": "area--short area--voice", **(attrs or {})})


class Digits(forms.TextInput):
    """A date or a time typed as text; a phone's number pad has a full stop or a comma, and both do."""

    def __init__(self, kind: Literal["date", "time"]) -> None:
        super().__init__({"class": f"input input--{kind}", "inputmode": "decimal"})


class DayAndTime(forms.MultiWidget):
    """The two controls of a moment."""

    template_name = "ui/forms/moment.html"
    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__((Digits("date"), Digits("time")), attrs)

    def decompress(self, value):
        if value is None:
            return [None, None]
        local = clock.local(value)
        return [local.date(), local.time().replace(second=0, microsecond=0)]
