"""Who may do it: every post title and every permission, as one table."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Title(models.TextChoices):
    """What a person is appointed as (domain.md 5.1)."""

    SOCIAL_WORKER = "social_worker", _("social worker")
    SOCIAL_INSTRUCTOR = "social_instructor", _("social instructor")
    TEAM_MEMBER = "team_member", _("team member (occupational therapist, nurse, practical nurse)")
    LEADING_SOCIAL_WORKER = "leading_social_worker", _("leading social worker")
    HEAD = "head", _("head of adult social work")
    SERVICE_ADVISER = "service_adviser", _("service adviser")
    COORDINATION = "coordination", _("member of the coordination group")
    ADMINISTRATOR = "administrator", _("administrator")
    PROTECTION_OFFICER = "protection_officer", _("data protection officer")


class Permission(models.TextChoices):
    """What a role may do to the clients that are within its sight."""

    USE = "use", _("Sign in and see one's own start page")
    REGISTER_CONTACT = "register_contact", _("Record and register contacts")
    READ_CONTACTS = "read_contacts", _("Read contacts that wait to be taken")
    TRIAGE = "triage", _("Assess how urgent a contact is")
    TAKE_MATTER = "take_matter", _("Take a matter to work on")
    READ_CLIENTS = "read_clients", _("Read the files of clients in sight")
    KEEP_CONTACT_DETAILS = (
        "keep_contact_details",
        _("Keep contact details up to date, and open protected ones for a stated purpose"),
    )
    ASSESS = "assess", _("Write and sign the assessment of service needs")
    NAME_OWN_WORKER = "name_own_worker", _("Name the own worker")
    PLAN = "plan", _("Write and sign the client plan")
    REFER = "refer", _("Propose social rehabilitation")
    ANSWER_REFERRAL = "answer_referral", _("Accept or return a referral")
    RESERVE = "reserve", _("Reserve a worker for a client")
    REHABILITATE = "rehabilitate", _("Plan and carry out the rehabilitation, record visits")
    DECIDE = "decide", _("Make decisions within a delegation rule")
    EVALUATE = "evaluate", _("Evaluate a period together with the client")
    END_REHABILITATION = "end_rehabilitation", _("End the rehabilitation")
    FOLLOW_UP = "follow_up", _("Follow up and close the matter")
    LEAD_GROUPS = "lead_groups", _("Lead groups and record attendance")
    LEAD_UNIT = "lead_unit", _("Lead a unit")
    READ_FIGURES = "read_figures", _("Read published figures")
    READ_LOG = "read_log", _("Search the use log")
    MANAGE_ORGANISATION = "manage_organisation", _("Manage units, posts and settings")


_P = Permission

_INTAKE = {_P.USE, _P.REGISTER_CONTACT, _P.READ_CONTACTS}
_FIELD = {_P.USE, _P.READ_CLIENTS, _P.REHABILITATE, _P.LEAD_GROUPS}
_WORKER = (
    _INTAKE
    | _FIELD
    | {
        _P.TRIAGE,
        _P.TAKE_MATTER,
        _P.KEEP_CONTACT_DETAILS,
        _P.ASSESS,
        _P.NAME_OWN_WORKER,
        _P.PLAN,
        _P.REFER,
        _P.DECIDE,
        _P.EVALUATE,
        _P.END_REHABILITATION,
        _P.FOLLOW_UP,
    }
)

MAY: dict[Title, frozenset[Permission]] = {
    Title.SOCIAL_WORKER: frozenset(_WORKER),
    Title.SOCIAL_INSTRUCTOR: frozenset(_WORKER),
    Title.TEAM_MEMBER: frozenset(_FIELD),
    Title.LEADING_SOCIAL_WORKER: frozenset(
        _WORKER | {_P.ANSWER_REFERRAL, _P.RESERVE, _P.LEAD_UNIT, _P.READ_FIGURES}
    ),
    Title.HEAD: frozenset({_P.USE, _P.DECIDE, _P.READ_CLIENTS, _P.LEAD_UNIT, _P.READ_FIGURES}),
    Title.SERVICE_ADVISER: frozenset(_INTAKE),
    Title.COORDINATION: frozenset({_P.USE, _P.READ_FIGURES}),
    Title.ADMINISTRATOR: frozenset({_P.USE, _P.MANAGE_ORGANISATION}),
    Title.PROTECTION_OFFICER: frozenset({_P.USE, _P.READ_LOG}),
}


class UnitRight(models.TextChoices):
    """What a group of users is entrusted with in a unit; counts only while the person holds a post for it."""

    LEAD = "lead_unit", _("Leads the unit")
    REGISTER = "register_for_unit", _("Registers contacts for the unit")
    DUTY = "duty_for_unit", _("Is on intake duty for the unit")


NEEDS: dict[UnitRight, Permission] = {
    UnitRight.LEAD: Permission.LEAD_UNIT,
    UnitRight.REGISTER: Permission.REGISTER_CONTACT,
    UnitRight.DUTY: Permission.TRIAGE,
}
