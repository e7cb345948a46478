"""Group activity as a part of the rehabilitation (HEL-11): groups, who is enrolled, who came."""

from groups.models.attendance import Attendance
from groups.models.group import Enrolment, Group, Leader, Session

__all__ = ["Attendance", "Enrolment", "Group", "Leader", "Session"]
