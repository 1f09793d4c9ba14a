"""Runs worker.py in its own process, so that a hostile file can only end that process."""

import json
import logging
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from io import FileIO
from pathlib import Path

from .errors import refusal
from .limits import Limits

WORKER = Path(__file__).with_name("worker.py")
# The codes a worker may answer with and their figures; anything else counts as unreadable.
REFUSALS = {"evidence_pixels": {"megapixels", "limit"}, "evidence_encrypted": set[str]()}
# What the interpreter may need to start. SECRET_KEY and the like stay out of the decoder's reach.
ENVIRONMENT = ("LD_LIBRARY_PATH", "SYSTEMROOT")
# Each may use Limits.memory_bytes, so eight web threads must not run eight of them.
slots = threading.BoundedSemaphore(2)
SLOT_SECONDS = 30.0

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Decoded:
    width: int | None
    height: int | None
    pages: int | None
    view: bytes


def decode(original: FileIO, *, kind: str, signature: bytes, limits: Limits) -> Decoded:
    """Decodes the open file `original` completely and makes its viewing copy.

    Both files are unbuffered, because a worker shares their descriptors and a buffer wouldn't know.
    `signature` is how a viewing copy of this kind starts. Blocks at most `wall_seconds`, plus as
    long again for a slot. Raises ValidationError for every file that can't be decoded within the
    limits; OSError if no process or temporary file can be had.
    """
    with _slot(), tempfile.TemporaryFile(buffering=0) as output:
        exit_code = _run(original, output, kind, limits)
        output.seek(0)
        header = output.readline(4096)
        view = output.read(limits.view_bytes + 1)
    answer = _parse(header) if exit_code == 0 else {}
    _raise_refusal(answer)
    decoded = _decoded(answer, view, kind, signature, limits)
    if decoded is None:
        # Never the name or the content: an operator only needs to know what ended and how. Quoted
        # (%r), because a worker under attack writes its own "why".
        logger.warning(
            "evidence unreadable: kind=%s exit=%s why=%.60r", kind, exit_code, answer.get("why")
        )
        raise refusal("evidence_unreadable")
    return decoded


@contextmanager
def _slot() -> Iterator[None]:
    """One of the two; OSError if none gets free, so that no one's request waits forever."""
    if not slots.acquire(timeout=SLOT_SECONDS):
        raise OSError("no slot to decode in")
    try:
        yield
    finally:
        slots.release()


def _run(original: FileIO, output: FileIO, kind: str, limits: Limits) -> int | None:
    """The worker's exit code, negative for a signal, None if its time ran out.

    Started as a new program: forking a threaded web process would copy locks that others hold.
    -I keeps the working directory, PYTHON* variables and this folder (with its inspect.py) out of
    the worker's imports.
    """
    original.seek(0)
    process = subprocess.Popen(  # noqa: S603 (our own file, our own arguments)
        [sys.executable, "-I", str(WORKER), kind, json.dumps(asdict(limits))],
        stdin=original,
        stdout=output,
        stderr=subprocess.DEVNULL,
        cwd="/",
        env={key: os.environ[key] for key in ENVIRONMENT if key in os.environ},
        start_new_session=True,
    )
    try:
        return process.wait(timeout=limits.wall_seconds)
    except subprocess.TimeoutExpired:
        return None
    finally:
        # Also if a Celery time limit or Ctrl-C interrupts the wait.
        if process.poll() is None:
            process.kill()
            process.wait()


def _parse(header: bytes) -> dict[str, object]:
    try:
        answer = json.loads(header)
    except (ValueError, RecursionError):
        return {}
    return answer if isinstance(answer, dict) else {}


def _raise_refusal(answer: dict[str, object]) -> None:
    code, params = answer.get("code"), answer.get("params")
    if not isinstance(code, str) or not isinstance(params, dict):
        return
    whole = set(params) == REFUSALS.get(code) and all(isinstance(n, int) for n in params.values())
    if whole:
        raise refusal(code, **params)


def _decoded(
    answer: dict[str, object], view: bytes, kind: str, signature: bytes, limits: Limits
) -> Decoded | None:
    """None unless the answer is complete: a worker under attack may write anything."""
    numbers = {}
    for key in ("width", "height", "pages"):
        wanted = (key == "pages") == (kind == "pdf")
        value = answer.get(key)
        if wanted and not (isinstance(value, int) and 0 < value < 2**31):
            return None
        numbers[key] = value if wanted and isinstance(value, int) else None
    complete = answer.get("view_size") == len(view) <= limits.view_bytes
    return Decoded(**numbers, view=view) if complete and view.startswith(signature) else None
