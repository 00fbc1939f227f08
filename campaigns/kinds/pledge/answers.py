"""What whoever pledges says beside name and address."""

from dataclasses import dataclass

from campaigns.kinds.following import Follows


@dataclass(frozen=True, kw_only=True)
class PledgeAnswers(Follows):
    pass
