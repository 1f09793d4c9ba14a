"""What was quoted, paid or agreed about a lease, in writing."""

from __future__ import annotations

from cases.enums import TemplateKey
from cases.mail.defaults.lease import LEASE_EN, LEASE_ES, PORTAL_EN, PORTAL_ES

_WRONG_EN = "If anything here is not as we agreed, please call us right away."
_WRONG_ES = "Si algo de esto no es lo que acordamos, llámenos cuanto antes."

TEXTS: dict[str, dict[str, str]] = {
    TemplateKey.BUYOUT_QUOTE.value: {
        "subject_en": "Buying your item early: {total}, valid until {valid_until}",
        "body_en": f"""\
Hello, {{customer_name}}:

This is the exact price for buying your item early, before the end of the lease:

Price to buy it: {{total}}
Tax included in it: {{tax}}
Valid until: {{valid_until}}
Calculated with your payments up to: {{as_of}}

{LEASE_EN}

How it compares:
Cash price: {{cash_price}}
Cost of lease: {{cost_of_lease}}
Total of all payments of the lease: {{lease_total}}
Left to pay if you go on with the lease: {{remaining}}
What you save if you buy now: {{saving}}

How we calculated it:
{{formula}}

Effect on your payment history:
{{effect}}

If you want to buy, call us by {{valid_until}}. After that day, or after another payment, the \
price changes; ask us for a new one then. If you prefer to go on with your payments, there is \
nothing to do.

{PORTAL_EN}""",
        "subject_es": "Compra anticipada de su artículo: {total}, válido hasta el {valid_until}",
        "body_es": f"""\
Hola, {{customer_name}}:

Este es el precio exacto de la opción de compra anticipada, es decir, de comprar su artículo \
antes de que termine el contrato:

Precio para comprarlo: {{total}}
Impuesto incluido: {{tax}}
Válido hasta: {{valid_until}}
Calculado con sus pagos hasta: {{as_of}}

{LEASE_ES}

Para comparar:
Precio al contado: {{cash_price}}
Costo del arrendamiento: {{cost_of_lease}}
Total de todos los pagos del contrato: {{lease_total}}
Lo que le falta por pagar si sigue con el contrato: {{remaining}}
Lo que ahorra si compra ahora: {{saving}}

Cómo lo calculamos:
{{formula}}

Efecto en su historial de pagos:
{{effect}}

Si quiere comprarlo, llámenos a más tardar el {{valid_until}}. Después de ese día, o después de \
otro pago, el precio cambia; en ese caso, pídanos uno nuevo. Si prefiere seguir con sus pagos, no \
tiene que hacer nada.

{PORTAL_ES}""",
    },
    TemplateKey.PAYMENT_HISTORY.value: {
        "subject_en": "Your payment history up to {until}",
        "body_en": f"""\
Hello, {{customer_name}}:

This is how your payments stand, from {{since}} to {{until}}:

Payments received: {{received}}
Past due: {{arrears}}
Next payment: {{next_payment}}

{LEASE_EN}

If a payment of yours is missing, call us with its day, its amount and the receipt: we check \
every movement with you.

{PORTAL_EN}""",
        "subject_es": "Su historial de pagos hasta el {until}",
        "body_es": f"""\
Hola, {{customer_name}}:

Así están sus pagos, desde el {{since}} hasta el {{until}}:

Pagos recibidos: {{received}}
Vencido sin pagar: {{arrears}}
Próximo pago: {{next_payment}}

{LEASE_ES}

Si falta algún pago suyo, llámenos con la fecha, el monto y el comprobante: revisaremos con usted \
cada movimiento.

{PORTAL_ES}""",
    },
    TemplateKey.PLAN_AGREED.value: {
        "subject_en": "What we agreed about your payments",
        "body_en": f"""\
Hello, {{customer_name}}:

With this e-mail we confirm in writing what we agreed about your payments.

{LEASE_EN}

What we agreed: {{plan_kind}}
Past due when we agreed: {{arrears}}

Your payments:
{{agreed}}

Payments that are not named here stay as they are. If you see that you cannot make one of these \
payments, please call us before its day, so that we can look for a solution together.

{_WRONG_EN}

{PORTAL_EN}""",
        "subject_es": "Lo que acordamos sobre sus pagos",
        "body_es": f"""\
Hola, {{customer_name}}:

Con este correo le confirmamos por escrito lo que acordamos sobre sus pagos.

{LEASE_ES}

Lo acordado: {{plan_kind}}
Vencido sin pagar al acordarlo: {{arrears}}

Sus pagos:
{{agreed}}

Los pagos que no aparecen aquí siguen igual. Si ve que no podrá hacer alguno de estos pagos, \
llámenos antes de la fecha para buscar juntos una solución.

{_WRONG_ES}

{PORTAL_ES}""",
    },
    TemplateKey.PLAN_CANCELLED.value: {
        "subject_en": "Your plan is no longer in force",
        "body_en": f"""\
Hello, {{customer_name}}:

With this e-mail we confirm in writing that what we agreed about your payments is no longer in \
force:

What we had agreed: {{plan_kind}}
Agreed on: {{agreed_day}}
No longer in force from: {{ended_day}}

{LEASE_EN}

How your payments stand now:
Past due: {{arrears}}
Next payment: {{next_payment}}

Your payments are due again on the days and with the amounts they had before that plan. If you \
cannot make them, please call us, so that we can look for a solution together.

{_WRONG_EN}

{PORTAL_EN}""",
        "subject_es": "Su plan ya no está vigente",
        "body_es": f"""\
Hola, {{customer_name}}:

Con este correo le confirmamos por escrito que lo que habíamos acordado sobre sus pagos ya no \
está vigente:

Lo que habíamos acordado: {{plan_kind}}
Acordado el: {{agreed_day}}
Ya no está vigente desde el: {{ended_day}}

{LEASE_ES}

Así están sus pagos ahora:
Vencido sin pagar: {{arrears}}
Próximo pago: {{next_payment}}

Sus pagos vuelven a tener las fechas y los montos que tenían antes de ese plan. Si no puede \
hacerlos, llámenos para buscar juntos una solución.

{_WRONG_ES}

{PORTAL_ES}""",
    },
    TemplateKey.AUTOPAY_CHANGED.value: {
        "subject_en": "Your automatic payments",
        "body_en": f"""\
Hello, {{customer_name}}:

{{change}}

{LEASE_EN}
Way of paying: {{method}}

Your next payments:
{{dates}}

{{warning}}

If you want to change the bank account or the card, or to stop the automatic payments, call us at \
least {{lead_days}} business days before a payment. Later than that, the change counts from the \
payment after it.

{_WRONG_EN}

{PORTAL_EN}""",
        "subject_es": "Sus pagos automáticos",
        "body_es": f"""\
Hola, {{customer_name}}:

{{change}}

{LEASE_ES}
Forma de pago: {{method}}

Sus próximos pagos:
{{dates}}

{{warning}}

Si quiere cambiar la cuenta bancaria o la tarjeta, o detener los pagos automáticos, llámenos por \
lo menos {{lead_days}} días hábiles antes de un pago. Con menos tiempo, el cambio vale a partir \
del pago siguiente.

{_WRONG_ES}

{PORTAL_ES}""",
    },
}
