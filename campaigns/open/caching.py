"""How long a page may be kept: briefly, and never past the moment at which any of it may have to go."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.http import HttpResponse

from campaigns.publishing.campaign import PublishedCampaign
from campaigns.publishing.case import PublishedCase


def kept_briefly(
    response: HttpResponse, shown: Iterable[PublishedCampaign | PublishedCase], *, at: datetime
) -> HttpResponse:
    """Set Cache-Control to PAGE_CACHE_SECONDS, or less where a consent, risk or embargo ends sooner."""
    seconds = float(settings.PAGE_CACHE_SECONDS)
    for form in shown:
        seconds = min(seconds, (form.until - at).total_seconds())
    response["Cache-Control"] = f"public, max-age={max(0, int(seconds))}"
    return response
