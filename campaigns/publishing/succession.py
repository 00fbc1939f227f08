"""What goes on where a campaign ended: others that began from its words."""

from __future__ import annotations

from datetime import datetime

from campaigns.models import Campaign
from campaigns.publishing.audiences import Audience
from campaigns.publishing.campaign import PublishedCampaign, find_by_id


def successors_of(form: PublishedCampaign, *, language: str, at: datetime) -> list[PublishedCampaign]:
    """Those that ask something, for somebody whom it was for too: of a tie to anybody else no page tells."""
    rows = Campaign.objects.live().filter(begun_from=form.id).order_by("pk").prefetch_related("beside__case")
    ours = [row.pk for row in rows.select_related("case") if {case.pk for case in row.cases} & set(form.told_of)]
    found = (find_by_id(pk, audience=Audience.PUBLIC, language=language, at=at) for pk in ours)
    return [one for one in found if one is not None]
