"""What somebody who comes says beside name and address."""

from dataclasses import dataclass

from campaigns.kinds.following import Follows


@dataclass(frozen=True, kw_only=True)
class GatheringAnswers(Follows):
    pass
