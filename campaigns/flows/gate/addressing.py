"""Addressing: a page's address holds a name only while the name may be shown; an address once used is never given away."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils.crypto import get_random_string
from django.utils.text import slugify

from campaigns.models import Case, PageAddress
from campaigns.models.gate.consent import Scope, shown_as

ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
Page = PageAddress.Page


def keep_addresses(case: Case, *, at: datetime) -> None:
    """Give a case and its person their addresses as they are shown now, and retire a name's that may be shown no more.

    Inside the caller's transaction, after the case's lock.
    """
    is_named = shown_as(case) == Scope.NAME
    _address(Page.CASE, case.public_id, "")
    if is_named:
        _address(Page.DEFENDER, case.defender.public_id, _slug_of_name(case))
        _retire(Page.DEFENDER, case.public_id, at=at)
        return
    _address(Page.DEFENDER, case.public_id, "")
    others = Case.objects.published().filter(defender=case.defender, withdrawn_at=None).exclude(pk=case.pk)
    if not any(shown_as(other) == Scope.NAME for other in others):
        _retire(Page.DEFENDER, case.defender.public_id, at=at)


def _slug_of_name(case: Case) -> str:
    names = {name.language: name.text for name in case.defender.names.all() if name.is_display and name.kind != "alias"}
    return slugify(names.get("en", ""))[:60]


def _address(page: str, holder: UUID, wished: str) -> None:
    if PageAddress.objects.filter(page=page, holder=holder, retired_at=None).exists():
        return
    former = PageAddress.objects.filter(page=page, holder=holder, slug=wished).first() if wished else None
    if former is not None:  # the same name may be shown again: its old address is theirs
        former.retired_at = None
        former.save(update_fields=["retired_at"])
        return
    slug = wished or get_random_string(10, ALPHABET)
    number = 2
    while PageAddress.objects.filter(page=page, slug=slug).exists():
        slug = f"{wished}-{number}" if wished else get_random_string(10, ALPHABET)
        number += 1
    PageAddress.objects.create(page=page, holder=holder, slug=slug)


def _retire(page: str, holder: UUID, *, at: datetime) -> None:
    PageAddress.objects.filter(page=page, holder=holder, retired_at=None).update(retired_at=at)
