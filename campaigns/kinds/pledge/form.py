"""One tick, off until ticked."""

from campaigns.kinds.following import FollowForm


class PledgeForm(FollowForm):
    pass
