"""The scripts as long as no administrator has edited them.

Lines in parentheses are for the agent alone. E-mail scripts go into a message, which the mail
around it begins with a greeting and ends with the case and the company.
"""

from __future__ import annotations

from cases.enums import ScriptMedium, ScriptSituation

_OPENING_CALL_EN = """\
Thank you for calling {company}. This is {agent_name}. Would you rather speak English or Spanish?

To protect your account, please tell me your full name and the e-mail address or phone number we \
have on file.

If you have your contract at hand: what is the account number, and in which store did you sign it?
(Compare: {customer_name}, account {account_number}, {merchant}.)

Your case number is {case_number}. I will say it slowly so that you can write it down, and you \
will have it in writing too.

How would you like to hear from us, and at what time of day?"""
_OPENING_CALL_ES = """\
Gracias por llamar a {company}. Le atiende {agent_name}. ¿Prefiere que hablemos en español o en \
inglés?

Para proteger su cuenta, dígame por favor su nombre completo y el correo electrónico o el teléfono \
que tenemos registrado.

Si tiene el contrato a la mano: ¿cuál es el número de cuenta y en qué tienda lo firmó?
(Compare: {customer_name}, cuenta {account_number}, {merchant}.)

Su número de caso es {case_number}. Se lo digo despacio para que lo anote, y también lo tendrá por \
escrito.

¿Cómo prefiere que le demos seguimiento y a qué hora del día?"""
_OPENING_EMAIL_EN = """\
Thank you for writing to us. I am {agent_name} from {company}, and I am taking care of your case \
{case_number}.

As I understand it, this is about account {account_number}: {merchandise}, from {store}. If any of \
this is wrong, please tell me.

So that we can follow up, please tell me at which phone number and at what time of day we can \
reach you.

You can also write to us and send photos or documents here:
{portal_link}"""
_OPENING_EMAIL_ES = """\
Gracias por escribirnos. Soy {agent_name}, de {company}, y me encargo de su caso {case_number}.

Según entiendo, se trata de la cuenta {account_number}: {merchandise}, de {store}. Si algo de esto \
no es correcto, dígamelo por favor.

Para darle seguimiento, dígame a qué teléfono y a qué hora del día podemos llamarle.

También puede escribirnos y enviar fotos o documentos aquí:
{portal_link}"""

_PAYMENTS_CALL_EN = """\
I have your account {account_number} in front of me: {merchandise}, from {store}.

I can send you the payment history in writing right now, from {signed_day} through today, {today}.
(If there is a late fee:) I will also explain it: which payment it belongs to, when that payment \
was due, how many days late it was, and how the fee was calculated.

What happened with the payment? Which day and which amount would work for you?
(Check whether the contract allows a payment plan. If what matters is keeping the item, look up \
what the early purchase option costs today.)

Whatever we agree on, we confirm in writing. Your case number is {case_number}, and our next step \
is due by {due_day}."""
_PAYMENTS_CALL_ES = """\
Tengo a la vista su cuenta {account_number}: {merchandise}, de {store}.

Ahora mismo puedo enviarle por escrito el historial de pagos, desde el {signed_day} hasta hoy, \
{today}.
(Si hay un cargo por mora:) También se lo explico: a qué pago corresponde, qué día vencía ese \
pago, cuántos días de atraso hubo y cómo se calculó el cargo.

¿Qué pasó con el pago? ¿Qué día y qué monto le quedan bien?
(Revise si el contrato admite un plan de pagos. Si lo que importa es conservar el artículo, \
consulte cuánto cuesta hoy la opción de compra anticipada.)

Todo lo que acordemos se lo confirmamos por escrito. Su número de caso es {case_number}, y daremos \
el próximo paso a más tardar el {due_day}."""
_PAYMENTS_EMAIL_EN = """\
This is about the payments on your account {account_number}: {merchandise}, from {store}.

We are sending you the payment history from {signed_day} through {today} in a separate e-mail. It \
lists each payment with its date and amount. If there is a late fee, we will tell you which \
payment it belongs to, how many days late that payment was, and how the fee was calculated.

If a payment does not work for you on its due date, tell us which day and which amount you can \
keep to. Before we agree on anything, we will check whether your contract allows it and tell you \
what would change. We can also calculate what buying the item early would cost.

We confirm every agreement in writing. Your case number is {case_number}."""
_PAYMENTS_EMAIL_ES = """\
Le escribo sobre los pagos de su cuenta {account_number}: {merchandise}, de {store}.

En otro correo le enviamos el historial de pagos desde el {signed_day} hasta el {today}. Ahí verá \
cada pago con su fecha y su monto. Si hay un cargo por mora, le diremos a qué pago corresponde, \
cuántos días de atraso hubo y cómo se calculó.

Si un pago no le queda bien en su fecha, díganos qué día y qué monto puede cumplir. Antes de \
acordar algo revisaremos si su contrato lo permite y le diremos qué cambiaría. También podemos \
calcular cuánto costaría la compra anticipada del artículo.

Cada acuerdo se lo confirmamos por escrito. Su número de caso es {case_number}."""

