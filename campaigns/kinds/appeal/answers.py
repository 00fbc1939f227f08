"""What a writer gives beside name and address."""

from dataclasses import dataclass

from campaigns.kinds.following import Follows


@dataclass(frozen=True, kw_only=True)
class AppealAnswers(Follows):
    letter: str = ""  # sealed; see the contract. Between the salutation and the signature
    show_name: bool = False  # sign it with the name
