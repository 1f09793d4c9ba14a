"""How a call begins, and what most calls are about: payments, returns, a charge in dispute."""

from __future__ import annotations

from cases.enums import ScriptMedium
from cases.scripts.defaults.script import Scripts

_OPENING_CALL_EN = """\
Thank you for calling {company}. This is {agent_name}. Would you rather speak English or Spanish?

To protect your account, please tell me your full name and the email address or phone number we \
have on file.

If you have your lease agreement handy: what’s the account number, and at which store did you \
sign it?
(Compare: {customer_name}, account {account_number}, {merchant}.)

Your case number is {case_number}. I’ll say it slowly so you can write it down. You’ll also get \
it in writing.

How would you like to hear from us, and what time of day works best?"""
_OPENING_CALL_ES = """\
Gracias por llamar a {company}. Le atiende {agent_name}. ¿Prefiere que hablemos en español o en \
inglés?

Para proteger su cuenta, dígame, por favor, su nombre completo y el correo electrónico o el \
teléfono que tenemos registrado.

Si tiene su contrato a la mano: ¿cuál es el número de cuenta y en qué tienda lo firmó?
(Compare: {customer_name}, cuenta {account_number}, {merchant}.)

Su número de caso es {case_number}. Se lo digo despacio para que lo anote. También lo recibirá por \
escrito.

¿Cómo prefiere que nos comuniquemos con usted y a qué hora del día?"""
_OPENING_EMAIL_EN = """\
Thank you for writing to us. I’m {agent_name} from {company}, and I’m handling your case \
{case_number}.

As I understand it, this is about account {account_number}: {merchandise}, from {store}. If any of \
this isn’t right, please tell me.

So we can follow up, please tell me the best phone number and time of day to reach you.

You can also write to us and send photos or documents here:
{portal_link}"""
_OPENING_EMAIL_ES = """\
Gracias por escribirnos. Soy {agent_name}, de {company}, y me encargo de su caso {case_number}.

Según entiendo, se trata de la cuenta {account_number}: {merchandise}, de {store}. Si algo no es \
correcto, dígamelo, por favor.

Para darle seguimiento, dígame a qué teléfono y a qué hora del día podemos llamarle.

También puede escribirnos y enviar fotos o documentos aquí:
{portal_link}"""

_PAYMENTS_CALL_EN = """\
I have your account {account_number} in front of me: {merchandise}, from {store}.

I can send you the payment history in writing right now, from {signed_day} through today, {today}.
(If there’s a late fee:) I’ll explain the late fee, too: which payment it’s for, when that payment \
was due, how many days late it was, and how the fee was calculated.

What happened with the payment? What date and amount would work for you?
(Check whether the contract allows a payment plan. If what matters is keeping the item, look up \
today’s early purchase price.)

We’ll confirm everything we agree on in writing. Your case number is {case_number}, and we’ll take \
the next step by {due_day}."""
_PAYMENTS_CALL_ES = """\
Tengo a la vista su cuenta {account_number}: {merchandise}, de {store}.

Ahora mismo puedo enviarle por escrito el historial de pagos, desde el {signed_day} hasta hoy, \
{today}.
(Si hay un cargo por mora:) También le explico el cargo por mora: a qué pago corresponde, qué día \
vencía ese pago, cuántos días de atraso hubo y cómo se calculó.

¿Qué pasó con el pago? ¿Qué fecha y qué monto le quedarían bien?
(Revise si el contrato permite un plan de pagos. Si lo que importa es conservar el artículo, \
consulte el precio de compra anticipada de hoy.)

Todo lo que acordemos se lo confirmaremos por escrito. Su número de caso es {case_number}, y \
daremos el próximo paso a más tardar el {due_day}."""
_PAYMENTS_EMAIL_EN = """\
I’m writing about the payments on your account {account_number}: {merchandise}, from {store}.

We’re sending you the payment history from {signed_day} through {today} in a separate email. It \
lists each payment with its date and amount. If there’s a late fee, we’ll tell you which payment \
it’s for, how many days late that payment was, and how the fee was calculated.

If you can’t make a payment on its due date, tell us what date and amount would work for you. \
Before we agree on anything, we’ll check whether your contract allows it and tell you what would \
change. We can also calculate what it would cost to buy the item early.

We confirm every agreement in writing. Your case number is {case_number}."""
_PAYMENTS_EMAIL_ES = """\
Le escribo sobre los pagos de su cuenta {account_number}: {merchandise}, de {store}.

En otro correo le enviamos el historial de pagos desde el {signed_day} hasta el {today}. Ahí verá \
cada pago con su fecha y su monto. Si hay un cargo por mora, le diremos a qué pago corresponde, \
cuántos días de atraso hubo y cómo se calculó.

Si no puede hacer un pago en su fecha, díganos qué fecha y qué monto le quedarían bien. Antes de \
acordar algo, revisaremos si su contrato lo permite y le diremos qué cambiaría. También podemos \
calcular cuánto le costaría comprar el artículo por anticipado.

Cada acuerdo se lo confirmamos por escrito. Su número de caso es {case_number}."""

