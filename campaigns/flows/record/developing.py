"""Developing: from an upload's pixels to what may be served. Nothing but pixels survives: no date, place, camera, preview."""

from __future__ import annotations

import io
import warnings
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from PIL import Image, ImageFilter, ImageOps, UnidentifiedImageError

from campaigns.refusals import NotAPicture, PictureTooLarge

FORMATS = ("JPEG", "PNG", "WEBP")
QUALITY = 80
TALLEST = 16_383  # pixels: more than that WebP cannot hold
PIXELATED_TO = 6  # a rectangle is reduced to so many blocks across before it is blurred: nobody sharpens that back


@dataclass(frozen=True)
class Developed:
    width: int
    height: int
    content: bytes  # WebP


def develop(original: bytes, *, blurred: Sequence[Sequence[float]] = ()) -> list[Developed]:
    """The picture in each of PHOTO_WIDTHS it is large enough for, the smallest first; at least one.

    blurred: rectangles [left, top, width, height] in per cent of the picture as it is seen, made unreadable.
    Raises NotAPicture, PictureTooLarge. Slow: never inside a transaction.
    """
    picture = _pixels(original)
    for left, top, width, height in blurred:
        _hide(picture, left, top, width, height)
    widths = [width for width in settings.PHOTO_WIDTHS if width <= picture.width] or [picture.width]
    return [_encoded(picture, width) for width in widths]


def _pixels(original: bytes) -> Image.Image:
    if len(original) > settings.PHOTO_BYTES:
        raise PictureTooLarge
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow warns of large pictures; ours are measured below
            with Image.open(io.BytesIO(original), formats=FORMATS) as opened:
                if opened.width * opened.height > settings.PHOTO_PIXELS:
                    raise PictureTooLarge
                upright = ImageOps.exif_transpose(opened)
                flat = upright.convert("RGBA")
    except PictureTooLarge:
        raise
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise NotAPicture from None
    white = Image.new("RGB", flat.size, "white")
    white.paste(flat, mask=flat.getchannel("A"))
    return white  # a new image: it never had metadata


def _hide(picture: Image.Image, left: float, top: float, width: float, height: float) -> None:
    box = (
        int(picture.width * left / 100),
        int(picture.height * top / 100),
        min(picture.width, -int(-picture.width * (left + width) // 100)),
        min(picture.height, -int(-picture.height * (top + height) // 100)),
    )
    if box[2] <= box[0] or box[3] <= box[1]:
        return
    part = picture.crop(box)
    small = (PIXELATED_TO, max(1, round(PIXELATED_TO * part.height / part.width)))
    coarse = part.resize(small, Image.Resampling.BOX).resize(part.size, Image.Resampling.NEAREST)
    picture.paste(coarse.filter(ImageFilter.GaussianBlur(max(part.size) / 24)), box)


def _encoded(picture: Image.Image, width: int) -> Developed:
    size = (width, max(1, round(picture.height * width / picture.width)))
    if size[1] > TALLEST:
        raise PictureTooLarge
    out = io.BytesIO()
    picture.resize(size, Image.Resampling.LANCZOS).save(out, "WEBP", quality=QUALITY, method=4, exif=b"", xmp=b"")
    return Developed(size[0], size[1], out.getvalue())
