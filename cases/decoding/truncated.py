"""Pictures that lost their last bytes: accepted if nearly all of them can be seen."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import IO

from PIL import Image, ImageChops, ImageFile

#: The share of its rows; for a small one, the last row of blocks.
MOST_MISSING, BLOCK = 0.1, 16
GRAY = 128
END = b"\xff\xd9"
#: Neither a byte of pixels, which is followed by 0, nor a restart inside them.
_MARKER = re.compile(rb"\xff[\x01-\xcf\xda-\xfe]")
_FRAMES, _SCAN = {0xC0, 0xC1, 0xC2}, 0xDA


def loaded(
    image: Image.Image, again: Callable[[], ImageFile.ImageFile], original: IO[bytes]
) -> Image.Image:
    """`again` opens the same picture anew. OSError if too little of it is there."""
    try:
        image.load()
    except OSError:
        if image.format not in ("JPEG", "PNG"):
            raise
        image.im = Image.new("L", (1, 1)).im  # the next attempt takes as much memory
        rescued = _upper_rows(again()) or _less_sharp(again(), original)
        if rescued is None:
            raise
        return rescued
    return image


def _upper_rows(image: ImageFile.ImageFile) -> Image.Image | None:
    """Decoded over noise, which shows how far it got; gray below."""
    if image.mode not in ("L", "RGB", "RGBA", "CMYK"):
        return None
    noise = Image.effect_noise(image.size, 80).convert(image.mode)
    before = noise.convert("L")
    image.im = noise.im
    try:
        image.load()
    except OSError:
        image.tile = []  # now it counts as loaded
    changed = ImageChops.difference(image.convert("L"), before).getbbox()
    rows = changed[3] if changed else 0
    missing = image.height - rows
    if not rows or missing > max(BLOCK, image.height * MOST_MISSING):
        return None
    image.paste((GRAY,) * len(image.getbands()), (0, rows, image.width, image.height))
    return image


def _less_sharp(image: ImageFile.ImageFile, original: IO[bytes]) -> Image.Image | None:
    """One that comes in several passes, with the finest missing."""
    original.seek(0)
    content = original.read()
    if image.format != "JPEG" or not _brightness_is_there(content):
        return None
    image.fp = io.BytesIO(content + END)
    image.load()
    return image


def _brightness_is_there(jpeg: bytes) -> bool:
    """Whether complete passes sent each of its 64 frequencies at least once."""
    sent: set[int] = set()
    brightness = -1
    found = _MARKER.search(jpeg)
    while found:
        at, kind = found.start(), jpeg[found.end() - 1]
        begins = at + 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big")
        head = jpeg[at + 4 : begins]
        found = _MARKER.search(jpeg, begins)
        if kind in _FRAMES and len(head) > 6:
            brightness = head[6]
        elif kind == _SCAN and found and brightness in head[1:-3:2]:
            sent.update(range(head[-3], head[-2] + 1))
    return sent >= set(range(64))
