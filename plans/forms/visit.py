"""What is asked about a meeting: when one is agreed on, and when it is over."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import from_current_timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from plans.models import Goal, Rehabilitation, Visit
from soskuntoutus.organisation.models import User
from soskuntoutus.ui import dates
from soskuntoutus.ui.forms import ActionForm, TextField, VoiceField
from soskuntoutus.ui.moments import DateField, MomentField, TimeField
from soskuntoutus.ui.parts import Choice
from soskuntoutus.ui.widgets import ManyPicks, Picks, Words

PLACE = Visit.Place
PLACES = [
    (PLACE.HOME, pgettext_lazy("place", "Home")),
    (PLACE.OUTSIDE, pgettext_lazy("place", "Outside the home")),
    (PLACE.OFFICE, pgettext_lazy("place", "Office")),
    (PLACE.PHONE, pgettext_lazy("place", "Phone")),
    (PLACE.ONLINE, pgettext_lazy("place", "Online")),
    (PLACE.OTHER, pgettext_lazy("place", "Elsewhere")),
]
BY_PLACE = {PLACE.PHONE: Visit.Mode.CALL, PLACE.ONLINE: Visit.Mode.REMOTE}
MET, MISSED, CLIENT, US = "met", "missed", Visit.Side.CLIENT.value, Visit.Side.US.value
OUTCOMES = [
    (MET, pgettext_lazy("outcome", "We met")),
    (MISSED, pgettext_lazy("outcome", "Did not come")),
    (CLIENT, pgettext_lazy("outcome", "The client cancelled")),
    (US, pgettext_lazy("outcome", "We cancelled")),
]
OWN, LATER = "own", "later"


class WithOthers(ActionForm):
    """Where a meeting is, and whether others take part in it."""

    place = forms.ChoiceField(label=pgettext_lazy("visit", "Where"), choices=PLACES, widget=Picks)
    negotiation = forms.BooleanField(
        label=_("A meeting with others"),
        help_text=_("For example a three-party meeting with the own worker."),
        required=False,
    )
    participants = forms.CharField(label=_("Who else is present"), max_length=200, required=False)

    def clean(self):
        """The kind of the meeting follows from who is there and where."""
        typed = super().clean()
        with_others = typed.pop("negotiation", False)
        if with_others and not typed.get("participants"):
            self.add_error("participants", _("Write who else is present."))
        mode = BY_PLACE.get(typed.get("place"), Visit.Mode.MEETING)
        return {**typed, "mode": Visit.Mode.NEGOTIATION if with_others else mode}


class VisitPlanForm(WithOthers):
    """A time agreed with the client."""

    planned_at = MomentField(label=pgettext_lazy("visit", "When"))
    field_order = ["planned_at"]


class AddendumForm(ActionForm):
    """Dated words to a completed note."""

    words = TextField(label=pgettext_lazy("visit", "Addition"), widget=Words(short=True))


class VisitForm(WithOthers):
    """What came of a meeting, and the next one: one screen, one press."""

    order = (
        "outcome_of_visit",
        ("day", "began", "ended"),
        "place",
        "negotiation",
        "participants",
        "goals",
        "words",
        "client_words",
        "together",
        "next_meeting",
        "next_time",
    )
    outcome_of_visit = forms.ChoiceField(label=_("How it went"), choices=OUTCOMES, widget=Picks(layout="two"))
    day = DateField(label=pgettext_lazy("visit", "Date"))
    began = TimeField(label=pgettext_lazy("visit", "Began"))
    ended = TimeField(
        label=pgettext_lazy("visit", "Ended"),
        error_messages={"required": _("Give the time the meeting ended.")},
    )
    goals = forms.ModelMultipleChoiceField(
        label=_("Which goals were furthered"),
        queryset=Goal.objects.none(),
        required=False,
        widget=ManyPicks(layout="rows"),
    )
    words = TextField(
        label=_("What was done"),
        help_text=_("Write down what you saw and what was agreed. The client may read this."),
        error_messages={"required": _("Write what was done.")},
    )
    client_words = VoiceField(label=_("In the client's own words"), required=False)
    together = forms.BooleanField(
        label=_("We wrote this down together"),
        help_text=_("The client saw and accepted the text"),
        required=False,
    )
    next_meeting = forms.ChoiceField(label=_("Next meeting"), widget=Picks(layout="rows"))
    next_time = MomentField(label=_("Another time"), required=False)

    def __init__(
        self, *args: Any, rehabilitation: Rehabilitation | None, proposals: list[datetime], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        proposed = [(at.isoformat(), dates.moment(at)) for at in proposals]
        own_time = _("Another time") if proposed else _("A time we agreed on")
        later = _("We agree on it later")
        self.fields["next_meeting"].choices = [*proposed, (OWN, own_time), (LATER, later)]
        self.fields["next_time"].label, self.fields["next_time"].depends = own_time, True
        if proposed:
            self.fields["next_meeting"].help_text = _(
                "These times keep the rhythm, and nothing has been agreed for them."
            )
        goals = rehabilitation.goals.current() if rehabilitation else Goal.objects.none()
        if goals.exists():
            self.fields["goals"].queryset = goals
            self.fields["goals"].label_from_instance = _described
        else:
            del self.fields["goals"]
        if self.is_bound and self.data.get("outcome_of_visit") != MET:
            self.fields["ended"].required = self.fields["words"].required = False
        self.fieldsets = (("", [name for name in self.order if name != "goals" or name in self.fields], ""),)

    def clean(self):
        """Put the day and the times together, and ask for the time of the next meeting if there is one."""
        typed = super().clean()
        day, began, ended = typed.pop("day", None), typed.pop("began", None), typed.pop("ended", None)
        if began and ended and ended <= began:
            sentence = _("Give a time that is later than %(began)s.") % {
                "began": f"{began.hour}.{began.minute:02}"
            }
            self.add_error("ended", sentence)
        if typed.get("next_meeting") == OWN and not typed.get("next_time"):
            self.add_error("next_time", _("Give the day and the time of the next meeting."))
        if day and began:
            typed["began_at"] = _moment(day, began)
            typed["ended_at"] = _moment(day, ended) if ended else None
        return typed

    def settle(self, visit: Visit, *, by: User) -> bool:
        """Write down what came of the meeting and agree on the next one: both, or neither."""
        return self.perform(_settle, visit=visit, by=by)

    def refuse(self, refusal: ValidationError) -> None:
        """The record speaks of moments; here they are a day and a time."""
        fields = {"held_at": "day", "ended_at": "ended", "planned_at": "next_time"}
        errors = refusal.update_error_dict({}).items()
        super().refuse(ValidationError({fields.get(name, name): sentences for name, sentences in errors}))


def _settle(*, visit, by, outcome_of_visit, began_at, ended_at, next_meeting, next_time, **facts):
    about = {"client": visit.client, "matter": visit.matter}
    if outcome_of_visit == MET:
        facts = {**facts, "held_at": began_at, "ended_at": ended_at}
        settled = visit.hold(**facts, by=by) if visit.pk else Visit.record(**about, **facts, by=by)
    else:
        side = "" if outcome_of_visit == MISSED else outcome_of_visit
        settled = _fall_through(visit, began_at, facts, side=side, by=by)
    if next_meeting != LATER:
        at = next_time if next_meeting == OWN else datetime.fromisoformat(next_meeting)
        place = next_place(facts["place"])
        Visit.plan(**about, mode=BY_PLACE.get(place, Visit.Mode.MEETING), place=place, planned_at=at, by=by)
    return settled


def _fall_through(visit, planned_at, facts, *, side, by):
    if visit.pk:
        words = facts["words"]
        return visit.cancel(side=side, words=words, by=by) if side else visit.miss(words=words, by=by)
    kept = {name: facts[name] for name in ("mode", "place", "participants", "words")}
    return Visit.record_unmet(
        client=visit.client, matter=visit.matter, planned_at=planned_at, side=side, by=by, **kept
    )


def next_place(place: str) -> str:
    """Where the next meeting is if nothing else is said: in the same place, after a call at home."""
    return PLACE.HOME if place == PLACE.PHONE else place


def _described(goal):
    return Choice(f"{goal.line} {goal.client_words}")


def _moment(day, time):
    return from_current_timezone(datetime.combine(day, time))
