"""The log's own rule in the database."""

from uuid import uuid4

from soskuntoutus.audit.models import Shown
from tests.refusals import both_accept, both_refuse


def shown(user, client, request):
    return Shown(actor=user.uuid, client=client.uuid, relation="assigned", purpose="page", request=request)


def test_one_request_shows_a_client_once(world):
    request = uuid4()
    both_accept(shown(world.sanna, world.aada, request))
    both_refuse("shown_once_per_request_and_client", shown(world.sanna, world.aada, request))
    both_accept(shown(world.sanna, world.linnea, request))
