"""Mails about a case."""

from __future__ import annotations

from cases.enums import TemplateKey
from cases.mail.defaults.case import (
    HOW_IT_STANDS_EN,
    HOW_IT_STANDS_ES,
    PORTAL_EN,
    PORTAL_ES,
)

TEXTS: dict[str, dict[str, str]] = {
    TemplateKey.CASE_OPENED.value: {
        "subject_en": "Your case {case_number} is open",
        "body_en": f"""\
Hello, {{customer_name}}:

We opened a case to follow up on what you told us. {{agent_name}} took your report.

{HOW_IT_STANDS_EN}

Please keep the case number: with it, anyone at {{company}} finds your case right away.

{PORTAL_EN}""",
        "subject_es": "Abrimos su caso {case_number}",
        "body_es": f"""\
Hola, {{customer_name}}:

Abrimos un caso para dar seguimiento a lo que nos contó. Le atendió {{agent_name}}.

{HOW_IT_STANDS_ES}

Guarde el número de caso: con él, cualquier persona de {{company}} encuentra su caso enseguida.

{PORTAL_ES}""",
    },
    TemplateKey.MESSAGE_ADDED.value: {
        "subject_en": "New message about your case {case_number}",
        "body_en": f"""\
Hello, {{customer_name}}:

{{author_name}} from {{company}} wrote to you:

{{message}}

{HOW_IT_STANDS_EN}

{PORTAL_EN}""",
        "subject_es": "Nuevo mensaje sobre su caso {case_number}",
        "body_es": f"""\
Hola, {{customer_name}}:

{{author_name}}, de {{company}}, le escribió:

{{message}}

{HOW_IT_STANDS_ES}

{PORTAL_ES}""",
    },
    TemplateKey.STATUS_CHANGED.value: {
        "subject_en": "Your case {case_number}: {status}",
        "body_en": f"""\
Hello, {{customer_name}}:

There is news about your case. This is how it stands now:

{HOW_IT_STANDS_EN}

{PORTAL_EN}""",
        "subject_es": "Su caso {case_number}: {status}",
        "body_es": f"""\
Hola, {{customer_name}}:

Hay novedades en su caso. Así está ahora:

{HOW_IT_STANDS_ES}

{PORTAL_ES}""",
    },
    TemplateKey.FOLLOW_UP.value: {
        "subject_en": "Follow-up on your case {case_number}",
        "body_en": f"""\
Hello, {{customer_name}}:

We are writing to follow up on your case:

{{message}}

{HOW_IT_STANDS_EN}

{PORTAL_EN}""",
        "subject_es": "Seguimiento de su caso {case_number}",
        "body_es": f"""\
Hola, {{customer_name}}:

Le escribimos para dar seguimiento a su caso:

{{message}}

{HOW_IT_STANDS_ES}

{PORTAL_ES}""",
    },
}
