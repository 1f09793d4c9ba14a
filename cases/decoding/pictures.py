"""Photos and screenshots: their size as seen, and a JPEG that holds only pixels."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import IO, Any

from PIL import Image

from cases.decoding.opening import opened
from cases.decoding.truncated import loaded
from cases.decoding.view_size import view_size

# EXIF orientation → member of Image.Transpose that undoes it
TURNS = {
    2: "FLIP_LEFT_RIGHT",
    3: "ROTATE_180",
    4: "FLIP_TOP_BOTTOM",
    5: "TRANSPOSE",
    6: "ROTATE_270",
    7: "TRANSVERSE",
    8: "ROTATE_90",
}
SIDEWAYS = {5, 6, 7, 8}


def picture(original: IO[bytes], kind: str, limits: Mapping[str, Any]) -> dict[str, Any]:
    opening, width, height = opened(original, kind, limits)
    image = loaded(opening, lambda: opened(original, kind, limits)[0], original)
    if kind != "jpeg":  # which was decoded at a scale
        width, height = image.size  # libheif rotates and crops while decoding
    turn = 1 if kind == "heic" else orientation(image)
    image = reduced(image, view_size(width, height, limits))
    if turn in TURNS:
        image = image.transpose(Image.Transpose[TURNS[turn]])
    if turn in SIDEWAYS:
        width, height = height, width
    view = io.BytesIO()
    # The text of a screenshot keeps its colors sharp.
    image.save(view, "JPEG", quality=85, subsampling="4:2:0" if kind == "jpeg" else "4:4:4")
    return {"width": width, "height": height, "view": view.getvalue()}


def orientation(image: Image.Image) -> int:
    try:
        return int(image.getexif().get(0x0112, 1))
    except Exception:  # broken EXIF is no reason to refuse a photo
        return 1


def reduced(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    """8 bits a channel, L or RGB, on white where it was transparent; no comments, no profiles."""
    image = usual(image)
    if image.size != size:
        image = image.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)
    if image.mode == "RGBA":
        paper = Image.new("RGB", size, "white")
        paper.paste(image, mask=image)
        return paper
    image.info.clear()  # savers copy some of it
    return image


def usual(image: Image.Image) -> Image.Image:
    """First frame of an animation."""
    if image.mode.startswith("I"):
        return image.convert("I").point([i // 256 for i in range(65536)], "L")
    if image.mode in ("LA", "PA", "RGBA") or "transparency" in image.info:
        return image if image.mode == "RGBA" else image.convert("RGBA")
    if image.mode in ("1", "L"):
        return image if image.mode == "L" else image.convert("L")
    return image if image.mode == "RGB" else image.convert("RGB")
