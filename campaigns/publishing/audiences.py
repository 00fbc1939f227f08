"""For whom something is rendered."""

from enum import StrEnum


class Audience(StrEnum):
    PUBLIC = "public"
    PARTNERS = "partners"
