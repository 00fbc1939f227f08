"""Evidence: what is asked of many cases at once before any of them is formed; a list asks the database as often as one page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Prefetch, prefetch_related_objects

from campaigns.models import Case, Photo, PhotoFile, PublicationConsent
from campaigns.models.gate.facts import ask_what_was_said
from campaigns.publishing.addresses import slugs_in_use
from campaigns.publishing.audiences import Audience
from campaigns.publishing.case_parts import SAFETY, SUBJECT, part_of_photo, read_until, written_parts
from campaigns.publishing.standing import Standing, standings
from network.models import Approval


@dataclass(frozen=True, kw_only=True)
class Evidence:
    standing: Standing
    read_until: datetime | None  # the end of a judgement of risk that two have read; in an emergency there may be none
    unapproved: frozenset[str]  # facts and words that nobody else has approved as they stand; and that judgement
    photos: tuple[Photo, ...]  # approved, the newest first, if consent covers any
    slugs: Mapping[tuple[str, UUID], str]


def evidence_of(cases: Iterable[Case], *, audience: Audience, at: datetime) -> dict[int, Evidence]:
    """{case id: its evidence}, of those of which consent and risk let anything be told."""
    rows = list(cases)
    found = standings(rows, audience=audience, at=at)
    told = [row for row in rows if found[row.pk].until is not None and found[row.pk].may_be_told]
    if not told:
        return {}
    ask_what_was_said(told)
    read, slugs = read_until(told, at=at), slugs_in_use(told)
    photos = _photos([row for row in told if PublicationConsent.Scope.PHOTO in found[row.pk].scopes])
    pictured = {pk: [(photo, part_of_photo(photo)) for photo in of_one] for pk, of_one in photos.items()}
    parts = {row.pk: [*written_parts(row), *(part for _photo, part in pictured.get(row.pk, ()))] for row in told}
    waits = {pk: set(names) for pk, names in Approval.objects.missing_of_each(SUBJECT, parts).items()}
    return {
        row.pk: Evidence(
            standing=found[row.pk],
            read_until=read.get(row.pk),
            unapproved=_unapproved(waits[row.pk], is_read=row.pk in read),
            photos=tuple(photo for photo, part in pictured.get(row.pk, ()) if part.name not in waits[row.pk]),
            slugs=slugs,
        )
        for row in told
    }


def _unapproved(waits: set[str], *, is_read: bool) -> frozenset[str]:
    written = {name for name in waits if not name.startswith("photo:")}
    return frozenset(written if is_read else {*written, SAFETY})


def _photos(cases: list[Case]) -> dict[int, list[Photo]]:
    """{case id: its standing photographs with their sizes, the newest first}"""
    files = Prefetch("files", PhotoFile.objects.defer("content"))
    standing = Prefetch("photos", Photo.objects.standing().prefetch_related(files), to_attr="standing_photos")
    prefetch_related_objects(cases, standing)
    return {case.pk: case.standing_photos for case in cases}  # type: ignore[attr-defined]
