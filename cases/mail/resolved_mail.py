"""The mail that ends a case: what it says, and how it will look before it goes."""

from __future__ import annotations

import hashlib
from typing import Any

from cases.enums import CaseStatus, TemplateKey
from cases.mail.case_mail import case_params
from cases.mail.render import SAID_IN, Rendered, render_texts
from cases.models import Case, EmailTemplate


def resolved_params(*, outcome: str, answer: str, language: str, author: str) -> dict[str, Any]:
    """`answer`: the sentence for the customer; `language`: the one it is in."""
    return {"outcome": outcome, "answer": answer, "author_name": author, SAID_IN: language}


def preview_resolved(case: Case, *, outcome: str, answer: str, author: str) -> Rendered:
    """As the customer will get it, in their language, with the text as it is now."""
    language = case.lease.customer.language
    said = resolved_params(outcome=outcome, answer=answer, language=language, author=author)
    text = EmailTemplate.objects.current().get(key=TemplateKey.RESOLVED)
    return render_texts(
        getattr(text, f"subject_{language}"),
        getattr(text, f"body_{language}"),
        language,
        case_params(case, **{"status": CaseStatus.RESOLVED.value, **said}),
        case_number=case.number,
    )


def fingerprint(mail: Rendered) -> str:
    """The same for the same words: what goes out is what was shown."""
    return hashlib.sha256(f"{mail.subject}\n{mail.text}".encode()).hexdigest()
