"""A preview shows what the mail would really say: to whom, and how things stand then."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from django.conf import settings
from django.utils import translation

from cases.mails.preview import preview_said
from cases.models import Case
from cases.words import status_for_customer
from mail.kinds import kind_of
from mail.outbound.render import render_text
from tests.mails import KEYS


def preview(key: str, language: str, now: datetime, found: Case | None = None) -> str:
    said = preview_said(kind_of(key), found, language=language, now=now)
    return render_text(kind_of(key).texts[language], said, language).text  # type: ignore[index]


@pytest.mark.parametrize("key", ["promise_due", "promise_broken"])
def test_customers_are_reminded_of_what_they_promised_themselves(key: str, now: datetime) -> None:
    assert "Who: You\n" in preview(key, "en", now)
    assert "Quién: Usted\n" in preview(key, "es", now)


@pytest.mark.parametrize("key", ["promise_broken", "plan_payment_missed"])
def test_what_is_missing_was_due_before(key: str, now: datetime) -> None:
    assert "November 17, 2026" in preview(key, "en", now)


@pytest.mark.parametrize(
    ("key", "status"),
    [
        ("case_opened", "open"),
        ("escalated", "escalated"),
        ("evidence_requested", "waiting_customer"),
        ("evidence_unreadable", "waiting_customer"),
        ("evidence_received", "waiting_customer"),  # where something is still missing
        ("resolved", "resolved"),
    ],
)
@pytest.mark.parametrize("is_real", [False, True])
@pytest.mark.django_db
def test_a_case_is_shown_as_the_mail_will_find_it(
    key: str, status: str, *, is_real: bool, open_case: Callable[..., Case], now: datetime
) -> None:
    with translation.override("es"):
        told = f"Estado: {status_for_customer(status)}\n"
    assert told in preview(key, "es", now, open_case() if is_real else None)


@pytest.mark.parametrize("key", [key for key in KEYS if key != "sign_in_code"])
def test_a_mail_greets_by_the_first_name(key: str, now: datetime) -> None:
    """Whoever gets it; a code greets no one."""
    first = {"password_changed": "Ana", "outside_deadline": "Sofía", "weekly_report": "Sofía"}
    first |= {"case_flagged": "Sofía", "case_back": "Ana"}
    name = first.get(key, "Carla")
    for language, greeting in (("en", f"Hello {name},"), ("es", f"Hola, {name}:")):
        letterhead, _, first, *_rest = preview(key, language, now).splitlines()
        assert (letterhead, first) == (settings.COMPANY_NAME, greeting)
