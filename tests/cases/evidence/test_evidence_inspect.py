"""Photos: what is accepted, what the viewing copy holds, what is refused and how fast."""

import hashlib
import io
import zipfile

import pytest
from django.core.exceptions import ValidationError
from PIL import Image

from cases.evidence import FileKind, Inspected, Limits, inspect
from tests.cases.evidence.evidence_makers import (
    GPS_TEXT,
    animated_png,
    chunk,
    image_bytes,
    pdf_bytes,
    photo_with_gps,
    png_claiming,
)
from tests.patience import effort

MB = 1024 * 1024


def check(content: bytes, name: str = "foto.jpg", **limits: int) -> Inspected:
    return inspect(io.BytesIO(content), name=name, limits=Limits(**limits))


def refusal(content: bytes, name: str = "foto.jpg", **limits: int) -> ValidationError:
    with pytest.raises(ValidationError) as caught:
        check(content, name, **limits)
    return caught.value


def view_of(inspected: Inspected) -> Image.Image:
    image = Image.open(io.BytesIO(inspected.view))
    image.load()
    return image


def test_a_photo_with_gps_keeps_its_original_and_loses_the_position_in_the_view():
    content = photo_with_gps()
    assert GPS_TEXT.encode() in content
    stream = io.BytesIO(content)

    inspected = inspect(stream, name="IMG_0042.JPG")

    assert inspected.kind is FileKind.JPEG
    assert (inspected.content_type, inspected.extension) == ("image/jpeg", ".jpg")
    assert inspected.sha256 == hashlib.sha256(content).hexdigest()
    assert inspected.size == len(content)
    assert inspected.display_name == "IMG_0042.JPG"
    assert inspected.pages is None
    assert (stream.tell(), stream.getvalue()) == (0, content)
    assert GPS_TEXT.encode() not in inspected.view
    assert b"Exif" not in inspected.view
    assert not view_of(inspected).getexif()


