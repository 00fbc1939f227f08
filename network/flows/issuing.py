"""Issuing: an organisation's keys to the API. The secret is returned once and kept nowhere."""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from network.events import ApiKeyIssued, ApiKeyReplaced, ApiKeyRevoked
from network.flows.recording import record
from network.models import ApiKey, Organisation, Person
from network.models.api_key import PREFIX, hash_of
from network.refusals import KeyEnded, NotInGoodStanding, ScopesMissing, TooManyKeys

SHAPE = re.compile(rf"{PREFIX}([0-9a-f]{{12}})_[\w-]{{43,64}}", re.ASCII)


@transaction.atomic
def issue(
    organisation_id: int,
    *,
    name: str,
    scopes: Sequence[str],
    days: int,
    by: Person | None,
    at: datetime,
    secret: str = "",
) -> tuple[ApiKey, str]:
    """Make a key; returns its row and its text, "hk_<12 hex>_<43 characters>", which is never seen again.

    secret: the last part, where a trial needs the same one each time; otherwise 256 fresh random bits.
    Raises NotInGoodStanding, ScopesMissing, TooManyKeys.
    """
    organisation = Organisation.objects.locked(organisation_id)
    if not organisation.is_in_good_standing:
        raise NotInGoodStanding
    known = [scope for scope in ApiKey.Scope.values if scope in set(scopes)]
    if not known:
        raise ScopesMissing
    if ApiKey.objects.usable(at).of(organisation).count() >= settings.API_KEYS_PER_ORGANISATION:
        raise TooManyKeys
    handle = hash_of(secret)[:12] if secret else secrets.token_hex(6)
    text = f"{PREFIX}{handle}_{secret or secrets.token_urlsafe(32)}"
    row = ApiKey.objects.create(
        organisation=organisation,
        name=name,
        handle=handle,
        hash=hash_of(text),
        scopes=known,
        created_by=by,
        created_at=at,
        expires_at=at + timedelta(days=days),
    )
    record(ApiKeyIssued(key_id=row.pk), by=by, at=at, organisations=[organisation])
    return row, text


@transaction.atomic
def revoke(key_id: int, *, by: Person | None, at: datetime) -> ApiKey:
    """The key is a wrong key from the next request on; revoking twice changes nothing."""
    row = ApiKey.objects.locked(key_id)
    if row.revoked_at is None:
        row.revoked_at = at
        row.save(update_fields=["revoked_at"])
        record(ApiKeyRevoked(key_id=row.pk), by=by, at=at, organisations=[row.organisation])
    return row


@transaction.atomic
def rotate(key_id: int, *, by: Person | None, at: datetime) -> tuple[ApiKey, str]:
    """A new key like this one; the old one goes on for API_KEY_OVERLAP_DAYS, so that no tool stops in between.

    Raises KeyEnded, NotInGoodStanding, TooManyKeys.
    """
    old = ApiKey.objects.locked(key_id)
    if not old.is_usable(at):
        raise KeyEnded
    days = max(1, (old.expires_at - old.created_at).days)
    made = issue(old.organisation_id, name=old.name, scopes=old.scopes, days=days, by=by, at=at)
    end_soon(old.pk, at=at)
    record(ApiKeyReplaced(key_id=old.pk), by=by, at=at)
    return made


@transaction.atomic
def end_soon(key_id: int, *, at: datetime) -> None:
    """A key that was replaced ends API_KEY_OVERLAP_DAYS from now, or when it would have."""
    ends = at + timedelta(days=settings.API_KEY_OVERLAP_DAYS)
    ApiKey.objects.filter(pk=key_id, expires_at__gt=ends).update(expires_at=ends)


def recognise(text: str, *, at: datetime) -> ApiKey | None:
    """The key behind a text somebody presents, or None: unknown, revoked, expired, or its organisation suspended."""
    shape = SHAPE.fullmatch(text)
    if shape is None:
        return None
    row = ApiKey.objects.usable(at).select_related("organisation").filter(handle=shape[1]).first()
    return row if row is not None and row.matches(text) else None


def note_use(key: ApiKey, *, at: datetime) -> None:
    """Keep the day of the last use; one write a day."""
    if key.last_used_on != at.date():
        ApiKey.objects.filter(pk=key.pk).update(last_used_on=at.date())
