"""Every mail is plain language in both languages, filled in as its preview is; so are scripts."""

from __future__ import annotations

from datetime import datetime

import pytest

from accounts.enums import Language
from cases.mails.preview import preview_said
from cases.scripts.defaults import TEXTS
from cases.scripts.placeholders import filled
from mail.kinds import MailKind, MailParams
from mail.outbound.render import render_text
from tests.mails import KINDS
from tests.reading import PLAIN, ease

EVERY = [
    pytest.param(kind, language, id=f"{kind.key}-{language}")
    for kind in KINDS
    for language in Language
]


@pytest.mark.requirement("R54")
@pytest.mark.parametrize(("kind", "language"), EVERY)
def test_a_mail_is_easy_to_read(
    kind: MailKind[MailParams], language: Language, now: datetime
) -> None:
    said = preview_said(kind, None, language=language, now=now)
    mail = render_text(kind.texts[language], said, language)
    found = ease(f"{mail.subject}\n{mail.text}", language)
    assert found >= PLAIN, f"{found:.1f}: {mail.text}"


FACTS = {
    "customer_name": "Carla Peña",
    "agent_name": "Ana Torres",
    "company": "Puente",
    "case_number": "260 001 233",
    "account_number": "PU-1234567",
    "merchant": "Mueblería Luna",
    "store": "Mueblería Luna",
    "merchandise": "Sofá",
    "email": "carla@example.com",
    "portal_link": "https://puente.example/portal/cases/260001233/",
}
DAYS = ("signed_day", "delivered_day", "today", "due_day")


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize(("situation", "medium"), TEXTS)
def test_a_script_is_easy_to_say(situation: str, medium: str, language: Language) -> None:
    day = "16 de noviembre de 2026" if language == Language.SPANISH else "November 16, 2026"
    script = TEXTS[situation, medium][f"body_{language}"]
    words = filled(script, FACTS | dict.fromkeys(DAYS, day))
    found = ease(words, language)
    assert found >= PLAIN, f"{found:.1f}: {words}"
