"""Suppressing: whom we must not write to, whoever found it out: a relay's answer, a mail that came back, a steward.

Everything that sends asks the same rows: the audience of an alert, and every notice.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction

from network.flows.recording import record
from network.models import Person
from notifications.events import AddressSuppressed, SuppressionReleased
from notifications.models import SoftBounce, Suppression

Reason = Suppression.Reason


@transaction.atomic
def suppress(
    address: str,
    reason: Suppression.Reason,
    *,
    source: str,
    at: datetime,
    domain: str = "",
    expires_at: datetime | None = None,
    note: str = "",
    by: Person | None = None,
) -> Suppression:
    """Stop mail to an address, or with an empty address and a domain to all of it. Said twice it is one row, with the later end.

    source: a code fit for counting, never a server's words. One that had run out becomes history, and a new one begins.
    """
    row, made = Suppression.objects.get_or_create(
        address=address,
        domain=domain,
        reason=reason,
        released_at=None,
        defaults={"source": source, "created_at": at, "expires_at": expires_at, "note": note, "added_by": by},
    )
    if not made and row.expires_at is not None and row.expires_at <= at:
        Suppression.objects.filter(pk=row.pk).update(released_at=row.expires_at)
        return suppress(address, reason, source=source, at=at, domain=domain, expires_at=expires_at, note=note, by=by)
    if made:
        record(AddressSuppressed(suppression_id=row.pk), by=by, at=at)
    elif row.expires_at is not None and (expires_at is None or expires_at > row.expires_at):
        row.expires_at = expires_at
        row.save(update_fields=["expires_at"])
    return row


@transaction.atomic
def note_soft_bounces(addresses: Iterable[str], *, source: str, at: datetime, on: date | None = None) -> None:
    """Each of them refused for now until we gave up. On SOFT_BOUNCE_LIMIT days within SOFT_BOUNCE_DAYS, alerts rest for
    SOFT_BOUNCE_REST_DAYS. on: the day of the refusal, where we hear of it later."""
    since = (at - timedelta(days=settings.SOFT_BOUNCE_DAYS)).date()
    for address in addresses:
        SoftBounce.objects.get_or_create(address=address, day=on or at.date())
        if SoftBounce.days_of(address, since=since) >= settings.SOFT_BOUNCE_LIMIT:
            rest = at + timedelta(days=settings.SOFT_BOUNCE_REST_DAYS)
            suppress(address, Reason.SOFT_BOUNCES, source=source, at=at, expires_at=rest)


@transaction.atomic
def release(suppression_ids: Iterable[int], *, by: Person | None, at: datetime) -> int:
    """Write to them again; returns how many were still in force."""
    released = 0
    for pk in sorted(suppression_ids):
        row = Suppression.objects.locked(pk)
        if row.released_at is None:
            row.released_at, row.released_by = at, by
            row.save(update_fields=["released_at", "released_by"])
            record(SuppressionReleased(suppression_id=row.pk), by=by, at=at)
            released += 1
    return released


def forget(*, at: datetime) -> int:
    """Days of refusals too old to count; returns how many."""
    since = (at - timedelta(days=settings.SOFT_BOUNCE_DAYS)).date()
    return SoftBounce.objects.filter(day__lt=since).delete()[0]
