"""The one tick, off until ticked."""

from campaigns.kinds.following import FollowForm


class GatheringForm(FollowForm):
    pass
