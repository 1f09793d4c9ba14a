"""Decodes one file and writes its viewing copy. A program of its own: see apart.py.

    python -I worker.py KIND LIMITS_AS_JSON  <original  >answer

The answer is one line of JSON, then the viewing copy. Standard library only at the top: the
limits must stand before a decoder's code is loaded, and a start costs every upload.
"""

import contextlib
import io
import json
import os
import sys
from collections.abc import Mapping
from typing import IO, TYPE_CHECKING, Any

try:
    import resource
except ImportError:  # not on Windows; the wall clock in apart.py still holds
    resource = None  # type: ignore[assignment]

if TYPE_CHECKING:
    import pikepdf
    from PIL import Image

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

# Every action of ISO 32000-2 table 201 that leaves the page, runs something or changes the view
# behind the reader's back. Links into the web go too: agents read these beside customer data.
ACTIONS = {
    *("/GoToR", "/GoToE", "/Launch", "/Thread", "/URI", "/Sound", "/Movie", "/Hide", "/Named"),
    *("/SubmitForm", "/ResetForm", "/ImportData", "/SetOCGState", "/Rendition", "/Trans"),
    *("/GoTo3DView", "/JavaScript", "/RichMediaExecute"),
}
# Removed wherever they stand, by name alone: an attacker chooses the object, not the key.
ACTIVE_KEYS = {
    *("/OpenAction", "/AA", "/JS", "/JavaScript", "/XFA", "/EmbeddedFiles", "/EF", "/AF"),
    *("/RichMediaContent", "/RichMediaSettings", "/Metadata", "/PieceInfo"),
}
EXTERNAL_STREAM_KEYS = {"/F", "/FFilter", "/FDecodeParms"}  # on streams only: data elsewhere
CATALOG_KEYS = {
    *("/Type", "/Version", "/Pages", "/PageLabels", "/Dests", "/Outlines", "/PageMode"),
    *("/PageLayout", "/AcroForm", "/StructTreeRoot", "/MarkInfo", "/Lang", "/OCProperties"),
}
ANNOTATIONS = {
    *("/Text", "/Link", "/FreeText", "/Line", "/Square", "/Circle", "/Polygon", "/PolyLine"),
    *("/Highlight", "/Underline", "/Squiggly", "/StrikeOut", "/Stamp", "/Caret", "/Ink"),
    *("/Popup", "/Widget", "/Watermark", "/Redact"),
}


class Refused(Exception):
    def __init__(self, code: str, **params: int) -> None:
        super().__init__(code)
        self.code, self.params = code, params


def main() -> None:
    kind, limits = sys.argv[1], json.loads(sys.argv[2])
    # Decoders written in C may print: only the answer may reach the caller.
    answer_to = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    confine(limits)
    view = b""
    try:
        with open(0, "rb", closefd=False) as original:
            made = document(original) if kind == "pdf" else picture(original, kind, limits)
        view = made.pop("view")
        answer: dict[str, Any] = {**made, "view_size": len(view)}
    except Refused as refused:
        answer = {"code": refused.code, "params": refused.params}
    except Exception as error:  # a decoder fed hostile bytes raises anything
        answer = {"code": "evidence_unreadable", "why": type(error).__name__}
    with answer_to:
        answer_to.write(json.dumps(answer).encode() + b"\n")
        answer_to.write(view)


def confine(limits: Mapping[str, Any]) -> None:
    """Lower this process's own limits; what the system lacks is skipped."""
    if resource is None:
        return
    for name, value in {
        "RLIMIT_AS": limits["memory_bytes"],
        "RLIMIT_CPU": limits["cpu_seconds"],
        "RLIMIT_FSIZE": limits["view_bytes"] + 4096,
        "RLIMIT_CORE": 0,  # a core dump would keep someone's document on disk
        "RLIMIT_NOFILE": 32,
    }.items():
        with contextlib.suppress(AttributeError, ValueError, OSError):
            which = getattr(resource, name)
            hard = resource.getrlimit(which)[1]
            ceiling = value if hard == resource.RLIM_INFINITY else min(value, hard)
            resource.setrlimit(which, (ceiling, ceiling))


