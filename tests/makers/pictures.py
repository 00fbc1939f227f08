from __future__ import annotations

import io

from PIL import Image, ImageDraw

# Marks that must not survive developing, wherever a camera or a program hides them.
MARKS = (b"Zq-camera-qz", b"Zq-comment-qz", b"Zq-xmp-qz", b"Zq-iptc-qz")


def make_jpeg(size: tuple[int, int] = (1200, 900)) -> bytes:
    """A drawn landscape as a camera would leave it: GPS, maker, an embedded comment, XMP, a face-sized dark square."""
    picture = Image.new("RGB", size, "#9fb7c9")
    draw = ImageDraw.Draw(picture)
    for line in range(0, size[0], 7):
        draw.line([(line, size[1] // 2), (line + 40, size[1])], fill="#2c4a63", width=3)
    draw.rectangle([100, 100, 220, 220], fill="#101010")
    draw.line([(100, 100), (220, 220)], fill="#ffffff", width=6)
    exif = Image.Exif()
    exif[0x010F] = "Zq-camera-qz"
    exif[0x8825] = {1: "N", 2: (35.0, 41.0, 21.0), 3: "E", 4: (51.0, 23.0, 20.0)}
    out = io.BytesIO()
    picture.save(out, "JPEG", exif=exif, comment=b"Zq-comment-qz", xmp=b"<x:xmpmeta>Zq-xmp-qz</x:xmpmeta>", quality=90)
    return out.getvalue()
