from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from accounts.enums import Language
from cases.mails.base import CASE_PLACEHOLDERS, CaseParams, in_their_own_words, made_up
from cases.mails.phrases import HOW_IT_STANDS_EN, HOW_IT_STANDS_ES, PORTAL_EN, PORTAL_ES
from mail.kinds import MailKind, Text


@dataclass(frozen=True, kw_only=True)
class MessageAddedParams(CaseParams):
    author_name: str
    message: str
    said_in: str = ""

    def words(self) -> dict[str, str]:
        return super().words() | {
            "author_name": self.author_name,
            "message": in_their_own_words(self.message, self.message, self.said_in),
        }


def sample_message() -> str:
    return pgettext(
        "sample of a mail",
        "Thank you for the photos.\n\nWe spoke with the store and will write to you on Monday.",
    )


MESSAGE_ADDED = MailKind(
    key="message_added",
    label=_("Message added"),
    params=MessageAddedParams,
    placeholders={
        **CASE_PLACEHOLDERS,
        "author_name": _("the name of the person who wrote the message"),
        "message": _("the message"),
    },
    in_subject=("case_number",),
    in_body=("case_number", "message"),
    kept="case_number",
    through_attorney=True,
    sample=lambda now: MessageAddedParams(
        **made_up(now), author_name="Ana Torres", message=sample_message()
    ),
    texts={
        Language.ENGLISH: Text(
            "New message about your case {case_number}",
            f"""\
Hello {{first_name}},

{{author_name}} from {{company}} wrote to you:

{{message}}

{HOW_IT_STANDS_EN}

{PORTAL_EN}""",
            headline="New message about your case",
        ),
        Language.SPANISH: Text(
            "Nuevo mensaje sobre su caso {case_number}",
            f"""\
Hola, {{first_name}}:

{{author_name}}, de {{company}}, le escribió:

{{message}}

{HOW_IT_STANDS_ES}

{PORTAL_ES}""",
            headline="Nuevo mensaje sobre su caso",
        ),
    },
)
