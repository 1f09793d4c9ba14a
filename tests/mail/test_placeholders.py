from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from mail import placeholders
from mail.kinds import kind_of
from tests.mail.conftest import CASE_MAILS, STAFF_MAILS
from tests.mails import ALLOWED, KEYS, TEXTS, check


def code(key: str, field: str, text: str) -> str | None:
    try:
        check(key, field, text)
    except ValidationError as error:
        return str(error.error_list[0].code)
    return None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Case {case_number}", None),
        ("Case {case_number} {{as is}}", None),
        ("Case", "placeholder_missing"),
        ("{case_number} {code}", "placeholder_unknown"),
        ("{case_number} {case_number.__class__}", "placeholder_unknown"),
        ("{case_number} {customer_name!r}", "placeholder_unknown"),
        ("{case_number:>100000000}", "placeholder_unknown"),
        ("{case_number} {0}", "placeholder_unknown"),
        ("{case_number} {}", "placeholder_unknown"),
        ("{case_number} { customer_name }", "placeholder_unknown"),
        ("{case_number} {", "placeholder_braces"),
        ("{case_number} }", "placeholder_braces"),
        ("{{case_number}", "placeholder_braces"),
        ("{case_number} {{{customer_name}}}", None),
        ("{case_number} {% load static %}", "placeholder_unknown"),
        ("{case_number} {{ settings.SECRET_KEY }}", None),  # two literal braces, and no more
    ],
)
def test_subject_of_a_case_mail(text: str, expected: str | None) -> None:
    assert code("case_opened", "subject", text) == expected


@pytest.mark.parametrize(
    ("key", "field", "text"),
    [
        ("sign_in_code", "body", "Hello {company}"),
        ("password_reset", "body", "Hello {company}"),
        ("follow_up", "body", "Hello {company}"),
        *(
            (key, field, "Hello {company}")
            for field in ("subject", "body")
            for key in (*CASE_MAILS, *STAFF_MAILS)
            if field == "body" or key != "weekly_report"
        ),
    ],
)
def test_what_a_mail_is_for_cannot_be_left_out(key: str, field: str, text: str) -> None:
    assert code(key, field, text) == "placeholder_missing"


@pytest.mark.parametrize(
    ("key", "fact"),
    [
        ("message_added", "message"),
        ("status_changed", "status"),
        ("escalated", "due_day"),
        ("evidence_received", "received_at"),
        ("approval_expired", "expired_at"),
        ("contracts_expired", "expired_at"),
        ("payment_history", "arrears"),
        ("weekly_report", "oldest_es"),
    ],
)
def test_its_essential_fact_cannot_be_left_out(key: str, fact: str) -> None:
    """What no other mail will say: an empty frame with all its numbers isn't enough."""
    every = "\n".join(f"{{{name}}}" for name in ALLOWED[key])
    assert code(key, "body", every) is None
    assert code(key, "body", every.replace(f"{{{fact}}}", "")) == "placeholder_missing"


@pytest.mark.parametrize("key", [key for key in KEYS if key != "case_opened"])
def test_a_mail_without_any_fact_is_refused(key: str) -> None:
    frame = ("customer_name", "case_number", "account_number", "company", "portal_link", "matter")
    bare = "\n".join(f"{{{name}}}" for name in frame if name in ALLOWED[key])
    assert code(key, "body", bare) == "placeholder_missing"


@pytest.mark.parametrize("key", KEYS)
def test_every_placeholder_has_a_meaning_and_default_texts_pass(key: str) -> None:
    assert all(map(str, kind_of(key).placeholders.values()))
    for name, text in TEXTS[key].items():
        check(key, name.partition("_")[0], text)


def test_all_that_is_wrong_is_said_at_once() -> None:
    text = "{case_number}\n{customer_nam} {xyzzy}\n\nHola { y } {customer_nam}"
    with override("en"), pytest.raises(ValidationError) as refused:
        check("case_opened", "body", text.replace("{ y }", "{"))
    assert refused.value.messages == [
        "Line 4 has a single brace. Write placeholders like {case_number} and double any other"
        " braces.",
        "There’s no placeholder {customer_nam} here. Did you mean {customer_name}?",
        "There’s no placeholder {xyzzy} here.",
    ]


def test_literal_braces() -> None:
    assert placeholders.fill("{{ {name} }} {{{name}}}", {"name": "Ana"}) == "{ Ana } {Ana}"


@given(st.text(), st.text())
def test_a_value_is_never_looked_into(name: str, message: str) -> None:
    values = {"a": name, "b": message}
    assert placeholders.fill("{a}|{b}", values) == f"{name}|{message}"


@given(st.text())
def test_doubled_braces_bring_any_text_through(text: str) -> None:
    escaped = text.replace("{", "{{").replace("}", "}}")
    assert placeholders.fill(escaped, {}) == text


@given(st.text(alphabet="{}ab._!:[]%"))
def test_any_text_is_either_cut_or_refused(text: str) -> None:
    assert code("case_opened", "body", text + "\n{case_number}") in {
        None,
        "placeholder_unknown",
        "placeholder_braces",
    }
