"""Contacts that come in for the west, recorded by Pia."""

from datetime import datetime

from django.urls import reverse

from clients.models import Matter
from soskuntoutus import clock

CONTENT = {
    "reporter_name": "Kaisa Kettunen",
    "reporter_contact": "020 000 0000",
    "party": "24",
    "needs": ["3"],
    "description": "Vuokra on maksamatta.",
}


def receive(world, name="Aino Aalto", *, on=None, **facts):
    """A contact that Pia recorded about somebody in the west."""
    first, last = name.split()
    day = on or clock.today()
    return Matter.receive(
        unit=world.west,
        received_at=datetime(day.year, day.month, day.day, 9, tzinfo=clock.HELSINKI),
        channel="contact",
        consent=True,
        content=CONTENT,
        first_names=first,
        last_name=last,
        by=world.pia,
        **facts,
    )


def page(matter):
    return reverse("clients:matter", args=[matter.uuid])
