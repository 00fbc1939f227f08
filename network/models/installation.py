"""Installation: what this database is. A trial marks it, so that production can refuse it."""

from __future__ import annotations

from django.db import models


class Installation(models.Model):
    singleton = models.BooleanField(primary_key=True, default=True)
    is_trial = models.BooleanField(default=False)
    endorsement_key = models.BinaryField(max_length=32)  # keys the fingerprints of endorsements
    # False from the moment a backup was loaded until its ledger is replayed: readyz says no meanwhile.
    is_settled = models.BooleanField(default=True)
    created_at = models.DateTimeField()
