import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from uuid import uuid4

import pghistory
from django.contrib.postgres.fields import DateRangeField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from clients.models import Client
from soskuntoutus import clock
from soskuntoutus.audit.transition import transition
from soskuntoutus.database import lock
from soskuntoutus.organisation.models import Unit, User, Value
from soskuntoutus.organisation.roles import Permission, UnitRight
from soskuntoutus.ranges import SameNumber, last_day, no_overlap, span


class GroupQuerySet(models.QuerySet):
    def visible_to(self, user) -> "GroupQuerySet":
        """The groups the user leads today, and those of the units the user heads."""
        led = Q(pk__in=Leader.objects.filter(user=user, during__contains=clock.today()).values("group"))
        return self.filter(led | Q(unit__in=user.entrusted(UnitRight.LEAD)))

    def running(self, on: date | None = None) -> "GroupQuerySet":
        """The groups that meet on or around the day."""
        return self.filter(during__contains=on or clock.today())


class Group(models.Model):
    """A series of sessions that people in rehabilitation take part in."""

    class Weekday(models.IntegerChoices):
        MONDAY = 0, _("on Mondays")
        TUESDAY = 1, _("on Tuesdays")
        WEDNESDAY = 2, _("on Wednesdays")
        THURSDAY = 3, _("on Thursdays")
        FRIDAY = 4, _("on Fridays")
        SATURDAY = 5, _("on Saturdays")
        SUNDAY = 6, _("on Sundays")

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=80)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="groups", verbose_name=_("unit"))
    place = models.CharField(_("place"), max_length=120)
    weekday = models.PositiveSmallIntegerField(_("weekday"), choices=Weekday)
    begins = models.TimeField(_("begins at"))
    ends = models.TimeField(_("ends at"))
    capacity = models.PositiveSmallIntegerField(_("capacity"))
    during = DateRangeField(_("from–to"))

    objects = GroupQuerySet.as_manager()

    class Meta:
        verbose_name = _("group")
        verbose_name_plural = _("groups")
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__gt=F("begins")),
                name="group_ends_after_it_begins",
                violation_error_message=_("Give an end that is later than the beginning."),
            ),
            models.CheckConstraint(
                condition=Q(capacity__gte=1),
                name="group_has_room",
                violation_error_message=_("A group has room for one at least."),
            ),
            models.CheckConstraint(
                condition=Q(during__isempty=False, during__upper_inf=False, during__lower_inf=False),
                name="group_has_first_and_last_day",
                violation_error_message=_("Give the first and the last day of the group."),
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def last_day(self) -> date:
        """The last day the group may meet."""
        return last_day(self.during)

    @property
    def meeting_days(self) -> list[date]:
        """Every day the group meets by its timetable."""
        first = self.during.lower + timedelta(days=(self.weekday - self.during.lower.weekday()) % 7)
        return [first + timedelta(weeks=week) for week in range((self.last_day - first).days // 7 + 1)]

    def begins_at(self, day: date) -> datetime:
        """The moment the session of the day begins."""
        return datetime.combine(day, self.begins, clock.HELSINKI)

    def led_by(self, user: User) -> bool:
        """Whether the user leads the group today."""
        return self.leaders.filter(user=user, during__contains=clock.today()).exists()

    def expected(self, on: date, user: User) -> models.QuerySet[Client]:
        """The clients enrolled on the day, but for those whom this user may have nothing to do with."""
        enrolled = self.enrolments.filter(during__contains=on).values("client")
        return Client.objects.filter(pk__in=enrolled).exclude(relation_blocks__user=user)

    @classmethod
    @transition(Permission.LEAD_GROUPS)
    def found(cls, *, first_day: date, last_day: date, by: User, **facts) -> "Group":
        """Begin a group; whoever founds it leads it, from now until the last session is written down."""
        if last_day < first_day:
            raise ValidationError({"last_day": _("The last day cannot be before the first.")})
        group = cls(unit=by.unit, during=span(first_day, last_day), **facts)
        group.full_clean()
        group.save()
        written_by = last_day + timedelta(days=Value.of(Value.Key.HANDOVER_DAYS))
        Leader.objects.create(group=group, user=by, during=span(min(first_day, clock.today()), written_by))
        return group

    @transition(Permission.LEAD_GROUPS)
    def enrol(self, *, client: Client, first_day: date, last_day: date, by: User) -> "Enrolment":
        """Take a client into the group from a day to a day, within the room there is."""
        client.refuse_unassigned(by)
        if last_day < first_day:
            raise ValidationError({"last_day": _("The last day cannot be before the first.")})
        if first_day < self.during.lower or last_day > self.last_day:
            raise ValidationError({"first_day": self._meets_between()})
        enrolment = Enrolment(group=self, client=client, during=span(first_day, last_day))
        enrolment.full_clean()
        if self.enrolments.filter(during__overlap=enrolment.during).count() >= self.capacity:
            raise ValidationError(_("The group is full at that time."), code="full")
        enrolment.save()
        return enrolment

    @transition(Permission.LEAD_GROUPS)
    def hold(
        self, *, on: date, theme: str, note: str, presences: dict, others: int = 0, by: User
    ) -> "Session":
        """Record one session: who came, one common note, and a line of their own for each.

        Presences: client → (presence, own line). Others are nobody's clients: a count, no names.
        """
        self.refuse_outsider(by)
        lock(self)
        if on > clock.today():
            raise ValidationError({"on": _("The session has not been held yet.")})
        if on not in self.during:
            raise ValidationError({"on": self._meets_between()})
        everyone = list(self.expected(on, by))
        if not set(everyone) <= set(presences):
            raise ValidationError(_("Mark every participant."), code="unmarked")
        refuse_names({"theme": theme, "note": note}, everyone)
        session = Session(group=self, held_on=on, theme=theme, note=note, others=others, recorded_by=by)
        session.full_clean()
        session.save()
        for client, (presence, words) in presences.items():
            if client not in everyone:
                raise ValidationError(
                    _("Only those enrolled on that day can be marked."), code="not_enrolled"
                )
            refuse_names({own_line(client): words}, everyone, but=client)
            row = session.attendances.model(session=session, client=client, presence=presence, words=words)
            row.full_clean()
            row.save()
        return session

    def refuse_outsider(self, user: User) -> None:
        """Those who lead the group record it."""
        if not self.led_by(user):
            raise ValidationError(_("Only those who lead the group can do this."), code="leads")

    def _meets_between(self) -> str:
        days = {"first": f"{self.during.lower:%-d.%-m.%Y}", "last": f"{self.last_day:%-d.%-m.%Y}"}
        return _("The group meets from %(first)s to %(last)s. Choose days between them.") % days


class Leader(models.Model):
    """Who leads a group, from when to when."""

    group = models.ForeignKey(Group, models.PROTECT, related_name="leaders")
    user = models.ForeignKey(User, models.PROTECT, related_name="groups_led")
    during = DateRangeField(_("from–to"))

    class Meta:
        verbose_name = _("leader")
        verbose_name_plural = _("leaders")
        constraints = [
            no_overlap(
                "leader_once_at_a_time",
                SameNumber("group"),
                SameNumber("user"),
                message=_("This person already leads the group at that time."),
            )
        ]

    def __str__(self):
        return str(self.user)


@pghistory.track()
class Enrolment(models.Model):
    """A client's place in a group, from a day to a day."""

    client = models.ForeignKey(Client, models.PROTECT, related_name="enrolments")
    group = models.ForeignKey(Group, models.PROTECT, related_name="enrolments")
    during = DateRangeField(_("from–to"))

    class Meta:
        verbose_name = _("enrolment")
        verbose_name_plural = _("enrolments")
        ordering = ["during", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(during__isempty=False, during__upper_inf=False),
                name="enrolment_lasts_a_day",
                violation_error_message=_("Give the first and the last day in the group."),
            ),
            no_overlap(
                "enrolment_once_at_a_time",
                SameNumber("client"),
                SameNumber("group"),
                message=_("The client is already in the group at that time."),
            ),
        ]

    def __str__(self):
        return f"{self.during.lower}"


class Session(models.Model):
    """One time the group met. The common note names nobody."""

    group = models.ForeignKey(Group, models.PROTECT, related_name="sessions")
    held_on = models.DateField(_("held on"))
    theme = models.CharField(_("theme"), max_length=120, blank=True)
    note = models.TextField(_("common note, no names"), blank=True)
    others = models.PositiveSmallIntegerField(_("others present"), default=0)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="sessions_recorded")
    recorded_at = models.DateTimeField(_("recorded at"), default=clock.now)

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        ordering = ["-held_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "held_on"],
                name="session_once_a_day",
                violation_error_message=_("The session of that day has already been recorded."),
            )
        ]

    def __str__(self):
        return f"{self.group} {self.held_on}"


def own_line(client: Client) -> str:
    """What the line that goes into this client's own record is called in a refusal, and in the form."""
    return f"words_{client.pk}"


def refuse_names(texts: dict[str, str], people: Iterable[Client], but: Client | None = None) -> None:
    """Raise ValidationError, text by text, where a participant is named: a record tells of one person only.

    Finds a name as it is spelled, with a case ending after it; it is a net, not a proof.
    """
    own = _names(but) if but else set()
    for field, text in texts.items():
        for name in sorted(set().union(*map(_names, people)) - own):
            if re.search(rf"\b{re.escape(name)}\w{{0,5}}\b", text):
                sentence = _("Take out the name %(name)s: other participants are not named here.") % {
                    "name": name
                }
                raise ValidationError({field: sentence})


def _names(person: Client) -> set[str]:
    words = re.split(r"[\s-]+", person.name)
    return {word for word in words if len(word) > 2}
