"""Guarding: whoever says yes to words that no reader would see is told so, and which words."""

from __future__ import annotations

from datetime import datetime

from campaigns.models import Case
from campaigns.publishing.case import widest_audience
from campaigns.publishing.prose import findings
from campaigns.publishing.standing import standing_of
from campaigns.refusals import WordsUnfit


def require_fit(words: str, case_id: int, *, at: datetime) -> None:
    """Raises WordsUnfit when what consent permits today does not let these words be told of the case."""
    case = Case.objects.select_related("defender", "province").get(pk=case_id)
    standing = standing_of(case, audience=widest_audience(case_id, at=at), at=at)
    if standing.names_somebody and (unfit := findings(words, case, standing.scopes)):
        raise WordsUnfit(unfit)
