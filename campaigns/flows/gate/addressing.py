"""Addressing: a page's address holds a name only while the name may be shown; an address once used is never given away."""

from __future__ import annotations

import re
from datetime import datetime
from uuid import UUID, uuid4

from django.utils.crypto import get_random_string
from django.utils.text import slugify

from campaigns.models import Case, PageAddress, open_cases
from campaigns.models.gate.consent import Scope
from campaigns.models.gate.facts import shown_as
from campaigns.models.record.case import hash_of_slug

ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
LENGTH = 10
RANDOM = re.compile(f"[{ALPHABET}]{{{LENGTH}}}")
Page = PageAddress.Page


def keep_addresses(case: Case, *, at: datetime) -> None:
    """Give a case and its person their addresses as they are shown now, and retire a name's that may be shown no more.

    An address counts as seen from the moment the case has been: before that it answers as an unknown one. Inside the
    caller's transaction, after the case's lock.
    """
    is_named = shown_as(case) == Scope.NAME and case.withdrawn_at is None
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
    slug = wished or get_random_string(LENGTH, ALPHABET)
    number = 2
    while PageAddress.objects.filter(page=page, slug=slug).exists():
        slug = f"{wished}-{number}" if wished else get_random_string(LENGTH, ALPHABET)
        number += 1
    return PageAddress.objects.create(page=page, holder=holder, slug=slug).pk


def _retire(page: str, holder: UUID, *, at: datetime) -> None:
    """It answers 410 from now on. One made of a name is kept as its hash alone, and no longer says whose it was."""
    for row in PageAddress.objects.filter(page=page, holder=holder, retired_at=None):
        if not RANDOM.fullmatch(row.slug):
            PageAddress.objects.filter(page=page, slug=hash_of_slug(row.slug)).delete()
            row.slug, row.holder = hash_of_slug(row.slug), uuid4()
        row.retired_at = at
        row.save(update_fields=["slug", "holder", "retired_at"])
