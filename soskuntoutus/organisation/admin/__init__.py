"""The pages of the administration, by noun."""

from soskuntoutus.organisation.admin import codes, people, rules, units

__all__ = ["codes", "people", "rules", "units"]
