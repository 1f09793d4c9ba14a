"""Every mail is plain language in both languages, filled in as its preview is."""

from __future__ import annotations

from datetime import datetime

import pytest

from accounts.enums import Language
from cases.mails.preview import preview_said
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
    print(f"{kind.key} {language} {found:.1f}")
    assert found >= PLAIN, mail.text
