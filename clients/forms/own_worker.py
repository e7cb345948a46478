"""Choosing the own worker."""

from django import forms
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from clients.models import Client
from soskuntoutus import clock
from soskuntoutus.organisation.models import Post, Unit, User
from soskuntoutus.organisation.roles import MAY, Permission, Title
from soskuntoutus.ui.forms import ActionForm
from soskuntoutus.ui.parts import Choice
from soskuntoutus.ui.widgets import Picks

PLANNERS = [title for title, may in MAY.items() if Permission.PLAN in may]


class WorkerField(forms.ModelChoiceField):
    """One of a unit's workers, by name and title."""

    widget = Picks(layout="rows")

    def label_from_instance(self, worker):
        return Choice(str(worker), more=str(Title(worker.post_title).label))


class OwnWorkerForm(ActionForm):
    """The own worker is someone of the unit who may write the client plan (SHL 42 §)."""

    worker = WorkerField(label=_("Own worker"), queryset=User.objects.none(), empty_label=None)

    def __init__(self, *args, client: Client, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["worker"].queryset = _workers(client)
        if client.assessments.filter(special_support=True).exists():
            self.fields["worker"].help_text = _(
                "The client has a right to special support: the own worker, or somebody beside them, "
                "is a social worker in public office (42 §)."
            )


def _workers(client: Client) -> QuerySet[User]:
    """Those who write plans in the unit of the client's newest matter, but for the own worker of today."""
    units = Unit.objects.within([matter.unit for matter in client.matters.select_related("unit")[:1]])
    posts = Post.objects.filter(unit__in=units, title__in=PLANNERS, during__contains=clock.today())
    title = posts.filter(user=OuterRef("pk")).order_by("pk").values("title")[:1]
    workers = User.objects.filter(is_active=True, posts__in=posts).exclude(relation_blocks__client=client)
    if now := client.own_worker_today():
        workers = workers.exclude(pk=now.pk)
    return workers.annotate(post_title=Subquery(title)).distinct()
