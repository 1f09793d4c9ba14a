from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounts.enums import Language
from cases.mails.phrases import HOW_IT_STANDS_EN, HOW_IT_STANDS_ES, PORTAL_EN, PORTAL_ES
from cases.mails.store_returns import (
    SAID,
    STORE_RETURN_PLACEHOLDERS,
    StoreReturnParams,
    store_return_sample,
)
from mail.kinds import MailKind, Text

RETURN_NOTED = MailKind(
    key="return_noted",
    label=_("Item returned to the store"),
    params=StoreReturnParams,
    placeholders=STORE_RETURN_PLACEHOLDERS,
    in_subject=("case_number",),
    in_body=SAID,
    kept="case_number",
    through_attorney=True,
    sample=store_return_sample,
    texts={
        Language.ENGLISH: Text(
            "We noted your return: case {case_number}",
            f"""\
Hello {{first_name}},

We noted that your item went back to {{store}} on {{returned_day}}. We’ll now ask the store to \
confirm that it has it, and we’ll write to you when it answers. You don’t need to call the store.

Until your return is settled, your lease stays active. Please keep making your payments.

Keep the receipt the store gave you. If you haven’t sent us a photo of it yet, please do: it’s the \
best proof of your return. If the day or the store isn’t right, tell us right away.

{HOW_IT_STANDS_EN}

{PORTAL_EN}""",
            headline="We noted your return",
        ),
        Language.SPANISH: Text(
            "Anotamos su devolución: caso {case_number}",
            f"""\
Hola, {{first_name}}:

Anotamos que su artículo se devolvió a {{store}} el {{returned_day}}. Ahora le pediremos a la \
tienda que confirme que lo tiene y le escribiremos cuando responda. No hace falta que usted llame \
a la tienda.

Mientras se resuelve la devolución, su contrato sigue activo. Por favor, continúe con sus pagos.

Guarde el comprobante que le dio la tienda. Si todavía no nos ha enviado una foto, envíela, por \
favor: es la mejor prueba de su devolución. Si la fecha o la tienda no son correctas, avísenos \
cuanto antes.

{HOW_IT_STANDS_ES}

{PORTAL_ES}""",
            headline="Anotamos su devolución",
        ),
    },
)
