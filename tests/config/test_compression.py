"""Pages go out as small as the browser can take them, and their length tells no secret."""

from __future__ import annotations

import gzip

import brotli
import pytest
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.test import RequestFactory

from config.compression import Compression, compressed

PAGE = ("<p>Ya quedó su llamada, Carla.</p>" * 40).encode()


def sent(answer: HttpResponseBase, accepts: str) -> HttpResponseBase:
    request = RequestFactory().get("/", headers={"Accept-Encoding": accepts})
    sent_on = Compression(lambda _: answer)(request)
    assert isinstance(sent_on, HttpResponseBase)
    return sent_on


def page(accepts: str, **headers: str) -> HttpResponse:
    answer = sent(HttpResponse(PAGE, headers=headers), accepts)
    assert isinstance(answer, HttpResponse)
    return answer


@pytest.mark.parametrize("accepts", ["br", "gzip, deflate, br, zstd", "gzip,br;q=0.9", "br ;q=1.0"])
def test_a_browser_that_takes_brotli_gets_it(accepts: str) -> None:
    answer = page(accepts)
    assert (answer["Content-Encoding"], answer["Vary"]) == ("br", "Accept-Encoding")
    assert brotli.decompress(answer.content) == PAGE
    assert int(answer["Content-Length"]) == len(answer.content) < len(PAGE)


@pytest.mark.parametrize("accepts", ["gzip", "gzip, br;q=0", "br;q=0.000, gzip", "gzip, brunch"])
def test_another_browser_gets_gzip(accepts: str) -> None:
    answer = page(accepts)
    assert (answer["Content-Encoding"], answer["Vary"]) == ("gzip", "Accept-Encoding")
    assert gzip.decompress(answer.content) == PAGE


def test_a_browser_that_takes_neither_gets_the_page_as_it_is() -> None:
    answer = page("identity")
    assert answer.content == PAGE
    assert not answer.has_header("Content-Encoding")
    assert answer["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize("accepts", ["br", "gzip"])
def test_the_same_page_is_of_another_length_each_time(accepts: str) -> None:
    lengths = {len(page(accepts).content) for _ in range(60)}
    assert len(lengths) > 20
    assert max(lengths) - min(lengths) <= 100


@pytest.mark.parametrize("padding", [1, 2, 100, 255, 256])
@pytest.mark.parametrize("content", [b"", b"x", PAGE, PAGE * 5000], ids=len)
def test_padding_adds_as_many_bytes_and_nothing_to_read(content: bytes, padding: int) -> None:
    packed = compressed(content, padding=padding)
    assert brotli.decompress(packed) == content
    assert len(packed) - len(compressed(content, padding=1)) == padding - 1


def test_what_is_compressed_already_or_short_goes_out_as_it_is() -> None:
    assert page("br", **{"Content-Encoding": "gzip"}).content == PAGE
    short = sent(HttpResponse(b"x" * 199), "br")
    assert not short.has_header("Content-Encoding")


def test_what_would_grow_goes_out_as_it_is() -> None:
    every = bytes(range(256))
    answer = sent(HttpResponse(every), "br")
    assert isinstance(answer, HttpResponse)
    assert (answer.content, answer.has_header("Content-Encoding")) == (every, False)


def test_a_stream_goes_out_in_gzip() -> None:
    answer = sent(StreamingHttpResponse(iter([PAGE, PAGE])), "gzip, br")
    assert isinstance(answer, StreamingHttpResponse)
    assert answer["Content-Encoding"] == "gzip"
    assert gzip.decompress(b"".join(answer)) == PAGE * 2


def test_a_tag_says_that_the_bytes_are_others() -> None:
    assert page("br", ETag='"42"')["ETag"] == 'W/"42"'
    assert page("br", ETag='W/"42"')["ETag"] == 'W/"42"'
