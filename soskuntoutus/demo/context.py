"""What the demo's bar says."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from soskuntoutus import clock
from soskuntoutus.demo import steps
from soskuntoutus.demo.models import DemoDay
from soskuntoutus.organisation.models import User
from soskuntoutus.ui.dates import plain


@dataclass(frozen=True)
class Bar:
    """Where Ville is, whose turn it is, and who one can be."""

    done: int
    steps: tuple[steps.Step, ...]
    next: steps.Step | None
    actor: User | None
    people: list[User]
    example: str

    @property
    def next_day(self) -> str:
        """The day of the next step, as it is typed."""
        return plain(self.next.day)


def bar(request: HttpRequest) -> dict:
    """The bar above every page of the demo."""
    return {"demo_bar": SimpleLazyObject(_bar)}


def _bar() -> Bar | None:
    if DemoDay.now() is None:
        return None
    done = steps.done()
    people = list(User.objects.filter(is_active=True, username__in=_CAST).order_by("pk"))
    following = steps.STEPS[done] if done < len(steps.STEPS) else None
    actor = next((user for user in people if following and user.username == following.actor), None)
    return Bar(
        done=done, steps=steps.STEPS, next=following, actor=actor, people=people, example=plain(clock.today())
    )


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
