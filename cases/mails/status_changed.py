from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounts.enums import Language
from cases.mails.base import CASE_PLACEHOLDERS, CaseParams, case_sample
from cases.mails.phrases import HOW_IT_STANDS_EN, HOW_IT_STANDS_ES, PORTAL_EN, PORTAL_ES
from cases.mails.planned import goes_when_planned, reason_holds
from mail.kinds import MailKind, Text

STATUS_CHANGED = MailKind(
    key="status_changed",
    label=_("Status changed"),
    params=CaseParams,
    placeholders=CASE_PLACEHOLDERS,
    in_subject=("case_number",),
    in_body=("case_number", "status"),
    kept="case_number",
    is_still_true=reason_holds,
    goes_at=goes_when_planned,
    through_attorney=True,
    sample=case_sample,
    texts={
        Language.ENGLISH: Text(
            "Your case {case_number}: {status}",
            f"""\
Hello {{first_name}},

There’s news about your case. Here’s where it stands now:

{HOW_IT_STANDS_EN}

{PORTAL_EN}""",
            headline="{status}",
        ),
        Language.SPANISH: Text(
            "Su caso {case_number}: {status}",
            f"""\
Hola, {{first_name}}:

Hay novedades en su caso. Así está ahora:

{HOW_IT_STANDS_ES}

{PORTAL_ES}""",
            headline="{status}",
        ),
    },
)
