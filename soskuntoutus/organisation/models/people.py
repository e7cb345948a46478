from datetime import date

import pghistory
from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.utils.translation import gettext_lazy as _
from helusers.models import AbstractUser

from soskuntoutus import clock
from soskuntoutus.organisation.models.units import Unit, entrusted
from soskuntoutus.organisation.roles import MAY, Permission, Title, UnitRight
from soskuntoutus.ranges import SameNumber, SameText, no_overlap


class User(AbstractUser):
    """A person who works with the system. What they may do follows from their posts of the day."""

    phone = models.CharField(_("work phone"), max_length=30, blank=True)

    class Meta(AbstractUser.Meta):
        verbose_name = _("user")
        verbose_name_plural = _("users")
        ordering = ["last_name", "first_name"]

    def __str__(self):
        return self.get_full_name() or self.username

    @property
    def posts_today(self) -> list["Post"]:
        """The posts the user holds today, in the order they began; read once per day and instance."""
        day = clock.today()
        if self.__dict__.get("_posts_day") != day:
            self._posts = list(
                self.posts.filter(during__contains=day).select_related("unit").order_by("during", "pk")
            )
            self._posts_day = day
        return self._posts if self.is_active else []

    def entrusted(self, right: UnitRight) -> frozenset[int]:
        """The keys of the units the user has the right in today; read once per day and instance."""
        day = clock.today()
        if self.__dict__.get("_rights_day") != day:
            self._rights = entrusted(self)
            self._rights_day = day
        return self._rights[right]

    def may(self, permission: Permission) -> bool:
        """Whether a post of today carries the permission; a superuser has none by being one."""
        return any(permission in post.permissions for post in self.posts_today)

    @property
    def unit(self) -> Unit | None:
        """The unit of the user's first post of today."""
        posts = self.posts_today
        return posts[0].unit if posts else None

    @property
    def title(self) -> str:
        """The title of the user's first post of today, in words."""
        posts = self.posts_today
        return posts[0].get_title_display() if posts else ""

    def holds_public_office(self, title: Title, day: date | None = None) -> bool:
        """Whether the user is in public office with this title on the day (virkasuhde)."""
        return self.posts.filter(
            title=title, public_office=True, during__contains=day or clock.today()
        ).exists()


@pghistory.track()
class Post(models.Model):
    """A person's place in a unit, from a day to a day; a stand-in is a post with an end."""

    user = models.ForeignKey(User, models.PROTECT, related_name="posts", verbose_name=_("person"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="posts", verbose_name=_("unit"))
    title = models.CharField(_("title"), max_length=30, choices=Title)
    public_office = models.BooleanField(_("public office"), default=False)
    registration = models.CharField(_("registration number (JulkiSuosikki)"), max_length=11, blank=True)
    during = DateRangeField(_("from–to"))

    class Meta:
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        ordering = ["unit", "user"]
        constraints = [
            no_overlap(
                "post_once_at_a_time",
                SameNumber("user"),
                SameNumber("unit"),
                SameText("title"),
                message=_("The person already has this post in this unit at that time."),
            ),
        ]

    def __str__(self):
        return f"{self.user}, {self.get_title_display()}, {self.unit}"

    @property
    def permissions(self) -> frozenset[Permission]:
        """What this post allows."""
        return MAY[Title(self.title)]
