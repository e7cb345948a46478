"""To whom: the one text that decides which clients a user sees. What each relation means is in relations.py."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clients import identity, names


class Relation(models.TextChoices):
    """What a user has to do with a client, nearest first; stands on every row of the use log."""

    ASSIGNED = "assigned", _("works with the client")
    GRANTED = "granted", _("was given access for a stated reason")
    LEADS = "leads", _("leads the unit")
    REFERRAL = "referral", _("handles a referral")
    INTAKE = "intake", _("handles the contact")
    GROUP = "group", _("leads a group the client takes part in")


FILE = (Relation.ASSIGNED, Relation.GRANTED, Relation.LEADS)
"""The relations that open the whole file. A referral opens what it encloses, intake the contact and who."""

ENCLOSED = (*FILE, Relation.REFERRAL)
CONTACT = (*FILE, Relation.INTAKE)
ALL = (*FILE, Relation.REFERRAL, Relation.INTAKE)
"""Everything that opens something. Leading a group opens nothing of the file: it is only written in the use log."""


class ClientQuerySet(models.QuerySet):
    def visible_to(self, user, by: tuple[Relation, ...] = ALL) -> "ClientQuerySet":
        """The clients this user sees today by one of these relations; never their own, nor blocked ones."""
        from clients.models import relations  # noqa: PLC0415 - its models point to Client, whose manager this is

        ties = [rows for each in relations.ties(user, by).values() for rows in each]
        if not ties:
            return self.none()
        # A union, because the database can begin from it; from "one or the other" it begins from every client.
        seen = self.filter(pk__in=ties[0].union(*ties[1:]))
        return seen.exclude(pk__in=relations.blocks(user).values("client"))

    def with_relation(self, user, by: tuple[Relation, ...] = ALL) -> "ClientQuerySet":
        """Each client with the nearest relation the user sees it by, as `relation`."""
        from clients.models import relations  # noqa: PLC0415 - as above

        nearest = [
            models.When(pk__in=rows, then=models.Value(relation.value))
            for relation, each in relations.ties(user, by).items()
            for rows in each
        ]
        return self.annotate(relation=models.Case(*nearest, output_field=models.CharField()))

    def found_by(self, typed: str) -> "ClientQuerySet":
        """Those whose whole identity code this is; else those with every typed word in their name."""
        try:
            return self.filter(identity_index=identity.index(identity.clean(typed)))
        except ValidationError:
            words = (Q(first_names__icontains=word) | Q(last_name__icontains=word) for word in typed.split())
            return self.filter(*words)

    def spelled_like(self, typed: str) -> "ClientQuerySet":
        """Those whose name is nearly what was typed; read through one by one, so asked only of those in sight."""
        rows = self.values_list("pk", "first_names", "last_name")
        found = {pk for pk, *name in rows if names.alike(typed, " ".join(name)) >= names.ALIKE}
        return self.filter(pk__in=found)
