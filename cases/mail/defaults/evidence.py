"""What a customer is asked to send, and what became of it."""

from __future__ import annotations

from cases.enums import TemplateKey
from cases.mail.defaults.case import (
    HOW_IT_STANDS_EN,
    HOW_IT_STANDS_ES,
    PORTAL_EN,
    PORTAL_ES,
)

_HOW_EN = "A clear photo taken with your phone, or a PDF, is enough."
_HOW_ES = "Basta una foto clara tomada con el teléfono, o un PDF."

TEXTS: dict[str, dict[str, str]] = {
    TemplateKey.EVIDENCE_REQUESTED.value: {
        "subject_en": "What we need for your case {case_number}",
        "body_en": f"""\
Hello, {{customer_name}}:

To go on with your case, we need you to send us:

{{evidence}}

{_HOW_EN} If you do not have one of these, tell us: we will look for another way together.

{HOW_IT_STANDS_EN}

{PORTAL_EN}""",
        "subject_es": "Lo que necesitamos para su caso {case_number}",
        "body_es": f"""\
Hola, {{customer_name}}:

Para seguir con su caso, necesitamos que nos envíe:

{{evidence}}

{_HOW_ES} Si no tiene alguna de estas cosas, díganoslo: buscaremos juntos otra manera.

{HOW_IT_STANDS_ES}

{PORTAL_ES}""",
    },
    TemplateKey.EVIDENCE_RECEIVED.value: {
        "subject_en": "We received your files for case {case_number}",
        "body_en": f"""\
Hello, {{customer_name}}:

We received this from you on {{received_at}}:

{{files}}

Please keep this e-mail as your receipt.

{{missing}}

{HOW_IT_STANDS_EN}

{PORTAL_EN}""",
        "subject_es": "Recibimos sus archivos para el caso {case_number}",
        "body_es": f"""\
Hola, {{customer_name}}:

El {{received_at}} recibimos de usted lo siguiente:

{{files}}

Guarde este correo como comprobante.

{{missing}}

{HOW_IT_STANDS_ES}

{PORTAL_ES}""",
    },
    TemplateKey.EVIDENCE_UNREADABLE.value: {
        "subject_en": "Please send a file again: case {case_number}",
        "body_en": f"""\
Hello, {{customer_name}}:

We cannot read one of the files you sent us:

{{file_name}}

What is wrong with it: {{reason}}

Please send it again. {_HOW_EN} Make sure that there is enough light and that every edge of the \
page is in the picture.

{HOW_IT_STANDS_EN}

{PORTAL_EN}""",
        "subject_es": "Necesitamos otra vez un archivo: caso {case_number}",
        "body_es": f"""\
Hola, {{customer_name}}:

No podemos leer uno de los archivos que nos envió:

{{file_name}}

El problema: {{reason}}

Envíelo de nuevo, por favor. {_HOW_ES} Procure que haya buena luz y que se vea la hoja completa.

{HOW_IT_STANDS_ES}

{PORTAL_ES}""",
    },
}
