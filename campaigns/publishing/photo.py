"""PublishedPhoto: a picture that consent covers and a second person approved; and the bytes behind its address."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from campaigns.models import Case, FormerPhotoAddress, Photo, PhotoFile, PublicationConsent
from campaigns.publishing.case_parts import SUBJECT
from campaigns.publishing.defender import PublishedDefender
from campaigns.publishing.prose import findings
from campaigns.publishing.slots import fill
from network.models import Approval

Scope = PublicationConsent.Scope


@dataclass(frozen=True, kw_only=True)
class PublishedPhoto:
    token: UUID
    sizes: tuple[tuple[int, int], ...]  # (width, height) in pixels, the smallest first
    alt: str
    credit: str
    licence: str

    @property
    def largest(self) -> tuple[int, int]:
        return self.sizes[-1]


def published_photo(
    case: Case,
    photos: Iterable[Photo],
    scopes: frozenset[str],
    defender: PublishedDefender,
    language: str,
) -> PublishedPhoto | None:
    """The first of a case's approved photographs whose words may stand, or nothing: no photograph is no fault."""
    if Scope.PHOTO not in scopes:
        return None
    for photo in photos:
        sizes = tuple((file.width, file.height) for file in photo.files.all())
        alt = photo.alt.get(language) or photo.alt.get("en") or next(iter(photo.alt.values()), "")
        if sizes and not findings(f"{alt}\n{photo.credit}\n{photo.licence}", case, scopes):
            return PublishedPhoto(
                token=photo.token,
                sizes=sizes,
                alt=fill(alt, defender, language, html=False),
                credit=photo.credit,
                licence=photo.licence,
            )
    return None


@dataclass(frozen=True, kw_only=True)
class Picture:
    content: bytes  # WebP
    case_public_id: UUID


def find_picture(token: UUID, width: int) -> Picture | None:
    """The bytes of one size; whether they may be seen now is for the caller to ask of the case's published form."""
    file = PhotoFile.objects.select_related("photo__case").filter(photo__token=token, width=width).first()
    if file is None or file.photo.removed_at is not None:
        return None
    return Picture(content=bytes(file.content), case_public_id=file.photo.case.public_id)


def is_standing(token: UUID) -> bool:
    """Whether it was not taken away; then another size of it may never have been there."""
    return Photo.objects.standing().filter(token=token).exists()


def was_shown(token: UUID) -> bool:
    """Whether a photograph that somebody had approved, of a case that was ever published, has or had this address."""
    if FormerPhotoAddress.objects.filter(token=token).exists():
        return True
    photo = Photo.objects.filter(token=token).exclude(case__first_published_at=None).first()
    return photo is not None and Approval.objects.of(SUBJECT, photo.case_id).filter(part=f"photo:{photo.pk}").exists()
