"""Consumer: a named reader of the ordered log with a durable position."""

from __future__ import annotations

from django.db import models

LEDGER = "ledger"  # the reader that writes down what a restore must repeat


class Consumer(models.Model):
    name = models.CharField(max_length=64, primary_key=True)
    position = models.BigIntegerField(default=0)
    moved_at = models.DateTimeField(null=True)
