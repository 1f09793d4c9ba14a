"""Whether a picture in the mail's HTML is a logo, an icon or a line. Pure.

A photo pasted into the text is embedded the same way. In doubt a picture stays: a logo among the
files is a nuisance, a lost receipt is a broken promise.
"""

from __future__ import annotations

import io

import imagesize

_LARGEST = 32 * 1024  # bytes
_SMALL = 40_000  # pixels: 200 x 200
# a banner; a screenshot of the same shape could still be read
_NARROW, _NARROW_SMALL = 160, 100_000
# Formats whose first bytes tell the size; the library has others that need parsing.
_KNOWN = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF8", b"RIFF", b"BM")


def is_ornament(content: bytes) -> bool:
    if len(content) > _LARGEST or not content.startswith(_KNOWN):
        return False
    # -1, -1 if it can't tell.
    width, height = map(int, imagesize.get(io.BytesIO(content), exif_rotation=False))
    area = width * height
    return min(width, height) > 0 and (
        area <= _SMALL or (min(width, height) < _NARROW and area < _NARROW_SMALL)
    )
