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

RETURN_CONFIRMED = MailKind(
    key="return_confirmed",
    label=_("Return confirmed by the store"),
    params=StoreReturnParams,
    placeholders=STORE_RETURN_PLACEHOLDERS,
    in_subject=("case_number",),
    in_body=SAID,
    kept="case_number",
    through_attorney=True,
    sample=store_return_sample,
    texts={
        Language.ENGLISH: Text(
            "The store has your item: case {case_number}",
            f"""\
Hello {{first_name}},

{{store}} confirmed that it has the item you returned on {{returned_day}}.

Now it’s our turn: we’ll settle your return and tell you in writing what it changes in your \
account. Until then, your lease stays active. Please keep making your payments.

{HOW_IT_STANDS_EN}

{PORTAL_EN}""",
            headline="The store has your item",
        ),
        Language.SPANISH: Text(
            "La tienda ya tiene su artículo: caso {case_number}",
            f"""\
Hola, {{first_name}}:

{{store}} confirmó que tiene el artículo que usted devolvió el {{returned_day}}.

Ahora nos toca a nosotros: resolveremos su devolución y le diremos por escrito qué cambia en su \
cuenta. Mientras tanto, su contrato sigue activo. Por favor, continúe con sus pagos.

{HOW_IT_STANDS_ES}

{PORTAL_ES}""",
            headline="La tienda ya tiene su artículo",
        ),
    },
)
