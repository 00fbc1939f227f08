"""Applying: an organisation asks to be a partner. Nothing waits in the desk before its contact confirmed by mail."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from network.events import ApplicationConfirmed, ApplicationEntered, ApplicationRejected
from network.flows.recording import record
from network.models import Application, Principles

State = Application.State


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What the application page asks. `address` in stored form, `country` an ISO 3166-1 code."""

    legal_name: str
    country: str
    website: str
    disclosures: str
    contact_name: str
    address: str
    language: str


@transaction.atomic
def enter(principles: Principles, entry: Entry, *, at: datetime) -> Application:
    """Keep a pending application and ask its contact to confirm.

    The same words again within CONFIRMATION_REPEAT_MINUTES are one application and one mail; other words are another
    application: only the owner of the address can tell which is right, by confirming it.
    """
    since = at - timedelta(minutes=settings.CONFIRMATION_REPEAT_MINUTES)
    words = {name: getattr(entry, name) for name in Entry.__dataclass_fields__}
    repeated = Application.objects.pending().filter(asked_at__gt=since, principles=principles, **words).first()
    if repeated is not None:
        return repeated
    row = Application.objects.create(principles=principles, entered_at=at, asked_at=at, **words)
    record(ApplicationEntered(application_id=row.pk), by=None, at=at)
    return row


@transaction.atomic
def confirm(application_id: int, *, at: datetime) -> Application:
    """The contact pressed the button: now it waits in the vetting desk. Pressing twice changes nothing."""
    row = Application.objects.locked(application_id)
    if row.state == State.PENDING:
        row.state = State.WAITING
        row.confirmed_at = at
        row.save(update_fields=["state", "confirmed_at"])
        record(ApplicationConfirmed(application_id=row.pk), by=None, at=at)
    return row


@transaction.atomic
def reject(application_id: int, *, at: datetime) -> Application:
    """ "This was not me": the address is forgotten at once, and nobody looks at the application."""
    row = Application.objects.locked(application_id)
    if row.state == State.PENDING:
        row.state = State.REJECTED
        row.wipe()
        row.save()
        record(ApplicationRejected(application_id=row.pk), by=None, at=at)
    return row


@transaction.atomic
def forget(*, at: datetime) -> int:
    """Wipe the contacts of what nobody confirmed in time and of what was decided long ago; returns how many rows."""
    unconfirmed = Application.objects.pending().entered_before(at - timedelta(days=settings.CONFIRMATION_DAYS))
    expired = unconfirmed.update(
        state=State.EXPIRED, address="", contact_name="", legal_name="", website="", disclosures="", country=""
    )
    limit = at - timedelta(days=settings.APPLICATION_CONTACT_DAYS)
    old = Application.objects.decided_before(limit).exclude(address="")
    return expired + old.update(address="", contact_name="")
