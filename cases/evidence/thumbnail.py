"""A small picture of a viewing copy, so that a timeline of photos loads fast."""

import io
from typing import BinaryIO

from PIL import Image

SIDE = 160  # pixels: shown at half that, sharp on a phone


def thumbnail(view: BinaryIO) -> bytes:
    """JPEG of at most SIDE × SIDE pixels; for a long strip, its beginning.

    Only for our own viewing copies of photos: made by the worker, bounded in size, never the
    original that someone sent.
    """
    with Image.open(view, formats=["JPEG"]) as image:
        image.draft("RGB", (2 * SIDE, 2 * SIDE))  # a JPEG is decoded no larger than needed
        width, height = image.size
        small = image.crop((0, 0, min(width, 2 * height), min(height, 2 * width)))
        small.thumbnail((SIDE, SIDE))
    written = io.BytesIO()
    small.convert("RGB").save(written, "JPEG", quality=80, optimize=True)
    return written.getvalue()
