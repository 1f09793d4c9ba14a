"""Photos as new phones take them, and screenshots longer than any screen."""

from __future__ import annotations

import hashlib
import io
from itertools import pairwise
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from PIL import Image

from cases.evidence import FileKind, Inspected, Limits, inspect, thumbnail
from tests.cases.evidence.evidence_makers import (
    GPS_TEXT,
    conversation,
    image_bytes,
    noise,
    photo_with_gps,
    png_claiming,
)

MB = 1024 * 1024
FORMATS = {
    "JPEG": FileKind.JPEG,
    "PNG": FileKind.PNG,
    "WEBP": FileKind.WEBP,
    "HEIF": FileKind.HEIC,
    "AVIF": FileKind.AVIF,
}


def check(content: bytes, name: str = "foto.jpg", **limits: int) -> Inspected:
    return inspect(io.BytesIO(content), name=name, limits=Limits(**limits))


def refusal(content: bytes, **limits: int) -> ValidationError:
    with pytest.raises(ValidationError) as caught:
        check(content, **limits)
    return caught.value


def view_of(inspected: Inspected) -> Image.Image:
    image = Image.open(io.BytesIO(inspected.view))
    image.load()
    return image


@pytest.mark.parametrize(
    ("size", "options"),
    [
        ((8000, 6000), {}),  # 48 megapixels
        ((8160, 6120), {"subsampling": "4:4:4"}),
        ((8160, 6120), {"progressive": True}),
        ((12000, 9000), {}),  # 108
        ((12000, 9000), {"progressive": True}),
        ((16320, 12240), {"quality": 20}),  # 200
        ((16000, 3900), {}),  # a panorama
    ],
)
def test_photos_of_many_megapixels_are_taken(size, options):
    inspected = check(image_bytes(size, **options))

    assert (inspected.width, inspected.height) == size
    view = view_of(inspected)
    assert (view.format, max(view.size)) == ("JPEG", 4923 if size[1] == 3900 else 2400)
    top, bottom = (view.convert("L").getpixel((9, y)) for y in (9, view.height - 9))
    assert top < 10
    assert bottom > 245


def test_a_jpeg_decodes_at_a_scale_or_not_at_all():
    """200 megapixels in the memory that 17 would take at full size."""
    assert check(image_bytes((16320, 12240), quality=20), memory_bytes=300 * MB).width == 16320
    # One in several passes is kept at full size until the last one.
    error = refusal(image_bytes((12000, 9000), progressive=True), progressive_bytes=300 * MB)
    assert (error.code, error.params) == ("evidence_pixels", {"megapixels": 108, "limit": 104})


@pytest.mark.parametrize("file_format", ["PNG", "WEBP", "HEIF", "AVIF"])
def test_what_cannot_be_decoded_at_a_scale_has_a_limit_of_its_own(file_format):
    content = image_bytes((200, 100), file_format=file_format)

    assert check(content, pixels=20_000).width == 200
    assert refusal(content, pixels=19_999).code == "evidence_pixels"


@pytest.mark.parametrize("size", [(30_000, 30_000), (60_000, 1_000), (7072, 7072)])
def test_bombs_are_still_refused(size):
    assert refusal(png_claiming(*size)).code == "evidence_pixels"


@pytest.mark.parametrize("file_format", list(FORMATS))
def test_every_kind_becomes_a_jpeg_that_stands_upright_and_says_nothing(file_format):
    content = photo_with_gps(orientation=6, file_format=file_format)
    assert GPS_TEXT.encode() in content

    inspected = check(content, "IMG_0042")

    assert inspected.kind is FORMATS[file_format]
    assert inspected.sha256 == hashlib.sha256(content).hexdigest()
    assert inspected.display_name == f"IMG_0042{inspected.kind.endings[0]}"
    view = view_of(inspected)
    assert (view.format, view.size) == ("JPEG", (480, 640))
    assert (inspected.width, inspected.height) == (480, 640)
    assert view.getpixel((240, 9))[0] > 200  # what was left is above
    assert view.getpixel((240, 630))[2] > 200
    assert not view.getexif()
    assert GPS_TEXT.encode() not in inspected.view
    assert b"Exif" not in inspected.view


@pytest.mark.parametrize("file_format", ["WEBP", "HEIF", "AVIF"])
@pytest.mark.parametrize("mode", ["RGBA", "L", "RGB"])
def test_new_kinds_in_every_mode(file_format, mode):
    content = image_bytes((320, 240), mode=mode, file_format=file_format)

    assert view_of(check(content)).mode in ("L", "RGB")


@pytest.mark.parametrize("file_format", ["WEBP", "AVIF"])
def test_of_an_animation_the_first_picture_is_shown(file_format):
    frames = [Image.new("RGB", (64, 64), color) for color in ("red", "green", "blue")]
    out = io.BytesIO()
    frames[0].save(out, file_format, save_all=True, append_images=frames[1:], duration=100)

    red, green, blue = view_of(check(out.getvalue())).getpixel((30, 30))

    assert red > 240
    assert max(green, blue) < 20


