"""Who works here, where, with what right; the operating model and the code lists."""

from soskuntoutus.organisation.models.codes import Code, Partner
from soskuntoutus.organisation.models.people import Post, User
from soskuntoutus.organisation.models.rules import Closure, DelegationRule, Value
from soskuntoutus.organisation.models.units import Unit

__all__ = ["Closure", "Code", "DelegationRule", "Partner", "Post", "Unit", "User", "Value"]
