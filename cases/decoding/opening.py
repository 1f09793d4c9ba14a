"""Opens a picture as the kind its first bytes claim, and refuses one that would be too large."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import IO, Any

import imagesize
from PIL import AvifImagePlugin, ImageFile, JpegImagePlugin, PngImagePlugin, WebPImagePlugin

from cases.decoding.refused import Refused
from cases.decoding.view_size import view_size


def opened(
    original: IO[bytes], kind: str, limits: Mapping[str, Any]
) -> tuple[ImageFile.ImageFile, int, int]:
    """With its own width and height. Nothing is decoded yet.

    A large JPEG will be decoded at the scale of its viewing copy, still to its last byte.
    """
    original.seek(0)
    image = _plugin(original, kind, limits)
    width, height = image.size
    if isinstance(image, JpegImagePlugin.JpegImageFile):
        image.draft(None, view_size(width, height, limits))
        scale = width * height / (image.width * image.height)
        _refuse_above(
            min(int(limits["pixels"] * scale), _kept_whole(image, limits)), width * height
        )
    else:
        _refuse_above(limits["pixels"], width * height)
    return image, width, height


def _plugin(original: IO[bytes], kind: str, limits: Mapping[str, Any]) -> ImageFile.ImageFile:
    """Named explicitly: Image.open would try other formats, and EPS runs a program."""
    if kind == "jpeg":
        return JpegImagePlugin.JpegImageFile(original)
    if kind == "png":
        return PngImagePlugin.PngImageFile(original)
    if kind == "webp":
        # Its decoder makes four copies of the whole, the first one at once.
        width, height = map(int, imagesize.get(original))
        _refuse_above(min(limits["pixels"], limits["memory_bytes"] // 24), width * height)
        original.seek(0)
        return WebPImagePlugin.WebPImageFile(original)
    if kind == "avif":
        AvifImagePlugin.DEFAULT_MAX_THREADS = 1  # each would take address space
        return AvifImagePlugin.AvifImageFile(original)
    return _heic(original)


def _heic(original: IO[bytes]) -> ImageFile.ImageFile:
    import pillow_heif  # noqa: PLC0415 (15 MB that only some files need)
    from pillow_heif.as_plugin import HeifImageFile  # noqa: PLC0415

    pillow_heif.options.DECODE_THREADS = 1
    # A phone's thumbnails, depth maps and gain maps of the same moment stay unread.
    pillow_heif.options.THUMBNAILS = False
    pillow_heif.options.DEPTH_IMAGES = False
    image: ImageFile.ImageFile = HeifImageFile(original)  # type: ignore[no-untyped-call]
    return image


def _kept_whole(image: JpegImagePlugin.JpegImageFile, limits: Mapping[str, Any]) -> int:
    """The pixels allowed at full size: a picture in several passes is kept whole until the last."""
    if not image.info.get("progressive"):
        return sys.maxsize
    # Two bytes for each value; colors have fewer values where they are subsampled.
    areas = [across * down for _id, across, down, _table in image.layer]
    return int(limits["progressive_bytes"] * max(areas) / (2 * sum(areas)))


def _refuse_above(most: int, pixels: int) -> None:
    if pixels > most:
        raise Refused(
            "evidence_pixels", megapixels=-(-pixels // 1_000_000), limit=most // 1_000_000
        )
