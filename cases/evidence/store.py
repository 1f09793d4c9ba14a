"""Stores originals and viewing copies under random names, readable only by this system user.

`root` is outside every web root (settings.EVIDENCE_ROOT); files only leave it through a view that
checks who asks.
"""

import contextlib
import hashlib
import io
import logging
import os
import re
import stat
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, BinaryIO

from .errors import refusal

# Two folders of two hex digits each keep every folder small.
NAME = re.compile(r"([0-9a-f]{2})/([0-9a-f]{2})/\1\2[0-9a-f]{28}\.(original|view)")
_PART = re.compile(r"[0-9a-f]{2}/[0-9a-f]{2}/\.[0-9a-f]{32}\.(original|view)\.part")

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class StoredNames:
    """Relative to the root, with forward slashes; 47 characters at most."""

    original: str
    view: str


def store(
    original: bytes | Path | IO[bytes],
    view: bytes | Path,
    *,
    root: Path,
    sha256: str | None = None,
) -> StoredNames:
    """Writes both durably (flushed to disk) before returning their names; both or neither.

    With `sha256` (hex), the bytes written as original must match: the hash in the database is a
    promise about this very file. Raises ValidationError evidence_not_stored on a full disk, missing
    rights or another hash, and leaves no file behind.
    """
    stem = _stem()
    names = StoredNames(original=f"{stem}.original", view=f"{stem}.view")
    _put({names.original: original, names.view: view}, root, sha256=sha256)
    return names


def store_original(original: bytes, *, root: Path) -> str:
    """The same for something no one looks at directly, so it has no viewing copy: a mail."""
    name = f"{_stem()}.original"
    _put({name: original}, root, sha256=None)
    return name


def _stem() -> str:
    token = uuid.uuid4().hex
    return f"{token[:2]}/{token[2:4]}/{token}"


def _put(
    contents: Mapping[str, bytes | Path | IO[bytes]], root: Path, *, sha256: str | None
) -> None:
    """All or none; `sha256` is of the first."""
    folder = (root / next(iter(contents))).parent
    parts = {name: folder / f".{Path(name).name}.part" for name in contents}
    try:
        _make_folders(root, folder)
        written = [_write(contents[name], part) for name, part in parts.items()]
        if sha256 is not None and written[0] != sha256:
            raise OSError("the original changed between checking and storing")
        for name, part in parts.items():
            part.rename(root / name)
        _sync(folder)
    except OSError as error:
        logger.error("evidence not stored: %s", error.strerror or error)  # never a name
        for path in (*parts.values(), *(root / name for name in parts)):
            with contextlib.suppress(OSError):
                path.unlink()
        raise refusal("evidence_not_stored") from error


def open_original(name: str, *, root: Path) -> BinaryIO:
    """The bytes as they arrived, for reading. ValueError for a name not from store()."""
    return _open(name, "original", root)


def open_view(name: str, *, root: Path) -> BinaryIO:
    """The viewing copy, for reading. ValueError for a name not from store()."""
    return _open(name, "view", root)


def is_stored(name: str, *, root: Path) -> bool:
    _check(name)
    return (root / name).is_file()


def stored_before(*, root: Path, before: float) -> Iterator[tuple[str, int]]:
    """Names and sizes of what was last written before that time, including unfinished files.

    Nothing else that may be there.
    """
    for path in root.glob("??/??/*"):
        name = path.relative_to(root).as_posix()
        if NAME.fullmatch(name) or _PART.fullmatch(name):
            try:
                found = path.lstat()
            except FileNotFoundError:
                continue
            if stat.S_ISREG(found.st_mode) and found.st_mtime < before:
                yield name, found.st_size


def delete(name: str, *, root: Path) -> bool:
    """Undoes store() for one name when the transaction around it fails; withdrawing evidence
    deletes nothing.

    Runs while another error is raised, so a failing disk is logged and not raised.
    """
    if not _PART.fullmatch(name):
        _check(name)
    try:
        (root / name).unlink(missing_ok=True)
    except OSError as error:
        logger.error("evidence left behind: %s", error.strerror)
        return False
    return True


def _check(name: str) -> str:
    match = NAME.fullmatch(name)
    if not match:
        raise ValueError("not the name of stored evidence")
    return match[3]


def _open(name: str, part: str, root: Path) -> BinaryIO:
    if _check(name) != part:
        raise ValueError(f"not the name of a stored {part}")
    # A link planted in the store must not lead out of it.
    return os.fdopen(os.open(root / name, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC), "rb")


def _make_folders(root: Path, folder: Path) -> None:
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    for path in (folder.parent, folder):
        path.mkdir(mode=0o700, exist_ok=True)
        _sync(path.parent)  # a new folder is durable once its parent is


def _write(content: bytes | Path | IO[bytes], path: Path) -> str:
    """SHA-256 (hex) of what was written and flushed to disk."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    with os.fdopen(descriptor, "wb") as file, _source(content) as source:
        digest = hashlib.sha256()
        while chunk := source.read(256 * 1024):
            digest.update(chunk)
            file.write(chunk)
        file.flush()
        os.fsync(descriptor)
    return digest.hexdigest()


def _source(content: bytes | Path | IO[bytes]) -> contextlib.AbstractContextManager[IO[bytes]]:
    if isinstance(content, bytes):
        return io.BytesIO(content)
    if isinstance(content, Path):
        return content.open("rb")
    content.seek(0)
    return contextlib.nullcontext(content)  # the caller's own, left open


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
