"""People are asked for nothing; what an organisation says is a SignOn."""

from dataclasses import dataclass

from campaigns.kinds.contract import Record


@dataclass(frozen=True, kw_only=True)
class SignOnAnswers(Record):
    pass
