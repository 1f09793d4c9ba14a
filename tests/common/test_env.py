"""Settings from the environment, right ones and wrong ones."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from common import env


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    monkeypatch.delenv("X", raising=False)
    return monkeypatch


def test_an_unset_variable_is_its_default(given: pytest.MonkeyPatch) -> None:
    assert env.text("X", "fallback") == "fallback"
    assert env.flag("X") is False
    assert env.flag("X", True) is True
    assert env.number("X", 7) == 7
    assert env.words("X", "a, b") == ["a", "b"]


@pytest.mark.parametrize("value", ["", "  "])
def test_a_needed_variable_without_a_value_says_what_to_set(
    value: str, given: pytest.MonkeyPatch
) -> None:
    given.setenv("X", value)
    with pytest.raises(ImproperlyConfigured, match=r"X isn’t set\. Example: X=abc .*docs/conf"):
        env.text("X", example="abc")


@pytest.mark.parametrize(
    ("value", "expected"),
    [("true", True), ("1", True), ("YES", True), (" on ", True), ("0", False), ("False", False)],
)
def test_flags(value: str, expected: bool, given: pytest.MonkeyPatch) -> None:
    given.setenv("X", value)
    assert env.flag("X") is expected


def test_a_flag_that_is_neither_is_refused(given: pytest.MonkeyPatch) -> None:
    given.setenv("X", "maybe")
    with pytest.raises(ImproperlyConfigured, match="X='maybe' is neither true nor false"):
        env.flag("X")


@pytest.mark.parametrize("value", ["-1", "0", "1.5", "ten", "²", "1e3"])
def test_a_number_that_is_none_is_refused(value: str, given: pytest.MonkeyPatch) -> None:
    given.setenv("X", value)
    with pytest.raises(ImproperlyConfigured, match=r"X=.* isn’t a whole number of 1 or more"):
        env.number("X", 5)


def test_numbers_have_a_least_value(given: pytest.MonkeyPatch) -> None:
    given.setenv("X", "0")
    assert env.number("X", 5, least=0) == 0


def test_words_lose_their_empty_parts(given: pytest.MonkeyPatch) -> None:
    given.setenv("X", " a ,,b, ")
    assert env.words("X", "") == ["a", "b"]


@pytest.mark.parametrize(
    ("address", "port", "tls", "ssl"),
    [
        ("smtp://mail.example.com", 25, False, False),
        ("smtp+tls://mail.example.com", 587, True, False),
        ("smtps://mail.example.com", 465, False, True),
        ("smtp://mail.example.com:2525", 2525, False, False),
    ],
)
def test_mail_addresses(
    address: str, port: int, tls: bool, ssl: bool, given: pytest.MonkeyPatch
) -> None:
    given.setenv("X", address)
    settings = env.smtp("X")
    assert settings["EMAIL_HOST"] == "mail.example.com"
    assert settings["EMAIL_PORT"] == port
    assert (settings["EMAIL_USE_TLS"], settings["EMAIL_USE_SSL"]) == (tls, ssl)


def test_a_mail_password_may_hold_any_sign(given: pytest.MonkeyPatch) -> None:
    given.setenv("X", "smtps://puente%40example.com:p%40ss%2Fword@mail.example.com")
    settings = env.smtp("X")
    assert settings["EMAIL_HOST_USER"] == "puente@example.com"
    assert settings["EMAIL_HOST_PASSWORD"] == "p@ss/word"


@pytest.mark.parametrize("value", ["mail.example.com:25", "http://mail.example.com", "smtp://"])
def test_a_wrong_mail_address_is_refused_with_an_example(
    value: str, given: pytest.MonkeyPatch
) -> None:
    given.setenv("X", value)
    with pytest.raises(ImproperlyConfigured, match=r"X isn’t an SMTP address\. Example: X=smtp"):
        env.smtp("X")


@pytest.mark.parametrize(
    "value", ["https://translate.example.com", "http://127.0.0.1:5000", "http://translate:5000", ""]
)
def test_words_of_people_go_out_encrypted(value: str, given: pytest.MonkeyPatch) -> None:
    given.setenv("X", value)
    assert env.https_url("X", example="https://translate.example.com") == value


@pytest.mark.parametrize(
    "value", ["http://translate.example.com", "http://134744072", "https://:99999", "ftp://x"]
)
def test_an_open_connection_is_refused_with_an_example(
    value: str, given: pytest.MonkeyPatch
) -> None:
    given.setenv("X", value)
    with pytest.raises(ImproperlyConfigured, match=r"X isn’t an https address.*X=https://t"):
        env.https_url("X", example="https://translate.example.com")


def test_whose_word_counts_on_senders(given: pytest.MonkeyPatch) -> None:
    assert env.authserv_ids("X") == frozenset()
    given.setenv("X", "MX1.example.com, mx2.example.com")
    assert env.authserv_ids("X") == {"mx1.example.com", "mx2.example.com"}
    given.setenv("X", "none")
    assert env.authserv_ids("X", needed_by="INBOUND_ADDRESS") == frozenset()


def test_who_takes_mails_in_says_whose_word_counts(given: pytest.MonkeyPatch) -> None:
    wanted = r"X isn’t set, which INBOUND_ADDRESS needs: .*Authentication-Results.*Example: X=mx"
    with pytest.raises(ImproperlyConfigured, match=wanted):
        env.authserv_ids("X", needed_by="INBOUND_ADDRESS")
    given.setenv("X", "mx.example.com; dmarc=pass")
    with pytest.raises(ImproperlyConfigured, match="which isn’t a server’s name"):
        env.authserv_ids("X")


def test_a_setting_under_its_old_name_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    env.renamed("X_BEFORE", "X_NOW")
    monkeypatch.setenv("X_BEFORE", "5")
    with pytest.raises(ImproperlyConfigured, match="X_BEFORE is now called X_NOW"):
        env.renamed("X_BEFORE", "X_NOW")


SECRET, NEXT = "a" * 20, "Next_secret-of-a-phone"


def test_secrets_come_from_the_variable_or_from_a_file(
    given: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    given.delenv("X_FILE", raising=False)
    assert env.secrets("X") == []
    given.setenv("X", f"{NEXT}, {SECRET}")
    assert env.secrets("X") == [NEXT, SECRET]
    file = tmp_path / "secret"
    file.write_text(f"{SECRET}\n")
    given.setenv("X_FILE", str(file))
    with pytest.raises(ImproperlyConfigured, match="both set"):
        env.secrets("X")
    given.delenv("X")
    assert env.secrets("X") == [SECRET]
    given.setenv("X_FILE", str(tmp_path / "none"))
    with pytest.raises(ImproperlyConfigured, match="can’t be read"):
        env.secrets("X")


@pytest.mark.parametrize("value", ["short", "with/slash-and-long-enough", f"{SECRET},short"])
def test_a_secret_that_is_none_is_refused_and_not_repeated(
    value: str, given: pytest.MonkeyPatch
) -> None:
    given.setenv("X", value)
    with pytest.raises(ImproperlyConfigured) as refused:
        env.secrets("X")
    assert value not in str(refused.value)