_RETURN_CALL_EN = """\
I am sorry to hear that. What happened with the item ({merchandise})? Did it arrive damaged, did \
it break while you used it, or do you want to return it for another reason?

According to our records you received it on {delivered_day} from {store}. Is that right?

Do you have photos and your proof of purchase? You can send both through the portal; the link is \
in the e-mail you get from us.

Please take the item to the store and ask for a receipt with the date and the name of whoever \
takes it. If you ship it, keep the tracking number. As soon as the store confirms to us that it \
has the item, we go on from there.

If the store refuses to take it, write down the person's name, the day and what you were told, and \
call us: we will escalate it.

Your case number is {case_number}."""
_RETURN_CALL_ES = """\
Lamento lo ocurrido. ¿Qué pasó con el artículo ({merchandise})? ¿Llegó dañado, se dañó con el uso \
o quiere devolverlo por otra razón?

Según nuestros datos, lo recibió el {delivered_day} de {store}. ¿Es correcto?

¿Tiene fotos y la prueba de compra? Puede enviarlas por el portal; el enlace está en el correo que \
recibe de nosotros.

Lleve el artículo a la tienda y pida un comprobante de recepción con la fecha y el nombre de quien \
lo recibe. Si lo envía, guarde el número de seguimiento. En cuanto la tienda nos confirme que lo \
tiene, continuamos nosotros.

Si la tienda se niega a recibirlo, anote el nombre de la persona, el día y lo que le dijo, y \
llámenos: elevaremos su caso.

Su número de caso es {case_number}."""
_RETURN_EMAIL_EN = """\
This is about the item on your account {account_number}: {merchandise}, from {store}. According to \
our records you received it on {delivered_day}.

To move your return or defect report forward, please send us:
- photos that show the item and the damage,
- your proof of purchase,
- the store's receipt for the return, or the tracking number if you ship the item.

You can upload everything here:
{portal_link}

Please arrange the return with the store first. Once it confirms to us that it has the item, we \
take the next step and tell you in writing. If it refuses, send us the name of the person, the day \
and what you were told.

Your case number is {case_number}."""
_RETURN_EMAIL_ES = """\
Le escribo sobre el artículo de su cuenta {account_number}: {merchandise}, de {store}. Según \
nuestros datos, lo recibió el {delivered_day}.

Para avanzar con su devolución o con el defecto que nos cuenta, envíenos por favor:
- fotos en las que se vean el artículo y el daño,
- la prueba de compra,
- el comprobante de recepción de la tienda o, si envía el artículo, el número de seguimiento.

Puede subir todo aquí:
{portal_link}

Coordine primero la devolución con la tienda. Cuando la tienda nos confirme que tiene el \
artículo, daremos el siguiente paso y se lo diremos por escrito. Si la tienda se niega, envíenos \
el nombre de la persona, el día y lo que le dijo.

Su número de caso es {case_number}."""