@pytest.mark.parametrize(
    ("orientation", "size", "red_corner"),
    [
        (1, (640, 480), "left"),
        (2, (640, 480), "right"),
        (3, (640, 480), "right"),
        (4, (640, 480), "left"),
        (5, (480, 640), "top"),
        (6, (480, 640), "top"),
        (7, (480, 640), "bottom"),
        (8, (480, 640), "bottom"),
        (99, (640, 480), "left"),
    ],
)
def test_a_turned_photo_stands_upright_in_the_view(orientation, size, red_corner):
    inspected = check(photo_with_gps(orientation=orientation))

    view = view_of(inspected)
    assert view.size == size == (inspected.width, inspected.height)
    w, h = size
    spots = {
        "left": (9, h // 2),
        "right": (w - 9, h // 2),
        "top": (w // 2, 9),
        "bottom": (w // 2, h - 9),
    }
    red = [spot for spot, xy in spots.items() if view.getpixel(xy)[0] > 200]
    assert red_corner in red
    opposite = {"left": "right", "right": "left", "top": "bottom", "bottom": "top"}[red_corner]
    assert opposite not in red


def test_a_png_is_taken_without_its_texts():
    text = chunk(b"tEXt", b"Comment\0" + GPS_TEXT.encode())
    content = image_bytes(file_format="PNG")
    content = content[:33] + text + content[33:]

    inspected = check(content, "pantalla.png")

    assert inspected.kind is FileKind.PNG
    assert (inspected.content_type, inspected.extension) == ("image/png", ".png")
    assert (inspected.width, inspected.height) == (640, 480)
    assert GPS_TEXT.encode() not in inspected.view
    assert view_of(inspected).format == "JPEG"


def test_the_view_is_small_and_the_original_size_is_told():
    inspected = check(image_bytes((5000, 4000)))

    assert (inspected.width, inspected.height) == (5000, 4000)
    assert view_of(inspected).size == (2400, 1920)


@pytest.mark.parametrize(
    ("mode", "file_format", "seen_as"),
    [
        ("CMYK", "JPEG", "RGB"),
        ("L", "JPEG", "L"),
        ("1", "PNG", "L"),
        ("P", "PNG", "RGB"),
        ("LA", "PNG", "RGB"),
        ("RGBA", "PNG", "RGB"),
        ("I;16", "PNG", "L"),
    ],
)
def test_unusual_pixels_become_usual_ones(mode, file_format, seen_as):
    view = view_of(check(image_bytes(mode=mode, file_format=file_format)))

    assert view.mode == seen_as
    top, bottom = (view.convert("L").getpixel((320, y)) for y in (5, 475))
    assert top < 40
    assert bottom > 215


def test_a_16_bit_middle_grey_stays_middle_grey():
    view = view_of(check(image_bytes(mode="I;16", file_format="PNG")))

    assert 115 < view.getpixel((320, 240)) < 140


@pytest.mark.parametrize("mode", ["P", "LA", "RGBA"])
def test_what_is_transparent_shows_white(mode):
    out = io.BytesIO()
    clear = Image.new("RGBA", (64, 64), (0, 0, 0, 0))
    options = {"transparency": 0} if mode == "P" else {}
    clear.convert(mode).save(out, "PNG", **options)

    assert view_of(check(out.getvalue())).getpixel((30, 30)) == (255, 255, 255)


def test_an_animated_png_becomes_its_first_picture():
    content = animated_png()
    assert Image.open(io.BytesIO(content)).n_frames == 3

    inspected = check(content, "a.png")

    assert b"acTL" not in inspected.view
    assert view_of(inspected).convert("RGB").getpixel((5, 5)) == (254, 0, 0)


def test_bytes_behind_the_picture_stay_out_of_the_view():
    behind = io.BytesIO()
    with zipfile.ZipFile(behind, "w") as archive:
        archive.writestr("run.js", "alert('hidden')")
    page = b"<html><script>alert('hidden')</script></html>"
    for picture in (image_bytes(), image_bytes(file_format="PNG")):
        for tail in (behind.getvalue(), page):
            inspected = check(picture + tail)

            assert inspected.size == len(picture + tail)
            assert tail not in inspected.view
            assert b"hidden" not in inspected.view


def gif() -> bytes:
    return image_bytes(file_format="GIF", mode="P")


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (SVG, "foto.jpg"),
        (b"\xef\xbb\xbf" + SVG, "foto.jpg"),
        (b"<!doctype html><script>alert(1)</script>", "foto.png"),
        (b"<html>", "x.HtMl"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "foto.jpg"),
        (b"SIMPLE  =                    T", "foto.png"),
        (gif(), "foto.jpg"),
        (image_bytes(file_format="TIFF"), "foto.jpg"),
        (image_bytes(file_format="BMP"), "foto.jpg"),
        (b"\0\0\0\x18ftypmp42\0\0\0\0mp41isom", "video.mp4"),
        (b"RIFF\x24\0\0\0WAVEfmt ", "nota.wav"),
        (b"PK\x03\x04" + bytes(60), "recibo.pdf"),
        (b"MZ" + bytes(60), "foto.jpg.exe"),
        (b"x" * 2000 + b"%PDF-1.7", "recibo.pdf"),
        (b"\0", "foto.jpg"),
    ],
)
def test_other_kinds_are_refused_whatever_their_name(content, name):
    assert refusal(content, name).code == "evidence_type"


@pytest.mark.parametrize(
    "content",
    [
        b"\x89PNG\r\n\x1a\n<html><script>alert(1)</script></html>",
        b"\xff\xd8\xff<html><script>alert(1)</script></html>",
        b"\xff\xd8\xff",
        b"%PDF-1.7\n<html><script>alert(1)</script></html>",
        b"%PDF-",
    ],
)
def test_a_right_beginning_with_something_else_behind_is_refused(content):
    assert refusal(content).code == "evidence_unreadable"


def test_a_truncated_large_photo_is_refused_although_it_decodes_scaled_down():
    content = image_bytes((5000, 5000))

    assert refusal(content[: len(content) * 3 // 4]).code == "evidence_unreadable"


def test_an_empty_file_is_refused():
    assert refusal(b"").code == "evidence_empty"


def test_26_mb_are_refused_with_both_figures():
    error = refusal(photo_with_gps().ljust(26 * MB, b"\0"), "grande.jpg")

    assert error.code == "evidence_too_large"
    assert error.messages == [
        "This file is 26 MB. The limit is 25 MB: send a smaller photo or fewer pages."
    ]


def test_one_byte_over_the_limit_is_refused_and_the_limit_itself_is_not():
    content = image_bytes()

    assert check(content, file_bytes=len(content)).size == len(content)
    assert refusal(content, file_bytes=len(content) - 1).code == "evidence_too_large"
    just_over = refusal(bytes(25 * MB + 1))
    assert just_over.params == {"size": 26, "limit": 25}


def test_the_declared_size_is_not_believed():
    stream = io.BytesIO(bytes(26 * MB))
    stream.size = 100

    with pytest.raises(ValidationError) as caught:
        inspect(stream, name="a.jpg")
    assert caught.value.code == "evidence_too_large"


def test_30000_pixels_squared_are_refused_at_once_with_their_own_code():
    content = png_claiming(30_000, 30_000)
    assert len(content) < 1000
    began = effort()

    error = refusal(content)

    assert effort() - began < 3  # decoding it would take gigabytes and far longer
    assert error.code == "evidence_pixels"
    assert error.params == {"megapixels": 900, "limit": 50}
    assert "900 megapixels" in error.messages[0]


def test_a_jpeg_just_over_the_pixel_limit_is_refused_and_one_at_it_taken():
    content = image_bytes((100, 100))

    assert check(content, pixels=10_000).width == 100
    assert refusal(content, pixels=9_999).code == "evidence_pixels"


@pytest.mark.parametrize("mode", ["RGBA", "I;16"])
def test_a_bomb_of_nearly_50_megapixels_fits_the_memory(mode):
    bomb = io.BytesIO()
    Image.new(mode, (7000, 7000)).save(bomb, "PNG", compress_level=1)
    assert len(bomb.getvalue()) < MB

    inspected = check(bomb.getvalue())

    assert view_of(inspected).size == (2400, 2400)


def test_a_bomb_that_outgrows_the_memory_is_refused():
    bomb = io.BytesIO()
    Image.new("RGBA", (7000, 7000)).save(bomb, "PNG", compress_level=1)

    assert refusal(bomb.getvalue(), memory_bytes=256 * MB).code == "evidence_unreadable"


def test_every_refusal_is_a_sentence_with_its_figures_filled_in():
    for content in (b"", SVG, b"%PDF-", png_claiming(30_000, 30_000), bytes(26 * MB)):
        (message,) = refusal(content).messages
        assert message.endswith(".")
        assert "%(" not in message


def test_the_same_limits_hold_for_documents():
    assert refusal(pdf_bytes(), file_bytes=100).code == "evidence_too_large"
