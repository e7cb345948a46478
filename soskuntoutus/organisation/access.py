"""The door's first question: may your role do this? (The second, whether the row is in sight, is asked by the page.)"""

from collections.abc import Callable
from functools import wraps

from django.core.exceptions import PermissionDenied
from django.db import connection

from soskuntoutus.organisation.roles import Permission


def requires(permission: Permission) -> Callable:
    """Let only those in whose post the permission stands reach the view; everyone else gets 403.

    Also tells the database who asks, for the rest of the request's transaction.
    """

    def decorate(view):
        @wraps(view)
        def guarded(request, *args, **kwargs):
            if not request.user.may(permission):
                raise PermissionDenied
            with connection.cursor() as cursor:
                cursor.execute("SELECT set_config('app.user', %s, true)", [str(request.user.pk)])
            return view(request, *args, **kwargs)

        guarded.permission = permission
        return guarded

    return decorate
