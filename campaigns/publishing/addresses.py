"""Where a case's and a person's pages are, and what stands behind an address."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from campaigns.models import Case, PageAddress
from campaigns.models.record.case import hash_of_slug
from campaigns.publishing.defender import PublishedDefender

Page = PageAddress.Page


@dataclass(frozen=True)
class Slugs:
    case: str  # empty while it never was published
    defender: str


def slugs_in_use(cases: Iterable[Case]) -> dict[tuple[str, UUID], str]:
    """{(page, holder): slug} of these cases and their people, in one query."""
    holders = {holder for case in cases for holder in (case.public_id, case.defender.public_id)}
    rows = PageAddress.objects.filter(holder__in=holders, retired_at=None)
    return {(row.page, row.holder): row.slug for row in rows}


def slugs_of(case: Case, defender: PublishedDefender, found: Mapping[tuple[str, UUID], str]) -> Slugs:
    """found: as slugs_in_use tells."""
    return Slugs(
        case=found.get((Page.CASE.value, case.public_id), ""),
        defender=found.get((Page.DEFENDER.value, defender.public_id), ""),
    )


def holder_of(page: str, slug: str) -> UUID | None:
    """Whose page an address in use is; None for a retired or unknown one."""
    row = PageAddress.objects.filter(page=page, slug=slug, retired_at=None).first()
    return row.holder if row else None


def was_seen(page: str, slug: str) -> bool:
    """Whether somebody may have read something at this address: then it is gone, not unknown."""
    known = [slug, hash_of_slug(slug)]
    return PageAddress.objects.filter(page=page, slug__in=known).exclude(shown_at=None).exists()
