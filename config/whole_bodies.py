"""Refuses a request that broke off on its way: half of it must never be taken for all of it.

Web servers end a broken body like a complete one, so half a sentence looks like a short sentence.
Around all of Django, the body is counted against its length as it is read. It's read completely
before any view runs that a browser's form reaches. Endpoints for machines (csrf_exempt) check who
calls first, and read before they write.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Protocol

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.utils.http import parse_header_parameters
from django.utils.translation import gettext_lazy as _

Environ = dict[str, Any]
Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]
Answer = Callable[[HttpRequest], HttpResponse]

FORM = frozenset({"multipart/form-data", "application/x-www-form-urlencoded"})
WITHOUT_BODY = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})


class CutBody(BadRequest):
    code = "incomplete_request"

    def __init__(self) -> None:
        super().__init__(_("Not everything arrived, so nothing was saved. Please send it again."))


class Source(Protocol):
    def read(self, size: int, /) -> bytes: ...
    def readline(self, size: int, /) -> bytes: ...


class WholeBody:
    """The body as the server hands it over; raises CutBody where it ends too early.

    A multipart body must also close its last part, because a proxy may have set its own length on
    what it received. For every other kind, the length is all there is to go by.
    """

    def __init__(self, source: Source, length: int, *, end: bytes = b"") -> None:
        self._source, self._due = source, length
        self._end, self._tail = end, b"\r\n"  # an empty form's end is its first line
        self._is_closed = not (end and length)

    def read(self, size: int = -1, /) -> bytes:
        wanted = self._due if size is None or size < 0 else min(size, self._due)
        pieces = []
        while wanted:
            piece = self._taken(self._source.read, wanted)
            pieces.append(piece)
            wanted -= len(piece)
        return b"".join(pieces)

    def readline(self, size: int = -1, /) -> bytes:
        wanted = self._due if size is None or size < 0 else min(size, self._due)
        return self._taken(self._source.readline, wanted) if wanted else b""

    def _taken(self, read: Callable[[int], bytes], wanted: int) -> bytes:
        try:
            piece = read(wanted)
        except OSError as error:  # what some servers raise for a connection that was reset
            raise CutBody from error
        if not piece:
            raise CutBody
        self._due -= len(piece)
        if not self._is_closed:
            seen = self._tail + piece
            self._is_closed = self._end in seen
            self._tail = seen[-len(self._end) :]
            if not self._due and not self._is_closed:
                raise CutBody
        return piece


class NoLength(BadRequest):
    """No one could tell whether this body is complete: granian ends a broken one like any other."""

    code = "length_required"

    def __init__(self) -> None:
        super().__init__(_("Send the body with its Content-Length."))


class _Unmeasured:
    def read(self, size: int = -1, /) -> bytes:
        raise NoLength

    readline = read


def whole_bodies(application: Application) -> Application:
    """For config/wsgi.py: what Django reads is complete, or reading raises."""

    def measured(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        length = environ.get("CONTENT_LENGTH") or ""
        if environ["REQUEST_METHOD"] in WITHOUT_BODY:
            pass
        elif length.isascii() and length.isdigit():
            source, end = environ["wsgi.input"], _end(environ.get("CONTENT_TYPE", ""))
            environ["wsgi.input"] = WholeBody(source, int(length), end=end)
        elif _has_body(environ):
            # Django reads as far as the length says, so tell it one byte.
            environ |= {"CONTENT_LENGTH": "1", "wsgi.input": _Unmeasured()}
        return application(environ, start_response)

    return measured


def _end(content_type: str) -> bytes:
    kind, parameters = parse_header_parameters(content_type)
    boundary = parameters.get("boundary", "")
    if kind != "multipart/form-data" or not boundary:
        return b""
    return b"\r\n--" + boundary.encode("latin-1", "replace") + b"--"


def _has_body(environ: Environ) -> bool:
    if environ.get("HTTP_TRANSFER_ENCODING"):
        return True
    # HTTP/2 needs neither. A server that doesn't end the body itself would wait here.
    return bool(environ.get("wsgi.input_terminated") and environ["wsgi.input"].read(1))


class ReadFirst:
    """Middleware: a form's view runs only once the whole form has arrived, even if it never reads
    it.

    Files go to disk as they come, within the limits of FILE_UPLOAD_HANDLERS.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        if request.method in WITHOUT_BODY or getattr(view, "csrf_exempt", False):
            return
        _read(request)


def _read(request: HttpRequest) -> object:
    is_form = request.method == "POST" and request.content_type in FORM
    return request.POST if is_form else request.body
