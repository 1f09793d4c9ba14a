"""Deadlines of a lease: before they come and once they have passed."""

from __future__ import annotations

from cases.enums import TemplateKey
from cases.mail.defaults.lease import LEASE_EN, LEASE_ES, PORTAL_EN, PORTAL_ES

_AGAIN_EN = """\
You can apply again at the store whenever you like. It will be a new application, with its own \
decision and a new account number."""
_AGAIN_ES = """\
Puede volver a solicitar en la tienda cuando quiera. Será una solicitud nueva, con su propia \
decisión y otro número de cuenta."""

_MISTAKE_EN = """\
If you already have the item, please call us and have your account number at hand: then the store \
has not confirmed the delivery to us."""
_MISTAKE_ES = """\
Si usted ya tiene el artículo, llámenos y tenga a la mano su número de cuenta: la tienda no nos \
ha confirmado la entrega."""

TEXTS: dict[str, dict[str, str]] = {
    TemplateKey.APPROVAL_EXPIRING.value: {
        "subject_en": "Your approval is good until {expires_day}",
        "body_en": f"""\
Hello, {{customer_name}}:

Your approval is good until {{expires_at}}. To use it, choose your item at the store, sign the \
lease agreement and have the item delivered before then.

{LEASE_EN}

If the item has not been delivered by then, the approval expires. {_AGAIN_EN}

{PORTAL_EN}""",
        "subject_es": "Su aprobación vale hasta el {expires_day}",
        "body_es": f"""\
Hola, {{customer_name}}:

Su aprobación vale hasta el {{expires_at}}. Para usarla, elija su artículo en la tienda, firme \
el contrato y reciba el artículo antes de ese momento.

{LEASE_ES}

Si para entonces no se ha entregado el artículo, la aprobación vence. {_AGAIN_ES}

{PORTAL_ES}""",
    },
    TemplateKey.CONTRACTS_EXPIRING.value: {
        "subject_en": "Your item must be delivered by {expires_day}",
        "body_en": f"""\
Hello, {{customer_name}}:

Your lease agreement stays open until {{expires_at}}. Before then it must be signed and the item \
delivered.

{LEASE_EN}

If the signature or the delivery is still missing, please call the store and agree on a day. \
{_MISTAKE_EN}

If the delivery is not confirmed in time, the contract expires, signed or not. {_AGAIN_EN}

{PORTAL_EN}""",
        "subject_es": "Su artículo debe entregarse a más tardar el {expires_day}",
        "body_es": f"""\
Hola, {{customer_name}}:

Su contrato sigue abierto hasta el {{expires_at}}. Para entonces debe estar firmado y el artículo, \
entregado.

{LEASE_ES}

Si todavía falta la firma o la entrega, llame a la tienda y acuerde un día. {_MISTAKE_ES}

Si la entrega no se confirma a tiempo, el contrato vence, aunque esté firmado. {_AGAIN_ES}

{PORTAL_ES}""",
    },
    TemplateKey.APPROVAL_EXPIRED.value: {
        "subject_en": "Your approval expired on {expired_day}",
        "body_en": f"""\
Hello, {{customer_name}}:

Your approval was good until {{expired_at}}. No delivery was confirmed to us by then, so the \
approval has expired and can no longer be used.

{LEASE_EN}

{_AGAIN_EN}

{_MISTAKE_EN}

{PORTAL_EN}""",
        "subject_es": "Su aprobación venció el {expired_day}",
        "body_es": f"""\
Hola, {{customer_name}}:

Su aprobación valía hasta el {{expired_at}}. Para entonces no se nos había confirmado ninguna \
entrega, así que la aprobación venció y ya no se puede usar.

{LEASE_ES}

{_AGAIN_ES}

{_MISTAKE_ES}

{PORTAL_ES}""",
    },
    TemplateKey.CONTRACTS_EXPIRED.value: {
        "subject_en": "Your contract expired on {expired_day}",
        "body_en": f"""\
Hello, {{customer_name}}:

Your lease agreement was open until {{expired_at}}. No delivery was confirmed to us by then, so \
the contract has expired, signed or not.

{LEASE_EN}

{_AGAIN_EN}

{_MISTAKE_EN}

{PORTAL_EN}""",
        "subject_es": "Su contrato venció el {expired_day}",
        "body_es": f"""\
Hola, {{customer_name}}:

Su contrato estuvo abierto hasta el {{expired_at}}. Para entonces no se nos había confirmado la \
entrega, así que el contrato venció, estuviera firmado o no.

{LEASE_ES}

{_AGAIN_ES}

{_MISTAKE_ES}

{PORTAL_ES}""",
    },
}
