"""A page of a stored document, drawn in a process of its own."""

from dataclasses import dataclass
from io import FileIO
from pathlib import Path

from . import apart
from .inspect import SIGNATURES, FileKind
from .limits import MEGABYTE, Limits
from .store import open_view


@dataclass(frozen=True)
class PageLimits(Limits):
    """A person waits for it, so less than for an upload."""

    page: int = 1
    page_scale: float = 2.5  # 180 dots an inch
    view_bytes: int = 12 * MEGABYTE
    memory_bytes: int = 512 * MEGABYTE
    cpu_seconds: int = 8
    wall_seconds: float = 12.0


def page_picture(name: str, page: int, *, root: Path) -> bytes:
    """JPEG of a page, counted from 1, of the document stored as this viewing copy.

    ValidationError evidence_unreadable if it can't be drawn within the limits; OSError if the copy
    isn't there, or no process can be had.
    """
    with open_view(name, root=root) as copy:
        return apart.decode(
            FileIO(copy.fileno(), closefd=False),
            kind="page",
            signature=SIGNATURES[FileKind.JPEG],
            limits=PageLimits(page=page),
        ).view
