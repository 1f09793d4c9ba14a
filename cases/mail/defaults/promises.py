"""The spoken word in writing: as it is agreed, before its day, and once the day has passed."""

from __future__ import annotations

from cases.enums import TemplateKey
from cases.mail.defaults.case import (
    HOW_IT_STANDS_EN,
    HOW_IT_STANDS_ES,
    PORTAL_EN,
    PORTAL_ES,
)

# Also for the payments of a plan, which belong to a lease and may have no case.
_HERE_EN = """\
You find it all here:
{portal_link}

To sign in, use this e-mail address and the code we send you.
You can also simply reply to this e-mail.

{company}"""
_HERE_ES = """\
Aquí puede verlo todo:
{portal_link}

Para entrar, use esta dirección de correo y el código que le enviaremos.
También puede responder a este correo.

{company}"""

TEXTS: dict[str, dict[str, str]] = {
    TemplateKey.PROMISE_CONFIRMED.value: {
        "subject_en": "What we agreed in your case {case_number}",
        "body_en": f"""\
Hello, {{customer_name}}:

With this e-mail we confirm in writing what we agreed:

{{promise}}

Please open your case and confirm with the button that this is what we agreed. If anything is not \
as we agreed, tell us right away.

{HOW_IT_STANDS_EN}

{PORTAL_EN}""",
        "subject_es": "Lo que acordamos en su caso {case_number}",
        "body_es": f"""\
Hola, {{customer_name}}:

Con este correo le confirmamos por escrito lo que acordamos:

{{promise}}

Entre a su caso y confirme con el botón que eso fue lo que acordamos. Si algo no es lo que \
acordamos, díganoslo cuanto antes.

{HOW_IT_STANDS_ES}

{PORTAL_ES}""",
    },
    TemplateKey.PROMISE_DUE.value: {
        "subject_en": "What we agreed for {promise_day}: {matter}",
        "body_en": f"""\
Hello, {{customer_name}}:

This is to remind you of what we agreed for {{promise_day}}:

{{promise}}

It is about {{matter}}. If it is already done, there is nothing more to do. If you see that it \
will not be possible, tell us before that day, so that we can look for a solution together.

{_HERE_EN}""",
        "subject_es": "Lo que acordamos para el {promise_day}: {matter}",
        "body_es": f"""\
Hola, {{customer_name}}:

Le recordamos lo que acordamos para el {{promise_day}}:

{{promise}}

Se trata de: {{matter}}. Si ya está hecho, no tiene que hacer nada más. Si ve que no va a ser \
posible, avísenos antes de ese día para buscar juntos una solución.

{_HERE_ES}""",
    },
    TemplateKey.PROMISE_BROKEN.value: {
        "subject_en": "What we agreed for {promise_day} is missing: {matter}",
        "body_en": f"""\
Hello, {{customer_name}}:

We agreed on this for {{promise_day}}, and it has not reached us:

{{promise}}

It is about {{matter}}. If you have done it, send us the proof and we will look into it at once. \
If something got in the way, write or call us now, so that we can agree on a new day.

{_HERE_EN}""",
        "subject_es": "Falta lo que acordamos para el {promise_day}: {matter}",
        "body_es": f"""\
Hola, {{customer_name}}:

Acordamos lo siguiente para el {{promise_day}} y todavía no nos consta:

{{promise}}

Se trata de: {{matter}}. Si ya lo hizo, envíenos el comprobante y lo revisaremos enseguida. Si \
tuvo algún contratiempo, escríbanos o llámenos ahora para acordar otra fecha.

{_HERE_ES}""",
    },
}
