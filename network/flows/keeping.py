"""Keeping: what somebody is writing and has not sent, so that a lost session loses nothing of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from json import dumps

from django.conf import settings
from django.db import transaction

from network.models import KeptWords


@transaction.atomic
def keep(person_id: int, place: str, words: Mapping[str, Sequence[str]], *, at: datetime) -> None:
    """place: the path of the page with the form. words: {field: [what stands in it]}. Kept for KEPT_WORDS_HOURS."""
    KeptWords.objects.update_or_create(
        person_id=person_id, place=place, defaults={"words": dumps(words, ensure_ascii=False), "kept_at": at}
    )


def forget(person_id: int, place: str) -> None:
    """It was sent: nothing waits any more."""
    KeptWords.objects.filter(person=person_id, place=place).delete()


def forget_old(*, at: datetime) -> int:
    """Returns how many were forgotten."""
    return KeptWords.objects.filter(kept_at__lt=at - timedelta(hours=settings.KEPT_WORDS_HOURS)).delete()[0]