_RETURN_CALL_EN = """\
I’m sorry to hear that. What happened with the item ({merchandise})? Did it arrive damaged, did it \
break while you were using it, or do you want to return it for another reason?

Our records say you received it on {delivered_day} from {store}. Is that right?

Do you have photos and your proof of purchase? You can send both through the portal. The link is \
in the email you’ll get from us.

Please take the item to the store. Ask for a receipt with the date and the name of the person who \
takes it. If you ship it, keep the tracking number. As soon as the store confirms to us that it \
has the item, we’ll take it from there.

Has the store refused to take it? Tell me the person’s name, the date, and what they told you, and \
I’ll pass your case on to a supervisor.

Your case number is {case_number}."""
_RETURN_CALL_ES = """\
Lamento lo ocurrido. ¿Qué pasó con el artículo ({merchandise})? ¿Llegó dañado, se dañó con el uso \
o quiere devolverlo por otra razón?

Según nuestros datos, lo recibió el {delivered_day} de {store}. ¿Es correcto?

¿Tiene fotos y el comprobante de compra? Puede enviarlos por el portal. El enlace está en el \
correo que va a recibir de nosotros.

Lleve el artículo a la tienda. Pida un comprobante con la fecha y el nombre de quien lo recibe. Si \
lo envía, guarde el número de rastreo. En cuanto la tienda nos confirme que lo tiene, nosotros \
seguimos con lo demás.

¿La tienda se negó a recibirlo? Dígame el nombre de la persona, la fecha y lo que le dijo, y paso \
su caso al equipo de supervisión.

Su número de caso es {case_number}."""
_RETURN_EMAIL_EN = """\
I’m writing about the item on your account {account_number}: {merchandise}, from {store}. Our \
records say you received it on {delivered_day}.

So we can help with your return or the problem with your item, please send us:
- photos that show the item and the damage,
- your proof of purchase,
- the store’s receipt for the return, or the tracking number if you ship the item.

You can send everything here:
{portal_link}

Please arrange the return with the store first. Once the store confirms to us that it has the \
item, we’ll take the next step and tell you in writing. If the store won’t take it, send us the \
person’s name, the date, and what they told you.

Your case number is {case_number}."""
_RETURN_EMAIL_ES = """\
Le escribo sobre el artículo de su cuenta {account_number}: {merchandise}, de {store}. Según \
nuestros datos, lo recibió el {delivered_day}.

Para seguir con su devolución o con el problema de su artículo, por favor, envíenos:
- fotos en las que se vean el artículo y el daño,
- el comprobante de compra,
- el comprobante que le dio la tienda o, si envía el artículo, el número de rastreo.

Puede enviar todo aquí:
{portal_link}

Primero acuerde la devolución con la tienda. Cuando la tienda nos confirme que tiene el artículo, \
daremos el próximo paso y se lo diremos por escrito. Si la tienda se niega a recibirlo, envíenos \
el nombre de la persona, la fecha y lo que le dijo.

Su número de caso es {case_number}."""

