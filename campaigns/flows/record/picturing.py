"""Picturing: a photograph is put on record, changed, taken away. A second person approves what is shown of it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from django.db import transaction

from campaigns.events import PhotoAdded, PhotoChanged, PhotoRemoved
from campaigns.flows.gate import announcing
from campaigns.flows.gate.guarding import require_fit
from campaigns.flows.record.developing import Developed, develop
from campaigns.models import Case, FormerPhotoAddress, Photo, PhotoFile, PhotoOriginal
from campaigns.publishing.case_parts import SUBJECT, part_of_photo
from campaigns.publishing.photo import was_shown
from network.flows import approving, editing
from network.flows.recording import record
from network.models import Person


@dataclass(frozen=True, kw_only=True)
class Caption:
    alt: Mapping[str, str]  # {language: what is to be seen}
    credit: str
    licence: str


def add(
    case_id: int,
    original: bytes,
    caption: Caption,
    *,
    blurred: Sequence[Sequence[float]] = (),
    by: Person,
    at: datetime,
) -> Photo:
    """Develop an upload, then keep it: the sizes as they may be served, the original sealed. Raises NotAPicture,
    PictureTooLarge. Not one transaction on purpose: developing is slow, and would hold SQLite's only writer."""
    developed = develop(original, blurred=blurred)
    with transaction.atomic():
        case = Case.objects.locked(case_id)
        photo = Photo.objects.create(
            case=case,
            alt=dict(caption.alt),
            credit=caption.credit,
            licence=caption.licence,
            blurred=[list(box) for box in blurred],
            original_hash=hashlib.sha256(original).hexdigest(),
            added_at=at,
        )
        editing.wrote(photo, by=by, at=at)
        PhotoOriginal.objects.create(photo=photo, content=original)
        _keep(photo, developed)
        record(PhotoAdded(case_id=case.pk, photo_id=photo.pk), by=by, at=at)
    return photo


def change(photo_id: int, caption: Caption, *, blurred: Sequence[Sequence[float]], by: Person, at: datetime) -> Photo:
    """Another caption, other rectangles: developed anew from the sealed original, under a new address, so that the old
    one answers that it is gone; and approved anew."""
    kept = PhotoOriginal.objects.filter(pk=photo_id).first()
    if kept is None:
        return Photo.objects.get(pk=photo_id)
    developed = develop(bytes(kept.content), blurred=blurred)
    with transaction.atomic():
        photo = Photo.objects.locked(photo_id)
        if photo.removed_at is not None:  # while it was developed somebody took it away: it stays away
            return photo
        if was_shown(photo.token):
            FormerPhotoAddress.objects.create(token=photo.token, photo=photo)
        photo.token = uuid4()
        photo.alt, photo.credit, photo.licence = dict(caption.alt), caption.credit, caption.licence
        photo.blurred = [list(box) for box in blurred]
        photo.save()
        editing.wrote(photo, by=by, at=at)
        PhotoFile.objects.filter(photo=photo).delete()
        _keep(photo, developed)
        record(PhotoChanged(case_id=photo.case_id, photo_id=photo.pk), by=by, at=at)
        announcing.tell_of_change(photo.case_id, by=by, at=at)
    return photo


def _keep(photo: Photo, developed: Sequence[Developed]) -> None:
    PhotoFile.objects.bulk_create(
        PhotoFile(photo=photo, width=one.width, height=one.height, content=one.content) for one in developed
    )


@transaction.atomic
def approve(photo_id: int, *, digest: str, by: Person, at: datetime) -> None:
    """A second person looked at the picture as it would be shown. Raises ContentChanged, SamePersonApproves, WordsUnfit."""
    photo = Photo.objects.locked(photo_id)
    part = part_of_photo(photo)
    approving.require_unchanged(part, digest)
    require_fit("\n".join([*photo.alt.values(), photo.credit, photo.licence]), photo.case_id, at=at)
    approving.approve(SUBJECT, photo.case_id, part, by=by, at=at)
    announcing.tell_of_change(photo.case_id, by=by, at=at)


@transaction.atomic
def remove(photo_id: int, *, by: Person | None, at: datetime) -> None:
    """Gone with the next request, original and all; one person is enough. The row stays, empty, so that its address
    answers that it is gone."""
    photo = Photo.objects.locked(photo_id)
    if photo.removed_at is None:
        photo.removed_at = at
        photo.alt, photo.credit, photo.licence = {}, "", ""
        photo.save()
        PhotoFile.objects.filter(photo=photo).delete()
        PhotoOriginal.objects.filter(photo=photo).delete()
        record(PhotoRemoved(case_id=photo.case_id, photo_id=photo.pk), by=by, at=at)
        announcing.tell_of_change(photo.case_id, by=by, at=at)
