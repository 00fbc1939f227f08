"""An organiser sets nothing of a petition itself: when it is handed over stands in the campaign's plan."""

from dataclasses import dataclass

from campaigns.kinds.contract import NoOptionsForm, Record


@dataclass(frozen=True, kw_only=True)
class PetitionOptions(Record):
    delivery_on: str = ""  # ISO date; read only, of petitions that were made before campaigns had a plan


class PetitionOptionsForm(NoOptionsForm):
    """Nothing."""
