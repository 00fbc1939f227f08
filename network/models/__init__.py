"""The network's nouns, one file each."""

from network.models.api_key import ApiKey
from network.models.application import Application, ApplicationCheck
from network.models.approval import Approval, Edit
from network.models.audit import AuditEntry, AuditHead
from network.models.consumer import Consumer
from network.models.contact_consent import ContactConsent
from network.models.endorsement import Endorsement
from network.models.installation import Installation
from network.models.invitation import Invitation
from network.models.kept_words import KeptWords
from network.models.membership import Membership
from network.models.organisation import Organisation
from network.models.outbox import LogHead, OutboxAudience, OutboxEvent
from network.models.person import Person
from network.models.principle import Principles, PrinciplesText
from network.models.publication_change import PublicationChange

__all__ = [
    "ApiKey",
    "Application",
    "ApplicationCheck",
    "Approval",
    "AuditEntry",
    "AuditHead",
    "Consumer",
    "ContactConsent",
    "Edit",
    "Endorsement",
    "Installation",
    "Invitation",
    "KeptWords",
    "LogHead",
    "Membership",
    "Organisation",
    "OutboxAudience",
    "OutboxEvent",
    "Person",
    "Principles",
    "PrinciplesText",
    "PublicationChange",
]
