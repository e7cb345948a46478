from datetime import datetime

import pytest

from plans.models import Visit
from soskuntoutus import clock


@pytest.fixture
def niklas(client, world):
    """Niklas's browser."""
    client.force_login(world.niklas)
    return client


@pytest.fixture
def planned(world):
    """A home visit agreed for the day after the start."""
    return Visit.plan(
        client=world.ville,
        matter=world.ville.matters.get(),
        mode="meeting",
        place="home",
        planned_at=datetime(2026, 4, 14, 9, 30, tzinfo=clock.HELSINKI),
        by=world.niklas,
    )
