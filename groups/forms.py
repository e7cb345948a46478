"""What is asked about a group, a session of it, and a client's place in it."""

from datetime import date

from django import forms
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from groups.access import Participant
from groups.models import Attendance, Group
from groups.models.group import own_line
from soskuntoutus import clock
from soskuntoutus.ui import dates
from soskuntoutus.ui.forms import ActionForm, TextField
from soskuntoutus.ui.moments import DateField, TimeField
from soskuntoutus.ui.parts import Choice
from soskuntoutus.ui.widgets import Picks, Words

PRESENCE = Attendance.Presence
PRESENCES = [
    (PRESENCE.PRESENT, Choice(pgettext_lazy("attendance", "Here"), icon="check", tone="in")),
    (PRESENCE.TOLD, Choice(pgettext_lazy("attendance", "Let us know"), icon="phone", tone="told")),
    (PRESENCE.ABSENT, Choice(pgettext_lazy("attendance", "Not here"), icon="cross", tone="out")),
]


class GroupForm(ActionForm):
    """A new group: when and where it meets, from which day to which."""

    fieldsets = (
        (_("The group"), ["name", "place", "capacity"], ""),
        (_("When it meets"), ["weekday", ("begins", "ends"), ("first_day", "last_day")], ""),
    )
    name = forms.CharField(label=_("Name of the group"), max_length=80)
    place = forms.CharField(label=_("Where the group meets"), max_length=120)
    capacity = forms.IntegerField(
        label=_("Places in the group"),
        min_value=1,
        max_value=100,
        widget=forms.TextInput({"class": "input--time", "inputmode": "numeric"}),
    )
    weekday = forms.TypedChoiceField(
        label=pgettext_lazy("group", "Weekday"), choices=Group.Weekday, coerce=int
    )
    begins = TimeField(label=_("Begins at"))
    ends = TimeField(label=_("Ends at"))
    first_day = DateField(label=_("First day"))
    last_day = DateField(label=_("Last day"))


class SessionForm(ActionForm):
    """One session: a mark and perhaps a line for each participant, and one common note without names."""

    on = DateField(label=_("Day of the session"))
    others = forms.IntegerField(
        label=_("Others present"),
        help_text=_("Only how many, no names."),
        required=False,
        min_value=0,
        max_value=99,
        widget=forms.TextInput({"class": "input--time", "inputmode": "numeric"}),
    )
    theme = forms.CharField(label=pgettext_lazy("group", "Theme"), max_length=120, required=False)
    note = TextField(
        label=_("What the group did"),
        help_text=_("This is kept for the group. Write no names."),
        required=False,
        widget=Words(short=True),
    )

    def __init__(self, *args, participants: list[Participant], **kwargs):
        super().__init__(*args, **kwargs)
        self.participants = participants
        for participant in participants:
            self.fields[mark_of(participant)] = forms.ChoiceField(
                label=participant.name,
                choices=PRESENCES,
                widget=Picks(layout="tones"),
                error_messages={
                    "required": _("Mark whether %(name)s was here.") % {"name": participant.name}
                },
            )
            self.fields[own_line(participant.client)] = TextField(
                label=_("Only into %(name)s's own record") % {"name": participant.name},
                required=False,
                widget=Words(short=True),
            )

    @property
    def rows(self) -> list[tuple[Participant, forms.BoundField, forms.BoundField]]:
        """Each participant with the field of the mark and the field of the own line."""
        return [(each, self[mark_of(each)], self[own_line(each.client)]) for each in self.participants]

    def clean(self):
        """Gather the marks into what the deed takes: client → (presence, own line)."""
        typed = super().clean()
        presences = {
            each.client: (typed.pop(mark_of(each), ""), typed.pop(own_line(each.client), ""))
            for each in self.participants
        }
        return {**typed, "others": typed.get("others") or 0, "presences": presences}

    def rest_present(self) -> dict:
        """What has been typed so far, with everyone not yet marked marked as present."""
        typed = {name: self[name].data for name in self.fields if self[name].data}
        return {**{mark_of(each): PRESENCE.PRESENT for each in self.participants}, **typed}


class EnrolForm(ActionForm):
    """A place in a group for a client: without days, for as long as both the group and the decision last."""

    group = forms.ModelChoiceField(
        label=pgettext_lazy("group", "Group"),
        queryset=Group.objects.none(),
        widget=Picks(layout="rows"),
        empty_label=None,
    )
    first_day = DateField(label=_("First day in the group"), required=False)
    last_day = DateField(
        label=_("Last day in the group"),
        help_text=_("If you leave a day empty, the place lasts as long as the group and the decision do."),
        required=False,
    )

    def __init__(self, *args, first_day: date, last_day: date | None, **kwargs):
        super().__init__(*args, **kwargs)
        self.decided = first_day, last_day
        here = Count("enrolments", filter=Q(enrolments__during__contains=clock.today()))
        field = self.fields["group"]
        field.queryset = (
            Group.objects.filter(during__endswith__gt=clock.today())
            .annotate(here=here)
            .order_by("name", "pk")
        )
        field.label_from_instance = _described

    def clean(self):
        """Fill in the days that were left empty."""
        typed = super().clean()
        if group := typed.get("group"):
            first, last = self.decided
            typed["first_day"] = typed.get("first_day") or max(first, group.during.lower)
            typed["last_day"] = typed.get("last_day") or min(last or group.last_day, group.last_day)
        return typed


def mark_of(participant: Participant) -> str:
    """The name of the field where a participant is marked."""
    return f"presence_{participant.client.pk}"


def _described(group: Group) -> Choice:
    room = max(group.capacity - group.here, 0)
    times = f"{group.get_weekday_display()} {group.begins:%-H.%M}{dates.DASH}{group.ends:%-H.%M}"
    places = ngettext("%(room)d place free", "%(room)d places free", room) % {"room": room}
    more = f"{times}, {group.place}, {dates.span(group.during.lower, group.last_day)} · {places}"
    return Choice(group.name, more)
