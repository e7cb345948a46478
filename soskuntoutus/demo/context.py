"""What the demo's bar says."""

from dataclasses import dataclass

from django.db.models import OuterRef, Subquery
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from clients import identity
from plans.models import Rehabilitation
from soskuntoutus import clock
from soskuntoutus.demo import steps
from soskuntoutus.demo.cast import VILLE
from soskuntoutus.organisation.models import Post, User
from soskuntoutus.organisation.roles import Title
from soskuntoutus.ui.dates import plain

THREE_MEET = 8  # the number of the step


@dataclass(frozen=True)
class Bar:
    """Where Ville is, whose turn it is, and who one can be."""

    done: int
    steps: tuple[steps.Step, ...]
    next: steps.Step | None
    actor: User | None
    people: list[tuple[User, str]]
    example: str

    @property
    def next_day(self) -> str:
        """The day of the next step, as it is typed."""
        return plain(self.next.day)


def bar(request: HttpRequest) -> dict:
    """The bar above every page of the demo."""
    return {"demo_bar": SimpleLazyObject(_bar) if getattr(request, "has_demo_day", False) else None}


def _bar() -> Bar:
    done = steps.done()
    people = _people()
    following = steps.STEPS[done] if done < len(steps.STEPS) else None
    actor = next((user for user, _ in people if following and user.username == _whose(following)), None)
    return Bar(
        done=done, steps=steps.STEPS, next=following, actor=actor, people=people, example=plain(clock.today())
    )


def _whose(step: steps.Step) -> str:
    """Who acts first in a step: before the three meet, Leena answers the proposal and reserves a worker."""
    if step.number != THREE_MEET:
        return step.actor
    reserved = Rehabilitation.objects.filter(client__identity_index=identity.index(VILLE)).exists()
    return step.actor if reserved else "leena"


def _people() -> list[tuple[User, str]]:
    """The cast and their titles of the day."""
    held = Post.objects.filter(user=OuterRef("pk"), during__contains=clock.today()).order_by("during", "pk")
    users = User.objects.filter(is_active=True, username__in=_CAST).order_by("pk")
    found = users.annotate(post_title=Subquery(held.values("title")[:1]))
    return [(user, Title(user.post_title).label if user.post_title else "") for user in found]


_CAST = (
    "pia",
    "sanna",
    "niklas",
    "hanna",
    "leena",
    "eeva",
    "olli",
    "tarja",
    "pekka",
    "katja",
    "antti",
    "tuija",
)