_DISPUTE_CALL_EN = """\
You do not recognize a charge. What is its date, what is the amount, and which reference does your \
bank statement show?

I am looking into it under case number {case_number}: we go through the transactions of account \
{account_number} one by one.
(If the customer speaks of fraud, choose that kind of case and tell a supervisor.)

It goes faster if you send us your receipts and the bank statement with that charge. Please cover \
card numbers and anything that is not about it.

(Once you know who is calling:) We have {email} as your e-mail address. Do you still use it?

By {due_day} we tell you in writing what we found or what is still missing."""
_DISPUTE_CALL_ES = """\
Hay un cargo que usted no reconoce. ¿De qué fecha es, de qué monto, y qué referencia aparece en su \
extracto bancario?

Lo estoy revisando con el número de caso {case_number}: vamos a revisar uno por uno los \
movimientos de la cuenta {account_number}.
(Si se habla de fraude, elija ese motivo y avise a una supervisora o un supervisor.)

Avanzamos más rápido si nos envía sus recibos y el extracto bancario con ese cargo. Tape los \
números de tarjeta y lo que no tenga que ver con ese cargo.

(Cuando ya sepa quién llama:) Tenemos registrado el correo {email}. ¿Lo sigue usando?

A más tardar el {due_day} le decimos por escrito qué encontramos o qué falta."""
_DISPUTE_EMAIL_EN = """\
We are looking into the charge you do not recognize on account {account_number}, under case number \
{case_number}. We go through the transactions of the account one by one.

Please send us:
- the date, the amount and the reference of the charge,
- your receipts, and the bank statement that shows the charge. Please cover card numbers and \
anything that is not about it.

You can upload everything here:
{portal_link}

By {due_day} we will write to {email} to tell you what we found or what is still missing."""
_DISPUTE_EMAIL_ES = """\
Estamos revisando el cargo que usted no reconoce en la cuenta {account_number}, con el número de \
caso {case_number}. Revisamos uno por uno los movimientos de la cuenta.

Envíenos por favor:
- la fecha, el monto y la referencia del cargo,
- sus recibos y el extracto bancario donde aparece el cargo. Tape los números de tarjeta y lo que \
no tenga que ver con ese cargo.

Puede subir todo aquí:
{portal_link}

A más tardar el {due_day} le escribiremos a {email} para decirle qué encontramos o qué falta."""

TEXTS: dict[tuple[str, str], dict[str, str]] = {
    (situation.value, medium.value): {"body_en": english, "body_es": spanish}
    for situation, medium, english, spanish in (
        (ScriptSituation.OPENING, ScriptMedium.CALL, _OPENING_CALL_EN, _OPENING_CALL_ES),
        (ScriptSituation.OPENING, ScriptMedium.EMAIL, _OPENING_EMAIL_EN, _OPENING_EMAIL_ES),
        (ScriptSituation.PAYMENTS, ScriptMedium.CALL, _PAYMENTS_CALL_EN, _PAYMENTS_CALL_ES),
        (ScriptSituation.PAYMENTS, ScriptMedium.EMAIL, _PAYMENTS_EMAIL_EN, _PAYMENTS_EMAIL_ES),
        (ScriptSituation.RETURN, ScriptMedium.CALL, _RETURN_CALL_EN, _RETURN_CALL_ES),
        (ScriptSituation.RETURN, ScriptMedium.EMAIL, _RETURN_EMAIL_EN, _RETURN_EMAIL_ES),
        (ScriptSituation.DISPUTE, ScriptMedium.CALL, _DISPUTE_CALL_EN, _DISPUTE_CALL_ES),
        (ScriptSituation.DISPUTE, ScriptMedium.EMAIL, _DISPUTE_EMAIL_EN, _DISPUTE_EMAIL_ES),
    )
}
