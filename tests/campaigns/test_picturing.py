"""A photograph changed while somebody takes it away stays away; one that no page could hold is refused."""

from __future__ import annotations

import io

import pytest
from django.utils import timezone
from PIL import Image

from campaigns.flows.record import picturing
from campaigns.flows.record.developing import TALLEST, develop
from campaigns.models import Photo, PhotoFile, PhotoOriginal
from campaigns.refusals import PictureTooLarge
from campaigns.workspace.photos import CaptionForm
from tests.makers import make_case, make_jpeg

CAPTION = picturing.Caption(alt={"en": "A lake"}, credit="", licence="")


@pytest.mark.django_db
def test_a_photograph_taken_away_while_it_is_developed_anew_stays_away(network, settings, monkeypatch):
    settings.PHOTO_WIDTHS = (100,)
    case = make_case(network, scopes=("name", "narrative", "photo"))
    photo = picturing.add(case.pk, make_jpeg((200, 150)), CAPTION, by=network.writer, at=timezone.now())

    def meanwhile(original, *, blurred):
        picturing.remove(photo.pk, by=network.approver, at=timezone.now())
        return develop(original, blurred=blurred)

    monkeypatch.setattr(picturing, "develop", meanwhile)
    picturing.change(photo.pk, CAPTION, blurred=[[0, 0, 10, 10]], by=network.writer, at=timezone.now())
    row = Photo.objects.get(pk=photo.pk)
    assert row.removed_at is not None and row.alt == {}
    assert not PhotoFile.objects.exists() and not PhotoOriginal.objects.exists()


def test_a_picture_taller_than_its_format_can_hold_is_refused(settings):
    settings.PHOTO_WIDTHS = (100,)
    out = io.BytesIO()
    Image.new("RGB", (10, TALLEST + 1)).save(out, "PNG")
    with pytest.raises(PictureTooLarge):
        develop(out.getvalue())


@pytest.mark.parametrize(
    ("typed", "fits"),
    [("10, 20, 30, 15", True), ("90, 20, 30, 15", False), ("0، 0، 100، 100", True), ("1, 1, 0, 5", False)],
)
def test_what_is_to_be_blurred_lies_inside_the_picture(typed, fits):
    form = CaptionForm({"blur_1": typed})
    assert form.is_valid() is fits
    if fits:
        assert len(form.blurred()) == 1
