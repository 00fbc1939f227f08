"""Signals that wake the engine without the flows knowing it."""

from django.dispatch import Signal

# Sent after the commit of a transaction that left notices to send.
notices_waiting = Signal()
# Sent after the commit of a transaction that left an alert to open or chunks to dispatch.
bulk_waiting = Signal()
