"""What a signer says beside name and address."""

from dataclasses import dataclass

from campaigns.kinds.following import Follows


@dataclass(frozen=True, kw_only=True)
class PetitionAnswers(Follows):
    show_name: bool = False  # print the name in the copy that is handed over; private unless ticked
