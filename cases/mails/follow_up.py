from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from accounts.enums import Language
from cases.mails.base import CASE_PLACEHOLDERS, CaseParams, made_up
from cases.mails.hours import in_their_hours
from cases.mails.message_added import sample_message
from cases.mails.phrases import HOW_IT_STANDS_EN, HOW_IT_STANDS_ES, PORTAL_EN, PORTAL_ES
from cases.mails.planned import reason_holds
from mail.kinds import MailKind, Text


@dataclass(frozen=True, kw_only=True)
class FollowUpParams(CaseParams):
    message: str

    def words(self) -> dict[str, str]:
        return super().words() | {"message": self.message}


FOLLOW_UP = MailKind(
    key="follow_up",
    label=_("Follow-up"),
    params=FollowUpParams,
    placeholders={
        **CASE_PLACEHOLDERS,
        "message": _("the message"),
    },
    in_subject=("case_number",),
    in_body=("case_number", "message"),
    kept="case_number",
    is_still_true=reason_holds,
    goes_at=in_their_hours,
    through_attorney=True,
    sample=lambda now: FollowUpParams(**made_up(now), message=sample_message()),
    texts={
        Language.ENGLISH: Text(
            "Following up on your case {case_number}",
            f"""\
Hello {{first_name}},

We’re following up on your case:

{{message}}

{HOW_IT_STANDS_EN}

{PORTAL_EN}""",
            headline="Following up on your case",
        ),
        Language.SPANISH: Text(
            "Seguimiento de su caso {case_number}",
            f"""\
Hola, {{first_name}}:

Le escribimos para dar seguimiento a su caso:

{{message}}

{HOW_IT_STANDS_ES}

{PORTAL_ES}""",
            headline="Seguimiento de su caso",
        ),
    },
)
