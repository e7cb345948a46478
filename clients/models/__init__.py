"""The person and how they came: client, contact, matter, papers, assessment, who works with whom."""

from clients.models.assessment import Assessment, ClientPlan
from clients.models.assignment import Assignment
from clients.models.client import AccessGrant, Client, ContactDetails, RelationBlock
from clients.models.document import Document
from clients.models.matter import Matter
from clients.models.sight import Relation

__all__ = [
    "AccessGrant",
    "Assessment",
    "Assignment",
    "Client",
    "ClientPlan",
    "ContactDetails",
    "Document",
    "Matter",
    "Relation",
    "RelationBlock",
]
