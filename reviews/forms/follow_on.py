"""What follows the rehabilitation, the meeting with the new instructor, and the follow-up."""

from django import forms
from django.utils.translation import gettext_lazy as _

from reviews.models import FollowUp
from soskuntoutus.organisation.models import Code, Partner
from soskuntoutus.ui.forms import ActionForm, TextField, VoiceField
from soskuntoutus.ui.moments import DateField
from soskuntoutus.ui.widgets import Picks, Words


class FollowOnForm(ActionForm):
    """A service or an activity that the client goes on to (HEL-15)."""

    service = forms.ModelChoiceField(
        Code.objects.none(), label=_("Service or activity"), empty_label=_("Choose a service or an activity")
    )
    partner = forms.ModelChoiceField(
        Partner.objects.all(),
        label=_("Organisation"),
        required=False,
        empty_label=_("No organisation in the list"),
    )
    description = TextField(
        label=_("What was agreed"),
        help_text=_("How often, from when, and who meets the client there."),
        widget=Words(short=True),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["service"].queryset = Code.objects.valid(Code.System.FOLLOW_ON_SERVICE)


class MeetingForm(ActionForm):
    """The client and the new instructor have met."""

    shared = True

    met_on = DateField(label=_("Met on"))
    words = TextField(label=_("How the meeting went, and what was agreed"), widget=Words(short=True))


class FollowUpForm(ActionForm):
    """How it has gone since the end."""

    attached = forms.ChoiceField(
        label=_("Is the client taking part in what was agreed on"),
        choices=FollowUp.Attached,
        widget=Picks(layout="rows"),
    )
    client_words = VoiceField(label=_("In the client's own words"), required=False)
    words = TextField(label=_("What was found out and agreed"))
