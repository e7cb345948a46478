"""Setting a goal with the client, and putting it more exactly later."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from plans.models import Goal
from plans.models.goal import LEVELS
from plans.scales import signed
from soskuntoutus.ui.forms import ActionForm, TextField, VoiceField
from soskuntoutus.ui.moments import DateField
from soskuntoutus.ui.widgets import Picks, Words


def _level_name(level: int) -> str:
    return f"level_{level}"


class GoalForm(ActionForm):
    """The client's words first; the levels may come later (HEL-4, HEL-5, NOSTE-9)."""

    client_words = VoiceField(
        label=_("The goal in the client's own words"),
        help_text=_("Write it as it was said. Nothing is corrected."),
    )
    area = forms.ChoiceField(label=pgettext_lazy("ui", "Area"), choices=Goal.Area, widget=Picks)
    achievable = TextField(
        label=_("Why can it be reached during the service"),
        help_text=_("What will be done, and what is already there to build on."),
        widget=Words(short=True),
    )
    target_on = DateField(label=_("Reached by"), help_text=_("A day within the service."))
    worker_words = TextField(label=_("How you put it yourself"), required=False, widget=Words(short=True))
    means = TextField(label=_("Means and timetable"), required=False, widget=Words(short=True))
    baseline = forms.TypedChoiceField(
        label=_("Level at the start"),
        choices=[(level, signed(level)) for level in LEVELS],
        coerce=int,
        empty_value=None,
        required=False,
        widget=Picks(layout="seg5"),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for level in reversed(LEVELS):
            words = forms.TextInput()
            self.fields[_level_name(level)] = TextField(label=_LEVELS[level], required=False, widget=words)
        levels = [_level_name(level) for level in reversed(LEVELS)]
        self.fieldsets = [
            (_("The goal"), ["client_words", "area", "achievable", "target_on"], ""),
            (_("For the work"), ["worker_words", "means"], ""),
            (
                pgettext_lazy("ui", "Levels"),
                [*levels, "baseline"],
                _("The levels can wait. Write them together."),
            ),
        ]

    def clean(self):
        cleaned = super().clean()
        written = {str(level): cleaned.pop(_level_name(level), "") for level in LEVELS}
        return {**cleaned, "levels": {level: words for level, words in written.items() if words}}


_LEVELS = {
    2: _("+2: much better than expected"),
    1: _("+1: better than expected"),
    0: _("0: what is expected"),
    -1: _("−1: less than expected"),
    -2: _("−2: much less than expected"),
}


class RefinementForm(GoalForm):
    """The same goal more exactly, or given up; the version before stays in the history (NOSTE-10)."""

    dropped_reason = TextField(
        label=_("If the goal is given up: why"),
        required=False,
        help_text=_("Leave empty while the goal stands."),
        widget=Words(short=True),
    )

    def __init__(self, *args, goal: Goal, **kwargs):
        levels = {_level_name(int(level)): words for level, words in goal.levels.items()}
        kept = {name: getattr(goal, name) for name in self.base_fields}
        super().__init__(*args, initial={**kept, **levels}, **kwargs)
