"""A delivery that was reported late and approved, in writing."""

from __future__ import annotations

from cases.enums import TemplateKey
from cases.mail.defaults.lease import LEASE_EN, LEASE_ES, PORTAL_EN, PORTAL_ES

TEXTS: dict[str, dict[str, str]] = {
    TemplateKey.DELIVERY_CONFIRMED.value: {
        "subject_en": "Your delivery of {delivered_day} is confirmed",
        "body_en": f"""\
Hello {{customer_name}},

We’ve confirmed that your order was delivered on {{delivered_day}}. The store’s report reached us \
late. If we wrote to you that your contract or approval had expired, that no longer applies: your \
lease is active, and your payments count from the delivery.

{LEASE_EN}

Due by {{as_of}}: {{due_total}}
{{due_payments}}

Next payment: {{next_payment}}

There’s no late fee on payments whose due date had already passed when we wrote you this email. If \
you can’t pay what’s due all at once, or this isn’t the day you received your order, call us or \
reply to this email. We’ll work out a payment plan with you.

{PORTAL_EN}""",
        "subject_es": "Confirmamos su entrega del {delivered_day}",
        "body_es": f"""\
Hola, {{customer_name}}:

Confirmamos que su compra se entregó el {{delivered_day}}. La tienda nos avisó tarde. Si le \
escribimos que su contrato o su aprobación había vencido, eso ya no vale: su contrato está activo \
y sus pagos cuentan desde la entrega.

{LEASE_ES}

Por pagar hasta el {{as_of}}: {{due_total}}
{{due_payments}}

Próximo pago: {{next_payment}}

No hay ningún cargo por mora por los pagos cuya fecha ya había pasado cuando le escribimos este \
correo. Si no puede pagar todo de una vez, o si no fue ese el día en que recibió su compra, \
llámenos o responda a este correo. Buscaremos con usted un plan de pagos.

{PORTAL_ES}""",
    },
}
