"""Mails about a case."""

from __future__ import annotations

from cases.enums import TemplateKey

_HOW_IT_STANDS_EN = """\
Case number: {case_number}
Reason: {kind}
Status: {status}
What happens next: {who_acts}
By: {due_day}"""
_HOW_IT_STANDS_ES = """\
Número de caso: {case_number}
Motivo: {kind}
Estado: {status}
Qué sigue: {who_acts}
A más tardar: {due_day}"""

_PORTAL_EN = """\
To see your case, write to us or send photos and documents, go here:
{portal_link}

To sign in, use this e-mail address and the code we send you.
Replies to this e-mail do not reach us.

{company}"""
_PORTAL_ES = """\
Para ver su caso, escribirnos o enviar fotos y documentos, entre aquí:
{portal_link}

Para entrar, use esta dirección de correo y el código que le enviaremos.
Las respuestas a este correo no nos llegan.

{company}"""

TEXTS: dict[str, dict[str, str]] = {
    TemplateKey.CASE_OPENED.value: {
        "subject_en": "Your case {case_number} is open",
        "body_en": f"""\
Hello, {{customer_name}}:

We opened a case to follow up on what you told us. {{agent_name}} took your report.

{_HOW_IT_STANDS_EN}

Please keep the case number: with it, anyone at {{company}} finds your case right away.

{_PORTAL_EN}""",
        "subject_es": "Abrimos su caso {case_number}",
        "body_es": f"""\
Hola, {{customer_name}}:

Abrimos un caso para dar seguimiento a lo que nos contó. Le atendió {{agent_name}}.

{_HOW_IT_STANDS_ES}

Guarde el número de caso: con él, cualquier persona de {{company}} encuentra su caso enseguida.

{_PORTAL_ES}""",
    },
    TemplateKey.MESSAGE_ADDED.value: {
        "subject_en": "New message about your case {case_number}",
        "body_en": f"""\
Hello, {{customer_name}}:

{{author_name}} from {{company}} wrote to you:

{{message}}

{_HOW_IT_STANDS_EN}

{_PORTAL_EN}""",
        "subject_es": "Nuevo mensaje sobre su caso {case_number}",
        "body_es": f"""\
Hola, {{customer_name}}:

{{author_name}}, de {{company}}, le escribió:

{{message}}

{_HOW_IT_STANDS_ES}

{_PORTAL_ES}""",
    },
    TemplateKey.STATUS_CHANGED.value: {
        "subject_en": "Your case {case_number}: {status}",
        "body_en": f"""\
Hello, {{customer_name}}:

There is news about your case. This is how it stands now:

{_HOW_IT_STANDS_EN}

{_PORTAL_EN}""",
        "subject_es": "Su caso {case_number}: {status}",
        "body_es": f"""\
Hola, {{customer_name}}:

Hay novedades en su caso. Así está ahora:

{_HOW_IT_STANDS_ES}

{_PORTAL_ES}""",
    },
    TemplateKey.FOLLOW_UP.value: {
        "subject_en": "Follow-up on your case {case_number}",
        "body_en": f"""\
Hello, {{customer_name}}:

We are writing to follow up on your case:

{{message}}

{_HOW_IT_STANDS_EN}

{_PORTAL_EN}""",
        "subject_es": "Seguimiento de su caso {case_number}",
        "body_es": f"""\
Hola, {{customer_name}}:

Le escribimos para dar seguimiento a su caso:

{{message}}

{_HOW_IT_STANDS_ES}

{_PORTAL_ES}""",
    },
}
