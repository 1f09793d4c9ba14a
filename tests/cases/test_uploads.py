"""More than any form takes is refused whole, and says so in both languages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import User
from cases.evidence import apart
from cases.models import Case, Entry
from tests.cases.evidence.evidence_makers import image_bytes


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
