"""Where a client is on the way from first contact to follow-up, what binds it, and the one next step."""

from collections.abc import Iterable
from dataclasses import dataclass

from clients.models import Client
from reviews.facts import Facts, facts_of
from reviews.limits import Limit, limits_of
from reviews.next_step import NextStep
from reviews.situations import next_step_of
from reviews.stages import stages_of
from soskuntoutus.ui.parts import Stage


@dataclass(frozen=True)
class Journey:
    """One client's way, computed from facts alone."""

    facts: Facts
    stages: tuple[Stage, ...]
    limits: tuple[Limit, ...]
    next_step: NextStep | None

    @property
    def client(self) -> Client:
        """Whose way it is."""
        return self.facts.client


def journey_of(client: Client) -> Journey:
    """The way of one client."""
    return journeys_of([client])[0]


def journeys_of(clients: Iterable[Client]) -> list[Journey]:
    """The ways of many clients, in their order, in the same number of queries as of one."""
    clients = list(clients)
    facts = facts_of(clients)
    return [_journey(facts[client.pk]) for client in clients]


def _journey(facts: Facts) -> Journey:
    return Journey(facts, stages_of(facts), tuple(limits_of(facts)), next_step_of(facts))
