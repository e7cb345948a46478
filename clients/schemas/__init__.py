"""One schema per kind of paper: it draws the form, the labels, what is required, and the print."""

from clients.schemas import assessment, client_plan, intake  # each registers its kinds
from clients.schemas.fields import Field, Schema, Section, get, kinds, register

__all__ = ["Field", "Schema", "Section", "assessment", "client_plan", "get", "intake", "kinds", "register"]
