"""Scenario 10. Consent for an alias and what happened, and a photograph that holds a place: no real name and no photograph
anywhere; once consent covers the photograph, the public file has no metadata and a name nobody can guess."""

from __future__ import annotations

import io
import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.utils import timezone
from PIL import Image

from campaigns.flows.gate import consenting, silencing
from campaigns.flows.record import picturing
from campaigns.models import Case, Photo, PhotoFile, PhotoOriginal
from campaigns.publishing.case_parts import part_of_photo
from campaigns.refusals import PictureTooLarge
from tests.makers import approve_case, enter_workspace, make_case, make_jpeg, make_key, make_partner
from tests.makers.pictures import MARKS

pytestmark = pytest.mark.django_db

REAL = ("Golnar", "Sabzrud", "گلنار", "سبزرود")
CAPTION = picturing.Caption(alt={"en": "A lake", "fa": "دریاچه"}, credit="", licence="CC0")


@pytest.fixture
def case(network):
    """Shown by an alias, with a photograph that a second person has approved."""
    case = make_case(network, alias="Baran", scopes=("alias", "narrative"))
    photo = picturing.add(case.pk, make_jpeg(), CAPTION, by=network.writer, at=timezone.now())
    approve_photo(network, photo)
    return case


def approve_photo(network, photo) -> None:
    digest = part_of_photo(Photo.objects.get(pk=photo.pk)).digest
    picturing.approve(photo.pk, digest=digest, by=network.approver, at=timezone.now())


def consent_to(network, case, *scopes: str) -> None:
    now = timezone.now()
    consent = consenting.Consent(given_by="family", scopes=scopes, expires_at=now + timedelta(days=90))
    consenting.record_consent(case.pk, consent, by=network.writer, at=now)
    approve_case(network, case)


def everywhere(network, case) -> str:
    """What anybody, and a partner with every power, can read of the case: pages, list, search, feeds, API, headers."""
    key = make_key(make_partner(network))
    found = []
    for client in (Client(), Client(headers={"Authorization": f"Bearer {key}"})):
        listing = client.get("/defenders/").content.decode()
        page = re.search(r'href="(/defenders/[^"?]+/)"', listing)
        paths = ["/", "/defenders/", "/fa/defenders/", "/defenders/?q=Baran", "/feeds/defenders.atom"]
        paths += ["/fa/feeds/defenders.atom", "/feeds/campaigns.atom", "/api/v1/cases/", "/api/v1/cases/?language=fa"]
        paths += ["/api/v1/defenders/", f"/api/v1/cases/{case.public_id}/", "/api/v1/changes"]
        if page:
            paths += [page.group(1), f"/fa{page.group(1)}"]
        for path in paths:
            answer = client.get(path)
            found.append(f"{answer.status_code} {path} {dict(answer.headers)}\n{answer.content.decode()}")
    return "\n".join(found)


def test_by_an_alias_no_name_and_no_photograph_is_anywhere(network, case):
    text = everywhere(network, case)
    assert "Baran" in text
    for word in REAL:
        assert word not in text.replace("q=", "")
    assert "/photos/" not in text
    photo = Photo.objects.get()
    for file in PhotoFile.objects.all():
        assert Client().get(f"/photos/{photo.token}-{file.width}.webp").status_code == 410
    for name in REAL:
        assert Client().get("/defenders/", {"q": name}).content.decode().count("<article") == 0


def test_with_consent_the_file_has_no_metadata_and_no_guessable_name(network, case):
    consent_to(network, case, "alias", "narrative", "photo")
    page = Client().get(f"/api/v1/cases/{case.public_id}/").json()
    urls = [size["url"] for size in page["photo"]["sizes"]]
    assert len(urls) >= 2
    for url in urls:
        answer = Client().get(re.sub(r"^https?://[^/]+", "", url))
        assert (answer.status_code, answer["Content-Type"]) == (200, "image/webp")
        for mark in MARKS:
            assert mark not in answer.content
        with Image.open(io.BytesIO(answer.content)) as picture:
            assert (picture.format, dict(picture.getexif()), picture.info.get("xmp")) == ("WEBP", {}, None)
        assert re.fullmatch(r".*/photos/[0-9a-f-]{36}-\d+\.webp", url)
    text = everywhere(network, case)
    assert "/photos/" in text
    for word in REAL:
        assert word not in text
    assert Photo.objects.get().original_hash not in text