@pytest.mark.parametrize(
    ("brand", "more", "kind"),
    [
        (b"heic", b"mif1heic", "heic"),
        (b"mif1", b"mif1heic", "heic"),
        (b"mif1", b"avifmiaf", "avif"),
        (b"avif", b"mif1miaf", "avif"),
    ],
)
def test_the_brands_say_which_decoder(brand, more, kind, caplog):
    content = b"\0\0\0\x18ftyp" + brand + bytes(4) + more + bytes(99)

    assert refusal(content).code == "evidence_unreadable"
    assert f"kind={kind}" in caplog.text


@pytest.mark.parametrize("file_format", ["WEBP", "HEIF", "AVIF"])
@pytest.mark.parametrize("kept", [0.1, 0.5, 0.9])
def test_new_kinds_cut_short_are_refused(file_format, kept):
    content = noise(file_format)

    assert refusal(content[: int(len(content) * kept)]).code == "evidence_unreadable"


# --- longer than any screen -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("size", "view"),
    [
        ((1170, 20000), (838, 14322)),
        ((1080, 8000), (1080, 8000)),
        ((720, 30000), (537, 22361)),
        ((20000, 1170), (14322, 838)),
        ((1170, 2532), (1170, 2532)),  # one screen
        ((4000, 3000), (2400, 1800)),
        ((1, 60000), (1, 30000)),
    ],
)
def test_a_long_strip_keeps_its_narrow_side(size, view):
    assert view_of(check(image_bytes(size, mode="L", file_format="PNG"))).size == view


def test_the_letters_of_a_long_conversation_can_be_told_apart():
    view = view_of(check(conversation())).convert("L")

    line = [view.getpixel((x, round(120 * view.height / 20000))) for x in range(60, 800)]
    strokes = sum(a >= 128 > b for a, b in pairwise(line))
    assert strokes == 42
    assert (min(line), max(line)) < (60, 255)
    assert max(line) > 220


def test_the_small_picture_of_a_long_strip_shows_its_beginning():
    small = Image.open(io.BytesIO(thumbnail(io.BytesIO(check(conversation()).view))))

    assert small.size == (80, 160)


# --- the last bytes lost on the way ---------------------------------------------------------------


@pytest.mark.parametrize("options", [{}, {"progressive": True}, {"subsampling": "4:4:4"}])
@pytest.mark.parametrize("lost", [1, 2, 20, 1000])
def test_a_photo_without_its_last_bytes_is_taken(options, lost):
    content = noise("JPEG", **options)

    inspected = check(content[:-lost])

    assert (inspected.width, inspected.height) == (320, 240)
    whole, cut = view_of(check(content)), view_of(inspected)
    upper = (0, 0, 320, 200)
    difference = [
        abs(a - b)
        for a, b in zip(
            whole.convert("L").crop(upper).tobytes(),
            cut.convert("L").crop(upper).tobytes(),
            strict=True,
        )
    ]
    assert sum(difference) / len(difference) < 8


@pytest.mark.parametrize("mode", ["L", "CMYK"])
def test_gray_and_printed_photos_likewise(mode):
    content = image_bytes(mode=mode)

    assert check(content[:-2]).width == 640
    assert refusal(content[: len(content) // 3]).code == "evidence_unreadable"


@pytest.mark.parametrize("lost", [4, 12, 16, 500])
def test_a_screenshot_without_its_last_bytes_likewise(lost):
    assert check(noise("PNG")[:-lost], "pantalla.png").width == 320


@pytest.mark.parametrize(
    ("file_format", "options"),
    [("JPEG", {}), ("JPEG", {"progressive": True}), ("PNG", {})],
)
@pytest.mark.parametrize("kept", [0.02, 0.05, 0.1])
def test_one_that_is_mostly_missing_is_refused(file_format, options, kept):
    content = noise(file_format, **options)

    assert refusal(content[: int(len(content) * kept)]).code == "evidence_unreadable"


@pytest.mark.parametrize("file_format", ["JPEG", "PNG"])
@pytest.mark.parametrize("kept", [0.5, 0.8])
def test_half_a_photo_is_refused(file_format, kept):
    content = noise(file_format)

    assert refusal(content[: int(len(content) * kept)]).code == "evidence_unreadable"


def test_what_is_missing_of_a_large_photo_is_gray():
    content = image_bytes((5000, 5000), quality=95)

    view = view_of(check(content[: len(content) * 19 // 20])).convert("L")

    assert view.size == (2400, 2400)
    assert view.getpixel((1200, 2395)) == 128
    assert view.getpixel((1200, 2000)) > 190


# --- the examples of what people sent -------------------------------------------------------------

INPUTS = Path(__file__).parents[4] / "shared/data/inputs"


@pytest.mark.skipif(not INPUTS.is_dir(), reason="needs ../shared/data/inputs beside the project")
@pytest.mark.parametrize(
    ("name", "kind"),
    [("image-long-screenshot.png", FileKind.PNG), ("scan-pjl-prefix.pdf", FileKind.PDF)],
)
def test_what_people_sent_is_taken(name, kind):
    inspected = check((INPUTS / name).read_bytes(), name)

    assert inspected.kind is kind
    assert inspected.pages or view_of(inspected).width == 838
