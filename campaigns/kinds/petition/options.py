"""What the organiser sets: a day on which the letter is handed over."""

from dataclasses import dataclass

from campaigns.kinds.contract import NoOptionsForm, Record


@dataclass(frozen=True, kw_only=True)
class PetitionOptions(Record):
    delivery_on: str = ""  # ISO date, or empty while not yet agreed


class PetitionOptionsForm(NoOptionsForm):
    """The day is agreed elsewhere."""
