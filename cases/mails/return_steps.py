from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Self, TypedDict

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from accounts.enums import Language
from cases.mails.base import CASE_PLACEHOLDERS, CaseParams, made_up
from cases.mails.phrases import HOW_IT_STANDS_EN, HOW_IT_STANDS_ES, PORTAL_EN, PORTAL_ES
from cases.mails.planned import goes_when_planned, reason_holds
from cases.models import Case
from leases.models import Lease
from mail.kinds import MailKind, Text
from mail.words import named


class ReturnFacts(TypedDict):
    store: str
    returned_item: str


@dataclass(frozen=True, kw_only=True)
class ReturnStepsParams(CaseParams):
    store: str
    returned_item: str

    def words(self) -> dict[str, str]:
        return super().words() | {
            "store": named(self.store),
            "merchandise": named(self.returned_item) or pgettext("merchandise", "not stated"),
        }

    def seen_in(self, case: Case) -> Self:
        shown = replace(self, **self.facts_of(case))
        return replace(shown, **return_facts(case.lease)) if case.lease else shown


def return_facts(lease: Lease) -> ReturnFacts:
    """Names the chain, because its sign is over the door."""
    return {
        "store": f"{lease.store.merchant.name} · {lease.store.name}",
        "returned_item": lease.merchandise,
    }


RETURN_STEPS = MailKind(
    key="return_steps",
    label=_("Return instructions"),
    params=ReturnStepsParams,
    placeholders={
        **CASE_PLACEHOLDERS,
        "store": _("the store’s name"),
        "merchandise": _("the leased item"),
    },
    in_subject=("case_number",),
    in_body=("case_number", "store"),
    kept="case_number",
    is_still_true=reason_holds,
    goes_at=goes_when_planned,
    through_attorney=True,
    sample=lambda now: ReturnStepsParams(
        **made_up(now), store="Mueblería Luna", returned_item="Sofá"
    ),
    texts={
        Language.ENGLISH: Text(
            "How to return your item: case {case_number}",
            f"""\
Hello {{first_name}},

These are the steps to return your item ({{merchandise}}):

1. Call {{store}}, the store where you signed your lease agreement, and agree on a date. The item \
goes back to that store.
2. Before you hand it over, take photos of the item from every side.
3. If you ship it instead, keep the tracking number.
4. When you hand it over, ask the store for a receipt with the date and the name of the person \
who took it.
5. Send us the photos, the receipt, and the tracking number if you have one.
6. Once the store tells us that it has the item, we’ll continue with your case and write to you.

If the store won’t take it, write down the date, the person’s name, and what they told you. Keep \
any proof, such as messages or photos, and tell us right away. We’ll take it up with the store \
ourselves.

{HOW_IT_STANDS_EN}

{PORTAL_EN}""",
            headline="How to return your item",
        ),
        Language.SPANISH: Text(
            "Cómo devolver su artículo: caso {case_number}",
            f"""\
Hola, {{first_name}}:

Estos son los pasos para devolver su artículo ({{merchandise}}):

1. Llame a la tienda donde firmó su contrato, {{store}}, y acuerde una fecha. El artículo se \
devuelve en esa tienda.
2. Antes de entregarlo, tome fotos del artículo por todos lados.
3. Si lo envía en lugar de llevarlo, guarde el número de rastreo.
4. Al entregarlo, pida a la tienda un comprobante con la fecha y el nombre de quien lo recibió.
5. Envíenos las fotos, el comprobante y, si lo tiene, el número de rastreo.
6. La tienda nos avisa que tiene el artículo. Entonces seguimos con su caso y le escribimos.

Si la tienda se niega a recibirlo, anote la fecha, el nombre de la persona y lo que le dijo. \
Guarde cualquier prueba, como mensajes o fotos, y avísenos cuanto antes. Nosotros lo trataremos \
con la tienda.

{HOW_IT_STANDS_ES}

{PORTAL_ES}""",
            headline="Cómo devolver su artículo",
        ),
    },
)