def picture(original: IO[bytes], kind: str, limits: Mapping[str, Any]) -> dict[str, Any]:
    """Size as seen and a re-encoded copy holding pixels only.

    The plugin is called by name: Image.open would try other formats, and EPS runs a program.
    """
    from PIL import Image, JpegImagePlugin, PngImagePlugin  # noqa: PLC0415 (after the limits)

    image: Image.Image
    if kind == "jpeg":
        image = JpegImagePlugin.JpegImageFile(original)
    else:
        image = PngImagePlugin.PngImageFile(original)
    width, height = image.size
    if width * height > limits["pixels"]:  # known from the header, nothing decoded yet
        raise Refused(
            "evidence_pixels",
            megapixels=-(-width * height // 1_000_000),
            limit=limits["pixels"] // 1_000_000,
        )
    side = limits["view_side"]
    image.draft(None, (side, side))  # a large JPEG decodes at 1/2, 1/4 …, still to its last byte
    image.load()
    turn = orientation(image)
    image = plain(image, kind)
    image.thumbnail((side, side))
    if turn in TURNS:
        image = image.transpose(Image.Transpose[TURNS[turn]])
    image.info.clear()  # comments, resolution, profiles: savers copy some of it
    view = io.BytesIO()
    if kind == "jpeg":
        image.save(view, "JPEG", quality=85)
    else:
        image.save(view, "PNG")
    if turn in SIDEWAYS:
        width, height = height, width
    return {"width": width, "height": height, "view": view.getvalue()}


def orientation(image: "Image.Image") -> int:
    try:
        return int(image.getexif().get(0x0112, 1))
    except Exception:  # broken EXIF is no reason to refuse a photo
        return 1


def plain(image: "Image.Image", kind: str) -> "Image.Image":
    """8 bits a channel, L, RGB or RGBA: what every browser draws. First frame of an animation."""
    if kind == "jpeg":
        return image if image.mode in ("L", "RGB") else image.convert("RGB")
    if image.mode.startswith("I"):
        return image.convert("I").point([i // 256 for i in range(65536)], "L")
    if image.mode in ("LA", "PA", "RGBA") or "transparency" in image.info:
        return image.convert("RGBA")
    return image.convert("L" if image.mode in ("1", "L") else "RGB")


def document(original: IO[bytes]) -> dict[str, Any]:
    """Page count and a copy without scripts, actions, attachments, media and metadata."""
    import pikepdf  # noqa: PLC0415 (after the limits)

    try:
        pdf = pikepdf.open(io.BytesIO(original.read()))
    except pikepdf.PasswordError as error:
        raise Refused("evidence_encrypted") from error
    except pikepdf.PdfError as error:
        # Locks other than passwords (certificates, newer versions) have no class of their own.
        if "encryption" in str(error):
            raise Refused("evidence_encrypted") from error
        raise
    pages = len(pdf.pages)
    if not pages:
        raise ValueError("a document without pages")
    tidy(pdf)
    for node in pdf.objects:
        disarm(node)
    view = io.BytesIO()
    pdf.save(
        view,
        encryption=False,
        # Streams are copied as they are: unpacking them is what a bomb waits for.
        stream_decode_level=pikepdf.StreamDecodeLevel.none,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
    )
    with pikepdf.open(view, attempt_recovery=False) as copy:
        if len(copy.pages) != pages:  # a broken original can lose pages on its way through
            raise ValueError("the copy is incomplete")
    return {"pages": pages, "view": view.getvalue()}


def tidy(pdf: "pikepdf.Pdf") -> None:
    """Keep of catalog and annotations only what a reader needs, and no document information."""
    import pikepdf  # noqa: PLC0415

    names = pdf.Root.get("/Names")
    destinations = names.get("/Dests") if isinstance(names, pikepdf.Dictionary) else None
    for key in set(pdf.Root.keys()) - CATALOG_KEYS:
        del pdf.Root[key]
    if destinations is not None:
        pdf.Root.Names = pikepdf.Dictionary(Dests=destinations)
    if "/Info" in pdf.trailer:
        del pdf.trailer["/Info"]
    for page in pdf.pages:
        annotations = page.get("/Annots")
        if isinstance(annotations, pikepdf.Array):
            page.Annots = pikepdf.Array([a for a in annotations if harmless(a)])


def harmless(annotation: Any) -> bool:
    import pikepdf  # noqa: PLC0415

    # Editors leave nulls where they deleted one.
    return (
        isinstance(annotation, pikepdf.Dictionary)
        and str(annotation.get("/Subtype")) in ANNOTATIONS
    )


def disarm(top: "pikepdf.Object") -> None:
    """Take what is active out of one indirect object and the direct ones inside it.

    Every object of the file passes here, so references need no following and no loop can form.
    """
    import pikepdf  # noqa: PLC0415

    todo: list[Any] = [top]
    while todo:
        node = todo.pop()
        if isinstance(node, pikepdf.Array):
            children = list(node)
        elif isinstance(node, (pikepdf.Dictionary, pikepdf.Stream)):
            stream = isinstance(node, pikepdf.Stream)
            action = not stream and (str(node.get("/S")) in ACTIONS or "/JS" in node)
            for key in list(node.keys()):
                if action or key in ACTIVE_KEYS or (stream and key in EXTERNAL_STREAM_KEYS):
                    del node[key]
            children = [value for _, value in node.items()]
        else:
            continue
        todo += [c for c in children if isinstance(c, pikepdf.Object) and not c.is_indirect]


if __name__ == "__main__":
    main()
