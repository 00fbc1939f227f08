"""The notifications' nouns."""

from notifications.models.alert import Alert, AlertVariant
from notifications.models.chunk import Chunk
from notifications.models.deliverable import Deliverable
from notifications.models.delivery import Delivery
from notifications.models.letter import Letter, LetterLane
from notifications.models.notice import Notice
from notifications.models.send_limit import SendLimit
from notifications.models.suppression import SoftBounce, Suppression

__all__ = [
    "Alert",
    "AlertVariant",
    "Chunk",
    "Deliverable",
    "Delivery",
    "Letter",
    "LetterLane",
    "Notice",
    "SendLimit",
    "SoftBounce",
    "Suppression",
]
