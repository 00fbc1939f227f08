"""Endorsing: joining the network. A pending row first; a person only when the address is confirmed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction

from network.events import EndorsementConfirmed, EndorsementEntered, EndorsementRejected, EndorsementWithdrawn
from network.flows import consenting, registering
from network.flows.recording import record
from network.models import Endorsement, Installation, Organisation, Person, Principles
from network.models.address import fingerprint

State = Endorsement.State


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What the join page asks. `address` in stored form, `display_name` already checked."""

    address: str
    display_name: str
    language: str
    wants_alerts: bool


@transaction.atomic
def enter(principles: Principles, entry: Entry, *, at: datetime) -> Endorsement:
    """Keep a pending endorsement and ask for a confirmation mail. Says nothing about whether the address was known."""
    key = bytes(Installation.objects.get().endorsement_key)
    mark = fingerprint(entry.address, key=key)
    found = Endorsement.objects.filter(principles=principles, fingerprint=mark).first()
    if found is None:
        try:
            with transaction.atomic():
                row = Endorsement.objects.create(
                    principles=principles,
                    fingerprint=mark,
                    entered_at=at,
                    asked_at=at,
                    **_words(entry),
                )
        except IntegrityError:
            return enter(principles, entry, at=at)
        record(EndorsementEntered(endorsement_id=row.pk), by=None, at=at)
        return row
    row = Endorsement.objects.locked(found.pk)
    repeated = (
        row.state == State.PENDING
        and _words(entry) == {name: getattr(row, name) for name in _words(entry)}
        and at - row.asked_at < timedelta(minutes=settings.CONFIRMATION_REPEAT_MINUTES)
    )
    if repeated:
        return row
    if row.state != State.CONFIRMED:
        for name, value in _words(entry).items():
            setattr(row, name, value)
        row.state = State.PENDING
        row.entered_at = at
        row.person = None
    row.asked_at = at
    row.save()
    record(EndorsementEntered(endorsement_id=row.pk), by=None, at=at)
    return row


def _words(entry: Entry) -> dict[str, str | bool]:
    return {
        "address": entry.address,
        "display_name": entry.display_name,
        "language": entry.language,
        "wants_alerts": entry.wants_alerts,
    }


@transaction.atomic
def confirm(endorsement_id: UUID, *, display_name: str, wants_alerts: bool, at: datetime) -> Endorsement:
    """The owner pressed the button, with the words and ticks as they left them. Pressing twice changes nothing."""
    row = Endorsement.objects.locked(endorsement_id)
    if row.state != State.PENDING or not row.address:
        return row
    person = registering.found_or_made(row.address, display_name=display_name, language=row.language, at=at)
    row.person = person
    row.state = State.CONFIRMED
    row.confirmed_at = at
    row.wants_alerts = wants_alerts
    row.wipe()
    row.save()
    if wants_alerts:
        consenting.give(person, Organisation.objects.host(), through="join", at=at)
    record(EndorsementConfirmed(endorsement_id=row.pk, person_id=person.pk), by=person, at=at)
    return row


@transaction.atomic
def reject(endorsement_id: UUID, *, at: datetime) -> Endorsement:
    """ "This was not me": the address is forgotten at once."""
    row = Endorsement.objects.locked(endorsement_id)
    if row.state == State.PENDING:
        row.state = State.REJECTED
        row.wipe()
        row.save()
        record(EndorsementRejected(endorsement_id=row.pk), by=None, at=at)
    return row


@transaction.atomic
def withdraw(person: Person, *, at: datetime) -> None:
    """Leave the network: the endorsement no longer stands, and no alert follows."""
    person = Person.objects.locked(person.pk)
    for row in Endorsement.objects.confirmed().filter(person=person):
        row.state = State.WITHDRAWN
        row.save(update_fields=["state"])
        record(EndorsementWithdrawn(endorsement_id=row.pk, person_id=person.pk), by=person, at=at)
    consenting.withdraw(person, at=at)


@transaction.atomic
def expire(*, at: datetime) -> int:
    """Wipe what nobody confirmed in time; returns how many rows. They stay in the received count."""
    limit = at - timedelta(days=settings.CONFIRMATION_DAYS)
    return Endorsement.objects.pending().entered_before(limit).update(state=State.EXPIRED, address="", display_name="")
