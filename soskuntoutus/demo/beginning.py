"""How a demo begins: the cast, the invented city, Ville the day before his evaluation is written down."""

from datetime import date

from django.db import transaction

from reviews.publishing import publish, unpublished
from soskuntoutus import clock
from soskuntoutus.demo import cast, city, steps
from soskuntoutus.demo.models import DemoDay

DAY = date(2026, 7, 9)
STEPS_DONE = 12
CLIENTS = 300


def is_made() -> bool:
    """Whether this database already has its demo."""
    return DemoDay.now() is not None


@transaction.atomic
def make() -> None:
    """Make everything, or nothing."""
    gathered = cast.make_cast()
    cast.make_film_group(gathered)
    cast.make_neighbours(gathered)
    city.make_city(gathered, CLIENTS, today=DAY)
    steps.put_ville_at(STEPS_DONE, gathered)
    with clock.at(DAY):
        for month in unpublished():
            publish(month)
    DemoDay.set(DAY)


def logins() -> str:
    """Who signs in as whom, in lines."""
    users = cast.Cast.gathered().people
    width = max(len(user.username) for user in users)
    lines = [f"  {user.username:{width}}  {user}, {user.title}, {user.unit}" for user in users]
    return "\n".join(["", "Who signs in as whom:", *lines, "", f"Everybody's password: {cast.PASSWORD}"])
