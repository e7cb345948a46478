"""Who is signed in, where and since when."""

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.sessions.base_session import AbstractBaseSession, BaseSessionManager
from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils.translation import gettext_lazy as _

from soskuntoutus import clock
from soskuntoutus.accounts.sessions import SessionStore
from soskuntoutus.audit.transition import transition
from soskuntoutus.organisation.roles import Permission


class SignInQuerySet(models.QuerySet):
    """Sessions, with what is asked of them."""

    def held_by(self, user) -> list["SignIn"]:
        """The sessions of the user that hold now, the latest first."""
        now = clock.real_now()
        since = now - settings.SESSION_AT_MOST
        rows = self.filter(user=user, expire_date__gt=now, began_at__gt=since).order_by("-began_at")
        return [row for row in rows if row.is_by_password_of(user)]


class SignIn(AbstractBaseSession):
    """One session: a browser in which somebody is signed in, or is about to be."""

    uuid = models.UUIDField(
        null=True, db_index=True
    )  # not unique: a new key is there before the old one goes
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="sign_ins", verbose_name=_("user")
    )
    began_at = models.DateTimeField(_("signed in"), null=True)
    address = models.GenericIPAddressField(_("network address"), null=True)
    browser = models.CharField(_("browser"), max_length=40, blank=True)

    objects = BaseSessionManager.from_queryset(SignInQuerySet)()

    class Meta(AbstractBaseSession.Meta):
        verbose_name = _("session")
        verbose_name_plural = _("sessions")

    def __str__(self):
        return str(self.uuid)  # never the key, which opens it

    @classmethod
    def get_session_store_class(cls):
        return SessionStore

    @property
    def used_at(self):
        """When its browser last asked for a page."""
        return self.expire_date - settings.SESSION_IDLE

    def is_by_password_of(self, user) -> bool:
        """Whether it began with the password the user has now."""
        return self.get_decoded().get(HASH_SESSION_KEY) == user.get_session_auth_hash()

    @transition(Permission.USE)
    def end(self, *, by) -> "SignIn":
        """Sign one's own other browser out; its next click leads to the sign-in."""
        if self.user_id != by.pk:
            raise PermissionDenied
        SignIn.objects.filter(pk=self.pk).delete()
        return self
