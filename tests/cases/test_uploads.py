"""More than any form accepts is refused as a whole, in both languages."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from accounts.models import User
from cases.evidence import apart
from cases.models import Case, Entry, Evidence, EvidenceView
from tests.cases.evidence.evidence_makers import image_bytes, pdf_bytes


@pytest.fixture
def address(open_case: Callable[..., Case]) -> str:
    return f"/cases/{open_case().number}/entries/"


def post(client: Client, address: str, size: int) -> Any:
    large = SimpleUploadedFile("x.jpg", b"x" * size)
    return client.post(address, {"body": "Hola", "evidence": large})


def test_a_request_larger_than_a_form_is_refused(
    sign_in: Callable[[User], Client], ana: User, address: str, settings: Any
) -> None:
    settings.REQUEST_MAX_BYTES = 100_000
    client, before = sign_in(ana), Entry.objects.count()
    answer = post(client, address, 100_000)
    assert answer.status_code == 413
    for words in ("fewer or smaller files", "archivos más pequeños"):
        assert words in answer.content.decode()
    assert post(client, address, 90_000).status_code != 413
    assert Entry.objects.count() == before


def test_nobody_waits_without_end_for_files_of_others(
    sign_in: Callable[[User], Client], ana: User, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(apart, "SLOT_SECONDS", 0.01)
    photo = SimpleUploadedFile("x.jpg", image_bytes((40, 30)))
    fields = {"body": "Hola", "evidence": photo, "version": 1, "seen": 0, "language": "es"}
    with apart._slot(), apart._slot():
        answer = sign_in(ana).post(address, fields | {"visibility": "internal"})
    assert answer.status_code == 422
    errors = answer.context["composer"].errors.as_data()
    assert [error.code for error in errors["evidence"]] == ["evidence_not_stored"]


def test_a_list_shows_a_small_picture_and_leads_to_the_file(
    sign_in: Callable[[User], Client], ana: User, open_case: Callable[..., Case]
) -> None:
    client, case = sign_in(ana), open_case()
    photo = SimpleUploadedFile("recibo.png", image_bytes((1200, 900), file_format="PNG"))
    fields = {"body": "", "evidence": photo, "version": 1, "seen": 0, "language": "es"}
    client.post(f"/cases/{case.number}/entries/", fields | {"visibility": "internal"})
    kept = Evidence.objects.get()
    page = client.get(f"/cases/{case.number}/").content.decode()
    for address in ("thumbnail/", ""):
        assert f'"/evidence/{kept.pk}/{address}"' in page
    assert f'href="/cases/{case.number}/evidence/{kept.pk}/"' in page
    small = client.get(f"/evidence/{kept.pk}/thumbnail/")
    assert small.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    with Image.open(io.BytesIO(small.content)) as image:
        assert (image.format, image.size) == ("JPEG", (160, 120))
    assert not EvidenceView.objects.exists()  # no one opened the original


def test_a_document_has_no_small_picture(
    sign_in: Callable[[User], Client], ana: User, open_case: Callable[..., Case]
) -> None:
    client, case = sign_in(ana), open_case()
    document = SimpleUploadedFile("contrato.pdf", pdf_bytes())
    fields = {"body": "", "evidence": document, "version": 1, "seen": 0, "language": "es"}
    client.post(f"/cases/{case.number}/entries/", fields | {"visibility": "internal"})
    kept = Evidence.objects.get()
    assert client.get(f"/evidence/{kept.pk}/thumbnail/").status_code == 404
    copy = client.get(f"/evidence/{kept.pk}/view/")
    assert b"".join(copy.streaming_content).startswith(b"%PDF")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("file_format", "sent", "kind", "shown"),
    [
        ("HEIF", "IMG_0042.HEIC", "image/heic", "IMG_0042.jpg"),
        ("PNG", "pantalla.png", "image/png", "pantalla.jpg"),
        ("WEBP", "WA0004", "image/webp", "WA0004.jpg"),
        ("AVIF", "foto.avif", "image/avif", "foto.jpg"),
        ("JPEG", "recibo.jpeg", "image/jpeg", "recibo.jpg"),
    ],
)
def test_the_original_goes_as_it_came_and_its_copy_as_a_jpeg(
    sign_in: Callable[[User], Client], ana: User, open_case: Callable[..., Case],
    file_format: str, sent: str, kind: str, shown: str,
) -> None:  # fmt: skip
    client, case = sign_in(ana), open_case()
    content = image_bytes((640, 480), file_format=file_format)
    fields = {"body": "", "version": 1, "seen": 0, "language": "es", "visibility": "internal"}
    fields |= {"evidence": SimpleUploadedFile(sent, content)}
    client.post(f"/cases/{case.number}/entries/", fields)
    kept = Evidence.objects.get()

    original, view = (client.get(f"/evidence/{kept.pk}/{which}") for which in ("", "view/"))

    assert b"".join(original.streaming_content) == content
    assert original.headers["Content-Type"] == kept.content_type == kind
    assert f'filename="{kept.name}"' in original.headers["Content-Disposition"]
    assert b"".join(view.streaming_content).startswith(b"\xff\xd8\xff")
    assert view.headers["Content-Type"] == "image/jpeg"
    assert f'filename="{shown}"' in view.headers["Content-Disposition"]
    assert "Content-Language" not in original.headers
    assert "Content-Language" not in view.headers


def test_a_form_says_which_kinds_it_takes(
    sign_in: Callable[[User], Client], ana: User, open_case: Callable[..., Case]
) -> None:
    page = sign_in(ana).get(f"/cases/{open_case().number}/").content.decode()

    for kind in ("image/jpeg", "image/heic", "image/heif", ".heic", "image/webp", "image/avif"):
        assert kind in page
