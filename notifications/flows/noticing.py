"""Noticing: one transactional message to one address, kept with its chunk in the caller's transaction."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.crypto import salted_hmac

from network.models import Person
from network.models.address import destination_of, fingerprint
from notifications.models import Chunk, Notice, Suppression
from notifications.signals import announce, notices_waiting

Kind = Notice.Kind
# What a stranger can make us send to somebody.
CONFIRMATIONS = (
    Kind.CONFIRM_PARTICIPATION,
    Kind.REMIND_PARTICIPATION,
    Kind.CONFIRM_ENDORSEMENT,
    Kind.CONFIRM_APPLICATION,
    Kind.INVITATION,
)
SIGN_INS = (Kind.SIGN_IN_CODE, Kind.SIGN_IN_UNKNOWN)


@transaction.atomic
def notify(
    kind: Notice.Kind,
    *,
    address: str,
    language: str,
    dedupe_key: str,
    at: datetime,
    subject_id: str = "",
    payload: dict[str, Any] | None = None,
) -> Notice:
    """Queue a notice; the same dedupe key again changes nothing and returns the first.

    Suppressed addresses, and addresses that somebody floods with confirmations, get a row that says why it was dropped.
    """
    found = Notice.objects.filter(dedupe_key=dedupe_key).first()
    if found is not None:
        return found
    mailbox_key = fingerprint(address, key=_limits_key())
    reason = _reason_to_drop(kind, address, mailbox_key, at=at)
    notice = Notice(
        mailbox_key=mailbox_key,
        kind=kind,
        address=address,
        language=language,
        dedupe_key=dedupe_key,
        subject_id=subject_id,
        payload=payload or {},
        created_at=at,
    )
    if reason:
        notice.state, notice.reason, notice.settled_at, notice.payload = Notice.State.DROPPED, reason, at, {}
    else:
        notice.chunk = Chunk.objects.create(
            kind=Chunk.Kind.NOTICE,
            kind_rank=Chunk.KIND_RANK[Chunk.Kind.NOTICE],
            language=language,
            destination=destination_of(address),
            size_count=1,
            not_before=at,
        )
    notice.save()
    if not reason:
        announce(notices_waiting)
    return notice


def _reason_to_drop(kind: Notice.Kind, address: str, mailbox_key: str, *, at: datetime) -> str:
    today = Notice.objects.filter(mailbox_key=mailbox_key, created_at__gt=at - timedelta(days=1))
    is_dead = Suppression.objects.stopping_everything().of_mailbox(address).exists()
    # A dead mailbox may live again; one code a day keeps the way to one's own page open.
    codes_today = today.filter(kind=Kind.SIGN_IN_CODE).exclude(state=Notice.State.DROPPED)
    if is_dead and (kind != Kind.SIGN_IN_CODE or codes_today.exists()):
        return "suppressed"
    if kind == Kind.REMIND_PARTICIPATION and _is_left_in_peace(address):
        return "unwanted"
    for kinds, limit in (
        (CONFIRMATIONS, settings.CONFIRMATION_MAILS_PER_ADDRESS_PER_DAY),
        (SIGN_INS, settings.SIGN_IN_MAILS_PER_ADDRESS_PER_DAY),
    ):
        if kind in kinds and today.filter(kind__in=kinds).count() >= limit:
            return "too-many-today"
    return ""


def dropped_since(notices: Collection[Notice]) -> dict[int, str]:
    """{id: why} of queued notices that may no longer go, asked again where they are sent: what was allowed when they were queued
    need not be hours later. To a dead mailbox still goes one code a day, the newest."""
    dead = Suppression.objects.stopping_everything().among({one.address for one in notices}) if notices else set()
    dropped: dict[int, str] = {}
    for one in notices:
        if one.address in dead and not (one.kind == Kind.SIGN_IN_CODE and _is_the_days_code(one)):
            dropped[one.pk] = "suppressed"
        elif one.kind == Kind.REMIND_PARTICIPATION and _is_left_in_peace(one.address):
            dropped[one.pk] = "unwanted"
    return dropped


def _is_the_days_code(code: Notice) -> bool:
    """None went to its mailbox today, and no newer one waits."""
    day = timedelta(days=1)
    others = Notice.objects.filter(kind=Kind.SIGN_IN_CODE, mailbox_key=code.mailbox_key).exclude(pk=code.pk)
    gone = others.filter(state=Notice.State.SENT, created_at__gt=code.created_at - day)
    return not gone.exists() and not others.queued().filter(pk__gt=code.pk).exists()


def _is_left_in_peace(address: str) -> bool:
    """Nobody asked for a reminder: it goes to nobody who complained, whose mailbox refuses, or who may be in danger."""
    complained = Suppression.objects.in_force().of_mailbox(address)
    return complained.exists() or Person.objects.filter(email=address, at_risk=True).exists()


def _limits_key() -> bytes:
    """Keys the hashes by which daily limits know a mailbox however its address is spelt."""
    return salted_hmac("hamseda.limits", "key", algorithm="sha256").digest()


@transaction.atomic
def forget(*, at: datetime) -> int:
    """Empty the addresses of notices settled long enough ago, and of reminders sooner: what nobody confirms is forgotten on the
    day that was told, and they come late. Returns how many."""
    limit, sooner = at - timedelta(days=settings.NOTICE_ADDRESS_DAYS), at - timedelta(days=1)
    kept = Notice.objects.exclude(address="")
    reminders = kept.settled_before(sooner).filter(kind=Kind.REMIND_PARTICIPATION)
    return sum(rows.update(address="", payload={}, mailbox_key="") for rows in (reminders, kept.settled_before(limit)))
