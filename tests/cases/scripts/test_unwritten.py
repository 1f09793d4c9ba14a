"""Nothing in writing is promised to whoever has no address."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from cases import actions
from cases.scripts.defaults import TEXTS
from cases.scripts.unwritten import without_promised_emails
from leases.models import Lease

CALLS = [key for key, medium in TEXTS if medium == "call"]
PROMISES = {
    "en": ("’ll email", "you’ll get it in writing", "’ll tell you in writing", "portal"),
    "es": ("Por correo le", "lo recibirá por escrito", "Le diremos por escrito", "portal"),
}


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("situation", [each for each in CALLS if each != "records"])
def test_none_of_our_scripts_promises_it(situation: str, language: str) -> None:
    text = TEXTS[situation, "call"][f"body_{language}"]
    left = without_promised_emails(text, language)
    assert not [each for each in PROMISES[language] if each.lower() in left.lower()]
    assert left


@pytest.mark.parametrize(
    ("language", "text", "left"),
    [
        ("en", "Hi. We’ll email you.\nBye.", "Hi.\nBye."),
        ("en", "Email you?\n(We’ll email them.)", "Email you?\n(We’ll email them.)"),
        ("es", "Hola. Se lo diremos por escrito.", "Hola."),
        ("es", "¿Cuál es su correo?", "¿Cuál es su correo?"),
        ("fr", "Vous recevrez un email.", "Vous recevrez un email."),
    ],
)  # fmt: skip
def test_questions_and_what_is_for_the_agent_stay(language: str, text: str, left: str) -> None:
    assert without_promised_emails(text, language) == left


@pytest.mark.django_db
@pytest.mark.parametrize("email", ["carla@example.com", ""])
def test_a_call_promises_an_email_only_to_an_address(
    ben: User, lease: Lease, sign_in: Any, now: datetime, email: str
) -> None:
    lease.customer.email = email
    lease.customer.save()
    draft = actions.start_call(by=ben, now=now, lease=lease)
    shown = sign_in(ben).get(reverse("call", args=[draft.number])).content.decode()
    assert ("You’ll also get it in writing." in shown) == bool(email)
    assert ("También lo recibirá por escrito." in shown) == bool(email)