def test_the_original_is_sealed_and_no_address_serves_it(network, case):
    photo = Photo.objects.get()
    original = make_jpeg()
    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM campaigns_photooriginal")
        kept = bytes(cursor.fetchone()[0])
    for piece in (original[:32], original[1000:1064], *MARKS):
        assert piece not in kept
    assert bytes(PhotoOriginal.objects.get(pk=photo.pk).content) == original


def test_a_rectangle_is_unreadable_and_a_change_gives_another_address(network, case):
    consent_to(network, case, "alias", "narrative", "photo")
    photo = Photo.objects.get()
    before = photo.token
    boxes = [[5, 5, 20, 25]]
    picturing.change(photo.pk, CAPTION, blurred=boxes, by=network.writer, at=timezone.now())
    photo.refresh_from_db()
    assert photo.token != before
    assert Client().get(f"/photos/{before}-480.webp").status_code == 410  # it was shown
    assert Client().get(f"/photos/{photo.token}-480.webp").status_code == 410  # it waits for a second person again
    approve_photo(network, photo)
    shown = Client().get(f"/photos/{photo.token}-960.webp").content
    with Image.open(io.BytesIO(shown)) as picture:
        part = picture.convert("L").crop((90, 90, 170, 170))
        low, high = part.getextrema()
    assert high - low < 120  # the white stroke on the black square was 0 to 255


def test_withdrawn_or_removed_the_photograph_is_gone_with_the_next_request(network, case):
    consent_to(network, case, "alias", "narrative", "photo")
    photo = Photo.objects.get()
    url = f"/photos/{photo.token}-480.webp"
    assert Client().get(url).status_code == 200
    silencing.withdraw_case(case.pk, by=network.writer, at=timezone.now())
    assert Client().get(url).status_code == 410
    picturing.remove(photo.pk, by=network.writer, at=timezone.now())
    assert (PhotoFile.objects.count(), PhotoOriginal.objects.count()) == (0, 0)
    assert Client().get(url).status_code == 410


def test_an_organiser_gives_one_and_another_person_approves_it(network, deliver_all):
    case = make_case(network, scopes=("name", "narrative", "photo"))
    editor = enter_workspace(network.writer, deliver_all)
    url = f"/organise/cases/{case.pk}/photos/"
    given = {"alt_en": "A lake", "credit": "", "licence": "", "blur_1": "5, 5, 20, 25"}
    picture = SimpleUploadedFile("IMG_2041_golnar.jpg", make_jpeg(), "image/jpeg")
    assert editor.post(url, {**given, "picture": picture}).status_code == 302
    photo = Photo.objects.get()
    page = editor.get(url).content.decode()
    assert "IMG_2041" not in page and "somebody else must approve" in page
    digest = re.search(r'name="digest" value="(\w+)"', page)
    assert digest is None  # who gave it is offered no approval
    approver = enter_workspace(network.approver, deliver_all)
    digest = re.search(r'name="digest" value="(\w+)"', approver.get(url).content.decode()).group(1)
    assert approver.post(f"/organise/photos/{photo.pk}/approving/", {"digest": "0" * 64}).status_code == 409
    assert approver.post(f"/organise/photos/{photo.pk}/approving/", {"digest": digest}).status_code == 302
    assert Client().get(f"/photos/{photo.token}-480.webp").status_code == 200


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"GIF89a not a picture", "not a picture we can read"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "not a picture we can read"),
        (make_jpeg()[:4000], "not a picture we can read"),
    ],
)
def test_what_is_no_picture_is_said_to_be_none(network, deliver_all, content, said):
    case = make_case(network)
    editor = enter_workspace(network.writer, deliver_all)
    picture = SimpleUploadedFile("x.jpg", content, "image/jpeg")
    answer = editor.post(f"/organise/cases/{case.pk}/photos/", {"picture": picture, "alt_en": "Kept words"})
    assert answer.status_code == 400
    assert said in answer.content.decode() and "Kept words" in answer.content.decode()
    assert Photo.objects.count() == 0


def test_a_bomb_of_pixels_is_refused(network, settings):
    settings.PHOTO_PIXELS = 1000
    case = make_case(network)
    with pytest.raises(PictureTooLarge):
        picturing.add(case.pk, make_jpeg(), CAPTION, by=network.writer, at=timezone.now())
    assert Case.objects.get(pk=case.pk).photos.count() == 0


def test_a_stranger_cannot_fill_the_memory_with_a_large_body():
    answer = Client().post(
        "/organise/cases/1/photos/", {"picture": SimpleUploadedFile("x.jpg", b"x" * 200_000, "image/jpeg")}
    )
    assert answer.status_code == 413
