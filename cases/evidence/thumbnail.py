"""A small picture of a viewing copy, so that a timeline of photos stays light."""

import io
from typing import BinaryIO

from PIL import Image

SIDE = 160  # pixels: shown at half that, sharp on a phone


def thumbnail(view: BinaryIO) -> bytes:
    """JPEG of at most SIDE × SIDE pixels.

    Only for our own viewing copies of photos: made by the worker, bounded in size, never the
    original that somebody sent.
    """
    with Image.open(view, formats=["JPEG", "PNG"]) as image:
        image.draft("RGB", (2 * SIDE, 2 * SIDE))  # a JPEG is decoded no larger than needed
        image.thumbnail((SIDE, SIDE))
        small = Image.new("RGB", image.size, "white")  # where a PNG is transparent
        small.paste(image.convert("RGBA"), mask=image.convert("RGBA"))
    written = io.BytesIO()
    small.save(written, "JPEG", quality=80, optimize=True)
    return written.getvalue()
