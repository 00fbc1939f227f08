"""What a writer gives beside name and address."""

from dataclasses import dataclass

from campaigns.kinds.following import Follows


@dataclass(frozen=True, kw_only=True)
class MessageAnswers(Follows):
    words: str = ""  # sealed; see the contract
    show_name: bool = False  # hand it over with the name
    show_words: bool = False  # let it be read on the campaign's page too
