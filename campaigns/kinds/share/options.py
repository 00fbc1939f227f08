"""What the organiser sets: nothing."""

from dataclasses import dataclass

from campaigns.kinds.contract import NoOptions, NoOptionsForm


@dataclass(frozen=True, kw_only=True)
class ShareOptions(NoOptions):
    pass


class ShareOptionsForm(NoOptionsForm):
    pass
