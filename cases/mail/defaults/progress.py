"""Where a case goes: to the supervisors, to its end, or back to the store with the item."""

from __future__ import annotations

from cases.enums import TemplateKey
from cases.mail.defaults.case import (
    HOW_IT_STANDS_EN,
    HOW_IT_STANDS_ES,
    PORTAL_EN,
    PORTAL_ES,
)

TEXTS: dict[str, dict[str, str]] = {
    TemplateKey.ESCALATED.value: {
        "subject_en": "Our supervisors are reviewing your case {case_number}",
        "body_en": f"""\
Hello, {{customer_name}}:

We passed your case on to our supervisors. They look at it before other cases and decide how it \
goes on. You will hear from us by the day below; there is nothing you have to do until then.

{HOW_IT_STANDS_EN}

{PORTAL_EN}""",
        "subject_es": "Nuestros supervisores están revisando su caso {case_number}",
        "body_es": f"""\
Hola, {{customer_name}}:

Elevamos su caso a nuestros supervisores. Lo revisan antes que otros y deciden cómo sigue. Tendrá \
noticias nuestras a más tardar en la fecha indicada abajo; mientras tanto, no tiene que hacer nada.

{HOW_IT_STANDS_ES}

{PORTAL_ES}""",
    },
    TemplateKey.RESOLVED.value: {
        "subject_en": "Your case {case_number} is resolved",
        "body_en": f"""\
Hello, {{customer_name}}:

Your case is resolved.

{{outcome}}

If it is not resolved for you, write to us: your case then goes on under the same number.

{HOW_IT_STANDS_EN}

{PORTAL_EN}""",
        "subject_es": "Su caso {case_number} está resuelto",
        "body_es": f"""\
Hola, {{customer_name}}:

Su caso está resuelto.

{{outcome}}

Si para usted no está resuelto, escríbanos: su caso seguirá adelante con el mismo número.

{HOW_IT_STANDS_ES}

{PORTAL_ES}""",
    },
    TemplateKey.RETURN_STEPS.value: {
        "subject_en": "How to return your item: case {case_number}",
        "body_en": f"""\
Hello, {{customer_name}}:

These are the steps to return your item ({{merchandise}}):

1. Call the store where you signed your lease agreement, {{store}}, and agree on a day. The item \
goes back to that store.
2. Before you hand it over, take photos of the item from every side.
3. If you ship it instead of bringing it, keep the tracking number.
4. When you hand it over, ask the store for a receipt of the return with the day and the name of \
the person who took it.
5. Send us the photos, the tracking number and the receipt.
6. The store confirms to us that it has the item. Then we go on with your case and write to you.

If the store refuses to take it, write down the day, the name of the person and what they told \
you, keep any proof, such as messages or photos, and tell us right away: we will take it up with \
the store ourselves.

{HOW_IT_STANDS_EN}

{PORTAL_EN}""",
        "subject_es": "Cómo devolver su artículo: caso {case_number}",
        "body_es": f"""\
Hola, {{customer_name}}:

Estos son los pasos para devolver su artículo ({{merchandise}}):

1. Llame a la tienda donde firmó su contrato, {{store}}, y acuerde un día. El artículo se devuelve \
en esa tienda.
2. Antes de entregarlo, tome fotos del artículo desde todos los ángulos.
3. Si lo envía en lugar de llevarlo, guarde el número de seguimiento del envío.
4. Al entregarlo, pida a la tienda un comprobante de recepción con la fecha y el nombre de la \
persona que lo recibió.
5. Envíenos las fotos, el número de seguimiento y el comprobante.
6. La tienda nos confirma que tiene el artículo. Entonces seguimos con su caso y le escribimos.

Si la tienda se niega a recibirlo, anote la fecha, el nombre de la persona y lo que le dijo, \
guarde cualquier prueba, como mensajes o fotos, y avísenos cuanto antes: nosotros lo trataremos \
con la tienda.

{HOW_IT_STANDS_ES}

{PORTAL_ES}""",
    },
}
