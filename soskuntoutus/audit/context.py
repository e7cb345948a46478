"""Which request is being served, for the log: set by the middleware, empty in commands and tests."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID, uuid4

_request: ContextVar[UUID | None] = ContextVar("request", default=None)


def current_request() -> UUID | None:
    """The identifier that ties together everything one request did and showed."""
    return _request.get()


@contextmanager
def serving() -> Iterator[UUID]:
    """Give everything recorded inside the same request identifier."""
    identifier = uuid4()
    token = _request.set(identifier)
    try:
        yield identifier
    finally:
        _request.reset(token)
