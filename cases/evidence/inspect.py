"""Whether a file is evidence we accept: an allow-list by content, decoded to the end."""

from __future__ import annotations

import hashlib
import io
import tempfile
from dataclasses import dataclass
from enum import StrEnum
from typing import IO

from . import apart
from .errors import refusal
from .limits import DEFAULT, MEGABYTE, Limits
from .names import clean_name

CHUNK = 256 * 1024
PDF_HEAD = 1024  # bytes in which readers look for the beginning of a PDF


class FileKind(StrEnum):
    JPEG = "jpeg"
    PNG = "png"
    WEBP = "webp"
    HEIC = "heic"
    AVIF = "avif"
    PDF = "pdf"

    @property
    def content_type(self) -> str:
        return "application/pdf" if self is FileKind.PDF else f"image/{self}"

    @property
    def endings(self) -> tuple[str, ...]:
        """File name endings that fit the content, the usual one first."""
        more = {"jpeg": (".jpg", ".jpeg", ".jpe", ".jfif"), "heic": (".heic", ".heif", ".hif")}
        return more.get(self, (f".{self}",))

    @property
    def of_view(self) -> FileKind:
        """Every browser shows a JPEG."""
        return FileKind.PDF if self is FileKind.PDF else FileKind.JPEG


SIGNATURES = {
    FileKind.JPEG: b"\xff\xd8\xff",
    FileKind.PNG: b"\x89PNG\r\n\x1a\n",
    FileKind.PDF: b"%PDF-",
}
# What a form says it accepts. Few systems know a type for the newer kinds, so their endings too.
ACCEPTED = (
    *(kind.content_type for kind in FileKind),
    "image/heif",
    *(ending for kind in (FileKind.HEIC, FileKind.AVIF) for ending in kind.endings),
)
# Brands in the box that says how such a file is to be read.
AVIF = {b"avif", b"avis"}
HEIC = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs"}


@dataclass(frozen=True)
class Inspected:
    kind: FileKind
    content_type: str
    extension: str  # with its dot
    size: int  # bytes of the original
    sha256: str  # hex, of the original
    width: int | None  # pixels of the original as it is meant to be seen (EXIF orientation applied)
    height: int | None
    pages: int | None  # PDF only
    view: bytes  # the viewing copy, at most Limits.view_bytes, of kind.of_view
    display_name: str  # for people only; the stored name is random


def inspect(stream: IO[bytes], *, name: str, limits: Limits = DEFAULT) -> Inspected:
    """Checks an upload and makes its viewing copy. Leaves `stream` unchanged and at its start.

    `stream` must be seekable (every Django upload is); `name` is the sender's name for it. Raises
    ValidationError with code evidence_empty, evidence_too_large, evidence_type, evidence_pixels,
    evidence_encrypted, evidence_unreadable, or evidence_not_stored if this machine lacks the disk
    space or processes to inspect it.
    """
    try:
        with tempfile.TemporaryFile(buffering=0) as original:
            size, sha256 = _copy(stream, original, limits)
            kind = _sniff(original)
            decoded = apart.decode(
                original, kind=kind.value, signature=SIGNATURES[kind.of_view], limits=limits
            )
    except OSError as error:
        raise refusal("evidence_not_stored") from error
    finally:
        stream.seek(0)
    # These stems read the same in both languages, as a camera's own names do.
    fallback = "DOC" if kind is FileKind.PDF else "IMG"
    return Inspected(
        kind=kind,
        content_type=kind.content_type,
        extension=kind.endings[0],
        size=size,
        sha256=sha256,
        width=decoded.width,
        height=decoded.height,
        pages=decoded.pages,
        view=decoded.view,
        display_name=clean_name(name, endings=kind.endings, fallback=fallback),
    )


def _copy(stream: IO[bytes], original: io.FileIO, limits: Limits) -> tuple[int, str]:
    """Bytes and SHA-256 of what really arrives; a declared size is only the sender's claim."""
    size, digest = 0, hashlib.sha256()
    stream.seek(0)
    while chunk := stream.read(CHUNK):
        size += len(chunk)
        if size > limits.file_bytes:
            # Only shown, not computed with: rounded up so that it never says "25 MB, the limit is
            # 25 MB".
            size = max(size, stream.seek(0, io.SEEK_END))
            raise refusal(
                "evidence_too_large",
                size=-(-size // MEGABYTE),
                limit=limits.file_bytes // MEGABYTE,
            )
        digest.update(chunk)
        if original.write(chunk) != len(chunk):
            raise OSError("the disk is full")  # an unbuffered file shows it by writing less
    if not size:
        raise refusal("evidence_empty")
    return size, digest.hexdigest()


def _sniff(original: io.FileIO) -> FileKind:
    """What the first bytes say, so that obviously wrong files are refused without starting a
    process.

    Only a claim: the worker then decodes the file as this kind and no other.
    """
    original.seek(0)
    head = original.read(PDF_HEAD)
    for kind in (FileKind.JPEG, FileKind.PNG):
        if head.startswith(SIGNATURES[kind]):
            return kind
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return FileKind.WEBP
    if head[4:8] == b"ftyp":
        brands = head[8 : min(int.from_bytes(head[:4], "big"), 256)]
        found = {brands[at : at + 4] for at in range(0, len(brands), 4)}
        if found & AVIF:
            return FileKind.AVIF
        if found & HEIC:
            return FileKind.HEIC
    # Printers put commands before a PDF; mail programs, a byte order mark or a blank line.
    if SIGNATURES[FileKind.PDF] in head:
        return FileKind.PDF
    raise refusal("evidence_type")
