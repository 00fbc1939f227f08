"""Signals that let a lower room wake a higher one without knowing it."""

from django.dispatch import Signal

# Sent after the commit of a transaction that recorded at least one event. Receivers must not raise.
event_committed = Signal()