_DISPUTE_CALL_EN = """\
Tell me about that charge: what are its date and amount, and what reference does your bank \
statement show?
(If the same payment was charged twice, check the extra one under “Disputed transactions.” If it \
isn’t there, choose the reason “Refund owed.”)

I’m looking into it under case number {case_number}. We’ll go through the transactions on account \
{account_number} one by one.
(If the customer mentions fraud, choose that reason and tell a supervisor.)

We can work faster if you send us your receipts and the bank statement with that charge. Please \
cover card numbers and anything that isn’t about this charge.

(Once you know who’s calling:) We have {email} as your email address. Do you still use it?

The next step is due by {due_day}. The email says who acts next: you, if we asked you for \
something, or us. We’ll tell you in writing what we decide about the charge."""
_DISPUTE_CALL_ES = """\
Cuénteme de ese cargo: ¿de qué fecha es, de qué monto, y qué referencia aparece en el estado de \
cuenta de su banco?
(Si le cobraron dos veces el mismo pago, marque el que sobra en “Movimientos reclamados”. Si no \
está ahí, elija el motivo “Reembolso pendiente”.)

Lo estoy revisando con el número de caso {case_number}. Vamos a ver uno por uno los movimientos de \
la cuenta {account_number}.
(Si se habla de fraude, elija ese motivo y avise al equipo de supervisión.)

Avanzamos más rápido si nos envía sus recibos y el estado de cuenta con ese cargo. Tape los \
números de tarjeta y lo que no tenga que ver con ese cargo.

(Cuando ya sepa quién llama:) Tenemos registrado el correo {email}. ¿Lo sigue usando?

El próximo paso será a más tardar el {due_day}. El correo dice a quién le toca: a usted si le \
pedimos algo, o a nosotros. Le diremos por escrito qué decidimos sobre el cargo."""
_DISPUTE_EMAIL_EN = """\
We’re looking into the charge that you told us about on account {account_number}, under case \
number {case_number}. We’ll go through the transactions on the account one by one.

Please send us:
- the date, the amount, and the reference of the charge,
- your receipts, and the bank statement that shows the charge. Please cover card numbers and \
anything that isn’t about this charge.

You can send everything here:
{portal_link}

The next step is due by {due_day}. Once we’ve decided, we’ll write to {email}."""
_DISPUTE_EMAIL_ES = """\
Estamos revisando el cargo que nos indicó en la cuenta {account_number}, con el número de \
caso {case_number}. Vamos a ver uno por uno los movimientos de la cuenta.

Por favor, envíenos:
- la fecha, el monto y la referencia del cargo,
- sus recibos y el estado de cuenta del banco donde aparece el cargo. Tape los números de tarjeta \
y lo que no tenga que ver con ese cargo.

Puede enviar todo aquí:
{portal_link}

El próximo paso será a más tardar el {due_day}. Cuando decidamos, le escribiremos a {email}."""

SCRIPTS: Scripts = (
    ("opening", ScriptMedium.CALL, _OPENING_CALL_EN, _OPENING_CALL_ES),
    ("opening", ScriptMedium.EMAIL, _OPENING_EMAIL_EN, _OPENING_EMAIL_ES),
    ("payments", ScriptMedium.CALL, _PAYMENTS_CALL_EN, _PAYMENTS_CALL_ES),
    ("payments", ScriptMedium.EMAIL, _PAYMENTS_EMAIL_EN, _PAYMENTS_EMAIL_ES),
    ("return", ScriptMedium.CALL, _RETURN_CALL_EN, _RETURN_CALL_ES),
    ("return", ScriptMedium.EMAIL, _RETURN_EMAIL_EN, _RETURN_EMAIL_ES),
    ("dispute", ScriptMedium.CALL, _DISPUTE_CALL_EN, _DISPUTE_CALL_ES),
    ("dispute", ScriptMedium.EMAIL, _DISPUTE_EMAIL_EN, _DISPUTE_EMAIL_ES),
)
