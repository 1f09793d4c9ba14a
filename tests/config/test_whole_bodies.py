"""A body is read to its end or not at all."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import URLResolver, get_resolver

from config.whole_bodies import CutBody, NoLength, WholeBody, whole_bodies

FORM = b'--xYz\r\nContent-Disposition: form-data; name="body"\r\n\r\nHola\r\n--xYz--\r\n'
END = b"\r\n--xYz--"


class Dripping(io.BytesIO):
    """Three bytes at a time, as on a slow line."""

    def read(self, size: int | None = -1, /) -> bytes:
        return super().read(min(3, size or 3))


@pytest.mark.parametrize("source", [io.BytesIO, Dripping])
def test_a_whole_body_is_handed_on_as_it_is(source: Callable[[bytes], io.BytesIO]) -> None:
    assert WholeBody(source(FORM), len(FORM), end=END).read() == FORM
    assert WholeBody(source(FORM), len(FORM), end=END).read(10) == FORM[:10]
    body = WholeBody(source(FORM + b"the next request"), len(FORM), end=END)
    assert b"".join(iter(body.readline, b"")) == FORM
    assert body.read() == b""


@pytest.mark.parametrize("source", [io.BytesIO, Dripping])
@pytest.mark.parametrize("length", [0, 1, 40, len(FORM) - 1])
def test_one_that_ends_early_raises(source: Callable[[bytes], io.BytesIO], length: int) -> None:
    for end in (b"", END):
        for read in ("read", "readline"):
            take = getattr(WholeBody(source(FORM[:length]), len(FORM), end=end), read)
            with pytest.raises(CutBody):
                list(iter(lambda take=take: take(16), b""))


def test_a_reset_connection_is_a_cut_one() -> None:
    class Reset(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            raise ConnectionResetError

    with pytest.raises(CutBody):
        WholeBody(Reset(), 5).read()


@pytest.mark.parametrize(
    ("body", "is_closed"),
    [
        (FORM, True),
        (FORM[:-2], True),  # the last line end may be missing
        (FORM + b"what comes after the last part", True),
        (b"--xYz--\r\n", True),  # of no part at all
        (FORM[:-6], False),
        (FORM.replace(b"Hola", b"x--xYz--").removesuffix(b"--xYz--\r\n"), False),
        (b"Hola", False),
    ],
)
def test_a_multipart_body_closes_its_last_part(body: bytes, is_closed: bool) -> None:
    for source in (io.BytesIO, Dripping):
        whole = WholeBody(source(body), len(body), end=END)
        if is_closed:
            assert whole.read() == body
        else:
            with pytest.raises(CutBody):
                whole.read()


def asked(**environ: Any) -> Any:
    """What the application below reads as the body."""
    read = []

    def application(environ: dict[str, Any], start_response: object) -> list[bytes]:
        read.append(environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0)))
        return []

    given = {"REQUEST_METHOD": "POST", "wsgi.input": io.BytesIO(b"abc")} | environ
    whole_bodies(application)(given, print)
    return read[0]


def test_a_body_without_length_cannot_be_told_from_a_broken_one() -> None:
    assert asked(CONTENT_LENGTH="3") == b"abc"
    with pytest.raises(NoLength):
        asked(HTTP_TRANSFER_ENCODING="chunked")
    with pytest.raises(NoLength):
        asked(**{"wsgi.input_terminated": True})  # HTTP/2
    assert asked(**{"wsgi.input_terminated": True, "wsgi.input": io.BytesIO()}) == b""
    assert asked(REQUEST_METHOD="GET", HTTP_TRANSFER_ENCODING="chunked") == b""


def test_only_what_machines_call_reads_its_body_itself() -> None:
    """Each of them checks who calls, reads all of the body, and only then writes."""

    def exempt(patterns: list[Any]) -> set[str]:
        found = set()
        for each in patterns:
            if isinstance(each, URLResolver):
                found |= exempt(each.url_patterns)
            elif getattr(each.callback, "csrf_exempt", False):
                found.add(f"{each.callback.__module__}.{each.callback.__name__}")
        return found

    assert exempt(get_resolver().url_patterns) == {
        "cases.views.mail_events.mail_events",
        "cases.views.mail_in.mail_in",
        "leases.api.api.openapi",  # GET only
        "ninja.operation.sync_view_wrapper",
        "telephone.views.events",
    }
