"""What a signer says beside name and address."""

from dataclasses import dataclass

from campaigns.kinds.contract import Record


@dataclass(frozen=True, kw_only=True)
class PetitionAnswers(Record):
    show_name: bool = False  # print the name in the copy that is handed over; private unless ticked
    follow: bool = False  # join the campaign and be told what happens
