"""Is a picture that a mail's own page shows a logo, an icon or a line? Pure.

A photo pasted into the text is shown in the same way. What could be read stays: a logo among the
files is a nuisance, a receipt that vanished is a broken promise.
"""

from __future__ import annotations

import io

import imagesize

_LARGEST = 32 * 1024  # bytes
_SMALL = 40_000  # pixels: 200 x 200
_NARROW, _NARROW_SMALL = 160, 100_000  # a banner; the same height of a whole screen can be read
# Formats whose head says the size in a few bytes; the library knows others that are parsed.
_KNOWN = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF8", b"RIFF", b"BM")


def is_ornament(content: bytes) -> bool:
    if len(content) > _LARGEST or not content.startswith(_KNOWN):
        return False
    # -1, -1 where it cannot tell.
    width, height = map(int, imagesize.get(io.BytesIO(content), exif_rotation=False))
    area = width * height
    return min(width, height) > 0 and (
        area <= _SMALL or (min(width, height) < _NARROW and area < _NARROW_SMALL)
    )
