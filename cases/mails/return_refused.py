from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from accounts.enums import Language
from cases.enums import CaseStatus
from cases.mails.base import made_up
from cases.mails.phrases import HOW_IT_STANDS_EN, HOW_IT_STANDS_ES, PORTAL_EN, PORTAL_ES
from cases.mails.store_returns import (
    SAID,
    STORE_RETURN_PLACEHOLDERS,
    StoreReturnParams,
    sample_facts,
)
from mail.kinds import MailKind, Text


@dataclass(frozen=True, kw_only=True)
class ReturnRefusedParams(StoreReturnParams):
    always = CaseStatus.ESCALATED


RETURN_REFUSED = MailKind(
    key="return_refused",
    label=_("Return refused by the store"),
    params=ReturnRefusedParams,
    placeholders=STORE_RETURN_PLACEHOLDERS,
    in_subject=("case_number",),
    in_body=SAID,
    kept="case_number",
    through_attorney=True,
    sample=lambda now: ReturnRefusedParams(
        **made_up(now, CaseStatus.ESCALATED), **sample_facts(now)
    ),
    texts={
        Language.ENGLISH: Text(
            "The store didn’t take your item back: case {case_number}",
            f"""\
Hello {{first_name}},

{{store}} told us that it didn’t take back the item you wanted to return on {{returned_day}}. A \
supervisor will take it up with the store. You don’t need to go there again for now.

Until then, please keep the item safe, and keep making your payments. Anything that shows what \
happened helps: photos, messages, the name of the person you spoke with. Please send it to us now.

{HOW_IT_STANDS_EN}

{PORTAL_EN}""",
            headline="The store didn’t take your item back",
        ),
        Language.SPANISH: Text(
            "La tienda no recibió su artículo: caso {case_number}",
            f"""\
Hola, {{first_name}}:

{{store}} nos dijo que no recibió el artículo que usted quiso devolver el {{returned_day}}. \
Nuestro equipo de supervisión lo tratará con la tienda. Por ahora no hace falta que usted vuelva.

Mientras tanto, conserve el artículo y continúe con sus pagos, por favor. Todo lo que muestre lo \
que pasó ayuda: fotos, mensajes, el nombre de la persona que le atendió. Envíenoslo ahora.

{HOW_IT_STANDS_ES}

{PORTAL_ES}""",
            headline="La tienda no recibió su artículo",
        ),
    },
)
