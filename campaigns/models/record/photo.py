"""Photo: a picture of a defender. The original is sealed and never served; what is served was made from its pixels."""

from __future__ import annotations

from uuid import uuid4

from django.db import models

from campaigns.models.record.case import Case
from network.models import Person
from network.models.dialect import locked
from network.models.sealed import SealedBytes, SealedJson, SealedText


class PhotoQuerySet(models.QuerySet["Photo"]):
    def locked(self, pk: int) -> Photo:
        return locked(self).get(pk=pk)

    def standing(self) -> PhotoQuerySet:
        return self.filter(removed_at=None)


class Photo(models.Model):
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="photos")
    token = models.UUIDField(default=uuid4, unique=True)  # its address; replaced when what it shows changes
    credit = SealedText(blank=True)
    licence = SealedText(blank=True)
    alt = SealedJson(default=dict)  # {language: what is to be seen, without another identifying fact}
    blurred = models.JSONField(default=list)  # rectangles [left, top, width, height] in per cent of the picture
    original_hash = models.CharField(max_length=64)  # SHA-256: provenance
    written_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    objects = PhotoQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]


class FormerPhotoAddress(models.Model):
    """Where a photograph that was shown stood before it was changed: that address answers that it is gone."""

    token = models.UUIDField(primary_key=True)
    photo = models.ForeignKey(Photo, on_delete=models.CASCADE, related_name="former_addresses")


class PhotoOriginal(models.Model):
    """As it was given, sealed; kept to make other sizes and to prove where it came from. No surface reads it."""

    photo = models.OneToOneField(Photo, on_delete=models.CASCADE, related_name="original", primary_key=True)
    content = SealedBytes()


class PhotoFile(models.Model):
    """One size of it, re-encoded: no byte of the original's metadata is in here."""

    photo = models.ForeignKey(Photo, on_delete=models.CASCADE, related_name="files")
    width = models.PositiveSmallIntegerField()  # pixels
    height = models.PositiveSmallIntegerField()
    content = SealedBytes()  # WebP

    class Meta:
        ordering = ["width"]
        constraints = [models.UniqueConstraint(fields=["photo", "width"], name="one_file_per_width")]
