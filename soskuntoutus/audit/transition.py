"""A deed is one verb: allowed, locked, all or nothing, and on record."""

from collections.abc import Callable
from functools import wraps
from time import sleep

from django.apps import apps
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, OperationalError, models, transaction

from soskuntoutus.audit.record import record
from soskuntoutus.database import lock

RETRIED = {"40P01", "40001"}  # deadlock detected, serialisation failure
ATTEMPTS = 3
PAUSE = 0.05  # seconds in which the other one takes the lock it has waited for


def transition(permission) -> Callable:
    """Make a model's method one step of the process.

    Raises PermissionDenied if the doer's role may not, ValidationError with the rule's sentence if a rule refuses.
    """

    def decorate(method):
        @wraps(method)
        def step(self, *, by, **facts):
            stored = [] if isinstance(self, type) or self.pk is None else [self]

            def deed():
                if not by.may(permission):
                    raise PermissionDenied
                lock(*stored)
                outcome = method(self, by=by, **facts)
                record(by, method.__qualname__, outcome if isinstance(outcome, models.Model) else self)
                return outcome

            try:
                return _all_or_nothing(deed)
            except (ValidationError, PermissionDenied) as refusal:
                for row in stored:
                    row.refresh_from_db()  # the page that tells of the refusal shows what is true
                if not hasattr(refusal, "verb"):
                    refusal.verb = method.__qualname__  # by which the page finds the rules behind it
                raise

        step.permission = permission
        step.is_transition = True
        return step

    return decorate


def _all_or_nothing(deed: Callable):
    for attempt in range(1, ATTEMPTS + 1):
        try:
            with transaction.atomic():
                return deed()
        except OperationalError as error:
            if attempt == ATTEMPTS or getattr(error.__cause__, "sqlstate", None) not in RETRIED:
                raise
            sleep(PAUSE * attempt)
        except IntegrityError as error:
            raise _spoken(error) from error
    raise AssertionError("unreachable")


def _spoken(error: IntegrityError) -> Exception:
    """The sentence of the constraint that the database refused by, for the loser of a race."""
    diagnosis = getattr(error.__cause__, "diag", None)
    name = getattr(diagnosis, "constraint_name", None)
    for model in apps.get_models():
        for constraint in model._meta.constraints:
            if constraint.name == name:
                return ValidationError(constraint.get_violation_error_message(), code=name)
    return error
