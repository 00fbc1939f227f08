"""What a caller reports beside name and address."""

from dataclasses import dataclass

from campaigns.kinds.following import Follows


@dataclass(frozen=True, kw_only=True)
class CallAnswers(Follows):
    outcome: str = ""  # one of form.OUTCOMES
