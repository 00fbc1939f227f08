"""What the organiser sets: nothing."""

from dataclasses import dataclass

from campaigns.kinds.contract import NoOptions, NoOptionsForm


@dataclass(frozen=True, kw_only=True)
class PledgeOptions(NoOptions):
    pass


class PledgeOptionsForm(NoOptionsForm):
    pass
