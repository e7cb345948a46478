from datetime import date

import pghistory
from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from soskuntoutus import clock
from soskuntoutus.ranges import SameText, no_overlap


class CodeQuerySet(models.QuerySet):
    def valid(self, system: "Code.System", on: date | None = None) -> "CodeQuerySet":
        """The codes of one list that may be chosen on the day."""
        return self.filter(system=system, during__contains=on or clock.today())


@pghistory.track()
class Code(models.Model):
    """One row of a code list, official or local, with the days it may be chosen."""

    class System(models.TextChoices):
        SUPPORT_NEED = "1282", _("Need for support (1282)")
        CONTACT_PARTY = "1243", _("Who made contact (1243)")
        SUPPORT_NATURE = "1294", _("Duration of the need (1294)")
        URGENCY = "1252", _("Urgency (1252)")
        FOLLOW_ON_SERVICE = "follow_on", _("Services and activities that follow (15020)")
        GROUP_METHOD = "group_method", _("Group methods")

    system = models.CharField(_("code list"), max_length=20, choices=System)
    value = models.CharField(_("code"), max_length=20)
    fi = models.CharField(_("Finnish"), max_length=200)
    sv = models.CharField(_("Swedish"), max_length=200)
    en = models.CharField(_("English"), max_length=200)
    position = models.PositiveSmallIntegerField(_("position in the list"), default=0)
    during = DateRangeField(_("from–to"))

    objects = CodeQuerySet.as_manager()

    class Meta:
        verbose_name = _("code")
        verbose_name_plural = _("codes")
        ordering = ["system", "position", "pk"]
        constraints = [
            no_overlap(
                "code_one_at_a_time",
                SameText("system"),
                SameText("value"),
                message=_("This code already has a row for a part of that time."),
            ),
        ]

    def __str__(self):
        return self.text(get_language())

    def text(self, language: str | None) -> str:
        """The code's text in a language, Finnish where there is no other."""
        return {"sv": self.sv, "en": self.en}.get(language or "fi", self.fi) or self.fi


@pghistory.track()
class Partner(models.Model):
    """An organisation outside the unit that clients go on to, or that work is done with."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    kind = models.CharField(_("kind of organisation"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("partner")
        verbose_name_plural = _("partners")
        ordering = ["name"]

    def __str__(self):
        return self.name
