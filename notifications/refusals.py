"""Why an alert says no."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from network.refusals import Refused


class AlertNotReady(Refused):
    reason = _("This alert cannot be opened yet.")

    def __init__(self, missing: list[str]) -> None:
        super().__init__(", ".join(missing))
        self.missing = tuple(missing)


class LeaseLost(Exception):
    """Another worker holds the chunk now; whatever this one still had to say about it no longer counts."""


class NotNow(Exception):
    """A letter that may not leave at this moment, and perhaps later: it goes back to where it waited."""


class AlertIsOut(Refused):
    reason = _("This alert was opened: what people got does not change behind them.")
