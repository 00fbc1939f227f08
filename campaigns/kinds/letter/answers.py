"""What a writer reports beside name and address. What they wrote stays between them and the office."""

from dataclasses import dataclass

from campaigns.kinds.following import Follows


@dataclass(frozen=True, kw_only=True)
class LetterAnswers(Follows):
    way: str = ""  # one of form.WAYS
