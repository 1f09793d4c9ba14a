from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounts.enums import Language
from cases.mails.base import CASE_PLACEHOLDERS
from cases.mails.phrases import (
    CONFIRM_EN,
    CONFIRM_ES,
    HOW_IT_STANDS_EN,
    HOW_IT_STANDS_ES,
    PORTAL_EN,
    PORTAL_ES,
)
from cases.mails.promises import PROMISE_PLACEHOLDERS, PromiseParams, promise_sample
from mail.kinds import MailKind, Text

PROMISE_CONFIRMED = MailKind(
    key="promise_confirmed",
    label=_("Verbal agreement confirmed"),
    params=PromiseParams,
    placeholders={**CASE_PLACEHOLDERS, **PROMISE_PLACEHOLDERS},
    in_subject=("case_number",),
    in_body=("case_number", "promise"),
    kept="case_number",
    through_attorney=True,
    sample=promise_sample,
    texts={
        Language.ENGLISH: Text(
            "What we agreed on in your case {case_number}",
            f"""\
Hello {{first_name}},

Here’s what we agreed on, in writing:

{{promise}}

{CONFIRM_EN}

{HOW_IT_STANDS_EN}

{PORTAL_EN}""",
            headline="What we agreed on in your case",
        ),
        Language.SPANISH: Text(
            "Lo que acordamos en su caso {case_number}",
            f"""\
Hola, {{first_name}}:

Esto es, por escrito, lo que acordamos:

{{promise}}

{CONFIRM_ES}

{HOW_IT_STANDS_ES}

{PORTAL_ES}""",
            headline="Lo que acordamos en su caso",
        ),
    },
)
