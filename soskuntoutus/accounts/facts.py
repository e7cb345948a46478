"""What a session notes when it begins: since when it holds, where, and on the strength of what rights."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any, Self
from uuid import uuid4

from allauth.account.adapter import get_adapter
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from soskuntoutus import clock
from soskuntoutus.accounts.browsers import described

NOTED = "sign_in"


@dataclass
class Facts:
    """Kept in the session itself, so that no page asks the database for them."""

    uuid: str
    began: str
    address: str | None
    browser: str
    rights: str
    proven: bool = False

    @classmethod
    def of(cls, request: HttpRequest, user) -> Self:
        """The facts of a session that begins now."""
        return cls(
            uuid=str(uuid4()),
            began=clock.real_now().isoformat(),
            address=_address(request),
            browser=described(request.META.get("HTTP_USER_AGENT", "")),
            rights=rights_of(user._meta.model.objects.get(pk=user.pk)),  # as stored, not as somebody holds it
        )

    @property
    def began_at(self) -> datetime:
        return datetime.fromisoformat(self.began)

    def note(self, session) -> None:
        """Put the facts in the session."""
        session[NOTED] = asdict(self)


def facts_in(data: Mapping[str, Any]) -> Facts | None:
    """The facts a session noted; a session from before it noted them all has none."""
    noted = data.get(NOTED) or {}
    if set(noted) != {field.name for field in fields(Facts)}:
        return None
    return Facts(**noted)


def rights_of(user) -> str:
    """What a session is given for: the posts of the day and where, the groups, and the way to the administration."""
    posts = sorted(f"{post.pk} {post.title} {post.unit_id} {post.public_office}" for post in user.posts_today)
    groups = sorted(user.groups.values_list("pk", flat=True))
    return f"{posts} {groups} {user.is_staff} {user.is_superuser}"


def _address(request: HttpRequest) -> str | None:
    try:
        return get_adapter().get_client_ip(request)
    except PermissionDenied:  # nobody asked from anywhere: a command or a test
        return None
