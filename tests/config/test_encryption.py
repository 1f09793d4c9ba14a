"""The encryption keys: right ones, wrong ones, none."""

from __future__ import annotations

from base64 import b64encode

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.encryption import encryption_keys

A, B = b"a" * 32, b"b" * 32


def said(key: bytes) -> str:
    return b64encode(key).decode()


def test_the_first_seals_and_all_of_them_open(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("X", f"2027:{said(B)}, 2026:{said(A)}")
    assert list(encryption_keys("X", "").items()) == [("2027", B), ("2026", A)]


def test_without_one_it_is_made_of_a_secret_but_not_in_production(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("X", raising=False)
    [(key_id, key)] = encryption_keys("X", "secret").items()
    assert (key_id, len(key)) == ("local", 32)
    assert encryption_keys("X", "another") != {key_id: key}
    with pytest.raises(ImproperlyConfigured, match="X isn’t set"):
        encryption_keys("X", "")


@pytest.mark.parametrize(
    "value",
    ["2026", f"2026:{said(b'short')}", f":{said(A)}", "2026:%%%", f"a:{said(A)},a:{said(B)}"],
)
def test_wrong_ones_stop_the_start_and_are_not_repeated(
    monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv("X", value)
    with pytest.raises(ImproperlyConfigured, match="32 bytes in base64") as refused:
        encryption_keys("X", "")
    assert said(A) not in str(refused.value)
