"""Reporting: what a mail provider's signed report says became of a mail, in the words that are common to all of them.

A provider that refuses by its own policy says nothing about the mailbox: only one that does not exist is called dead. What was
released since, or is long past, is not believed again, however often it is sent.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from django.conf import settings
from django.db import transaction

from network.models import Person
from network.models.address import stored_form
from network.refusals import NotAnAddress
from notifications.engine import returning
from notifications.flows import suppressing, unsubscribing
from notifications.models import Suppression

Reason = Suppression.Reason
NOT_DELIVERED = {"bounced", "rejected"}
INVALID, BOUNCED = "invalid", "bounced"  # about the mailbox; every other reason is about this mail, or this sender
COMPLAINED, UNSUBSCRIBED, SPAM = "complained", "unsubscribed", "spam"


class Report(NamedTuple):
    """event: bounced, rejected, complained, unsubscribed or whatever else there is; reason: invalid, bounced, blocked, spam,
    timed_out, unsubscribed, other or nothing."""

    event: str
    address: str
    reason: str
    message_id: str  # ours where the provider echoes it, else the provider's own; without its brackets
    happened_at: datetime
    is_gone: bool = False  # the provider's own words say that the mailbox is not there


@transaction.atomic
def hear(report: Report, *, provider: str, at: datetime) -> bool:
    """Do what follows from it; returns whether anything does. Said twice it changes nothing."""
    try:
        address = stored_form(report.address)
    except NotAnAddress:
        return False
    if at - report.happened_at > timedelta(days=settings.RETURNED_MAIL_DAYS):
        return False
    source = f"{provider}-{report.reason or report.event}"[:40]
    if report.event == COMPLAINED or (report.event in NOT_DELIVERED and report.reason == SPAM):
        return _suppress(address, Reason.COMPLAINT, report, source=source, at=at)
    if report.event == UNSUBSCRIBED or (report.event in NOT_DELIVERED and report.reason == UNSUBSCRIBED):
        person = Person.objects.filter(email=address).first()
        return bool(person and unsubscribing.stop_alerts(person, at=at))
    if report.event not in NOT_DELIVERED:
        return False
    returning.tell_the_truth(address, {report.message_id.encode()}, at=at)
    if report.reason == INVALID or (report.reason == BOUNCED and report.is_gone):
        return _suppress(address, Reason.HARD_BOUNCE, report, source=source, at=at)
    suppressing.note_soft_bounces([address], source=source, at=at, on=report.happened_at.date())
    return True


def _suppress(address: str, reason: Suppression.Reason, report: Report, *, source: str, at: datetime) -> bool:
    released = Suppression.objects.filter(address=address, reason=reason, released_at__gte=report.happened_at)
    if released.exists():  # somebody who looked at it since knows better
        return False
    suppressing.suppress(address, reason, source=source, at=at)
    return True
