"""Which request is being served: set by the middleware, empty in commands and tests."""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any
from uuid import UUID, uuid4

_request: ContextVar[UUID | None] = ContextVar("request", default=None)
_answers: ContextVar[dict[Hashable, Any] | None] = ContextVar("answers", default=None)


def current_request() -> UUID | None:
    """The identifier that ties together everything one request did and showed."""
    return _request.get()


@contextmanager
def serving() -> Iterator[UUID]:
    """Give everything recorded inside the same request identifier."""
    identifier = uuid4()
    request, answers = _request.set(identifier), _answers.set({})
    try:
        yield identifier
    finally:
        _request.reset(request)
        _answers.reset(answers)


def once_per_request(ask: Callable) -> Callable:
    """Ask what no page changes while it is drawn once per request; outside a request, each time anew."""

    @wraps(ask)
    def answer(*facts):
        answers = _answers.get()
        if answers is None:
            return ask(*facts)
        if (ask, facts) not in answers:
            answers[ask, facts] = ask(*facts)
        return answers[ask, facts]

    return answer
