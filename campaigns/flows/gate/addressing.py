"""Addressing: a page's address holds a name only while the name may be shown; an address once used is never given away."""

from __future__ import annotations

import re
from datetime import datetime
from uuid import UUID

from django.utils.crypto import get_random_string
from django.utils.text import slugify

from campaigns.models import Case, PageAddress, open_cases
from campaigns.models.gate.consent import Scope
from campaigns.models.gate.facts import shown_as

ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
LENGTH = 10
RANDOM = re.compile(f"[{ALPHABET}]{{{LENGTH}}}")
Page = PageAddress.Page


def keep_addresses(case: Case, *, at: datetime) -> None:
    """Give a case and its person their addresses as they are shown now, and retire a name's that may be shown no more.

    An address counts as seen from the moment the case has been: before that it answers as an unknown one. Inside the
    caller's transaction, after the case's lock.
    """
    is_named = shown_as(case) == Scope.NAME
    in_use = [_address(Page.CASE, case.public_id, "", at=at)]
    if is_named:
        in_use.append(_address(Page.DEFENDER, case.defender.public_id, _slug_of_name(case), at=at))
        _retire(Page.DEFENDER, case.public_id, at=at)
    else:
        in_use.append(_address(Page.DEFENDER, case.public_id, "", at=at))
        others = Case.objects.published().filter(defender=case.defender, withdrawn_at=None).exclude(pk=case.pk)
        if not any(shown_as(other) == Scope.NAME for other in others):
            _retire(Page.DEFENDER, case.defender.public_id, at=at)
    if open_cases(at).filter(pk=case.pk, first_published_at__isnull=False).exists():
        PageAddress.objects.filter(pk__in=in_use, shown_at=None).update(shown_at=at)


def _slug_of_name(case: Case) -> str:
    names = {name.language: name.text for name in case.defender.names.all() if name.is_display and name.kind != "alias"}
    return slugify(names.get("en", ""))[:60]


def _address(page: str, holder: UUID, wished: str, *, at: datetime) -> int:
    """The id of the address in use. One made of a name that is shown no more is retired for another."""
    found = PageAddress.objects.filter(page=page, holder=holder, retired_at=None).first()
    if found is not None:
        is_fit = not wished or found.slug == wished or found.slug.startswith(f"{wished}-")
        if is_fit and (wished or page == Page.CASE or RANDOM.fullmatch(found.slug)):
            return found.pk
        _retire(page, holder, at=at)
    former = PageAddress.objects.filter(page=page, holder=holder, slug=wished).first() if wished else None
    if former is not None:  # the same name may be shown again: its old address is theirs
        former.retired_at = None
        former.save(update_fields=["retired_at"])
        return former.pk
    slug = wished or get_random_string(LENGTH, ALPHABET)
    number = 2
    while PageAddress.objects.filter(page=page, slug=slug).exists():
        slug = f"{wished}-{number}" if wished else get_random_string(LENGTH, ALPHABET)
        number += 1
    return PageAddress.objects.create(page=page, holder=holder, slug=slug).pk


def _retire(page: str, holder: UUID, *, at: datetime) -> None:
    PageAddress.objects.filter(page=page, holder=holder, retired_at=None).update(retired_at=at)
