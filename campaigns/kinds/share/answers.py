"""What whoever passes it on tells us: nothing."""

from dataclasses import dataclass

from campaigns.kinds.contract import Record


@dataclass(frozen=True, kw_only=True)
class ShareAnswers(Record):
    pass
