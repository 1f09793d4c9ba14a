"""The mail that ends a case: what it says, and how it looks before it's sent."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from accounts.enums import Language
from cases.enums import CaseStatus
from cases.kinds import outcome_for_customer
from cases.mails.base import CASE_PLACEHOLDERS, CaseParams, case_facts, in_their_own_words, made_up
from cases.mails.phrases import CASE_EN, CASE_ES, PORTAL_EN, PORTAL_ES
from cases.models import Case
from mail.kinds import MailKind, Text
from mail.outbound.render import Rendered, render_text
from mail.texts import shown_text


@dataclass(frozen=True, kw_only=True)
class ResolvedParams(CaseParams):
    always = CaseStatus.RESOLVED

    outcome: str = ""  # older mails may lack it, or the sentence
    answer: str = ""  # the sentence for the customer
    author_name: str = ""
    said_in: str = ""  # the language of `answer`

    def words(self) -> dict[str, str]:
        outcome = in_their_own_words(self._outcome(), self.answer, self.said_in)
        return super().words() | {"outcome": outcome}

    def _outcome(self) -> str:
        said = [outcome_for_customer(self.outcome)] if self.outcome else []
        if self.answer:
            words = _("%(author)s from %(company)s wrote to you:")
            said.append(words % {"author": self.author_name, "company": settings.COMPANY_NAME})
            said.append(self.answer)
        return "\n\n".join(said or [_("We finished the work on your case.")])


def _sample(now: datetime) -> ResolvedParams:
    return ResolvedParams(
        **made_up(now, CaseStatus.RESOLVED),
        outcome="charge_removed",
        author_name="Ana Torres",
        answer=pgettext(
            "sample of a mail", "The $38.46 is back on your card. You’ll see it within five days."
        ),
    )


RESOLVED = MailKind(
    key="resolved",
    label=gettext_lazy("Case resolved"),
    params=ResolvedParams,
    placeholders={
        **CASE_PLACEHOLDERS,
        "outcome": gettext_lazy("how the case ended, with what the agent wrote"),
    },
    in_subject=("case_number",),
    in_body=("case_number", "outcome"),
    kept="case_number",
    through_attorney=True,
    sample=_sample,
    texts={
        Language.ENGLISH: Text(
            "Your case {case_number} is resolved",
            f"""\
Hello {{first_name}},

{{outcome}}

If it still isn’t resolved for you, write to us. We’ll continue your case under the same number.

{CASE_EN}

{PORTAL_EN}""",
            headline="Your case is resolved",
        ),
        Language.SPANISH: Text(
            "Su caso {case_number} está resuelto",
            f"""\
Hola, {{first_name}}:

{{outcome}}

Si para usted no está resuelto, escríbanos. Su caso seguirá con el mismo número.

{CASE_ES}

{PORTAL_ES}""",
            headline="Su caso está resuelto",
        ),
    },
)


def preview_resolved(
    case: Case, *, outcome: str, answer: str, author: str, now: datetime
) -> Rendered:
    """As the customer will get it, in their language, with the current text."""
    language = case.person.language
    text = shown_text(RESOLVED, now=now)
    said = ResolvedParams(
        **(case_facts(case) | {"status": CaseStatus.RESOLVED}),
        outcome=outcome,
        answer=answer,
        author_name=author,
        said_in=language,
    )
    return render_text(text.in_language(language), said, language, thread=case.number)


def mail_fingerprint(mail: Rendered) -> str:
    """The same for the same words, so that what is sent is what was shown."""
    return hashlib.sha256(f"{mail.subject}\n{mail.text}".encode()).hexdigest()
