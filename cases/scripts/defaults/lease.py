"""How a lease goes on, ends early or is paid off."""

from __future__ import annotations

from cases.enums import ScriptMedium
from cases.scripts.defaults.script import Scripts

_BUYOUT_EN = """\
You can buy the item ({merchandise}) before the lease ends. I’ll get you today’s price and go \
over each part of it.
(Open the early purchase price on the lease’s page. Read out the total and the last day it’s good \
for.)

If you wait longer than that, the price can change. We can give you a new one at any time.

Would you like it in writing? I can send it to {email}.

Once it’s paid, the item is yours and there are no more payments. We’ll confirm that in writing, \
too.

Your case number is {case_number}. The next step is due by {due_day}."""
_BUYOUT_ES = """\
Usted puede comprar el artículo ({merchandise}) antes de que termine el contrato. Le doy el \
precio de hoy y le explico cada parte.
(Abra el precio de compra anticipada en la página del arrendamiento. Lea el total y hasta qué día \
vale.)

Si espera más, el precio puede cambiar. Podemos darle otro cuando lo pida.

¿Lo quiere por escrito? Se lo envío a {email}.

Cuando esté pagado, el artículo es suyo y ya no hay más pagos. También se lo confirmamos por \
escrito.

Su número de caso es {case_number}. El próximo paso será a más tardar el {due_day}."""
_DELIVERY_EN = """\
I’m sorry you don’t have your item yet ({merchandise}). What day did the store give you? Has \
anyone called you about it?

Our records show this delivery date: {delivered_day}. Is that right?
(If the records show a delivery that never took place, tell a supervisor. Don’t ask for any \
payment.)

Please don’t sign for anything you haven’t received. If only part of it came, or it came broken, \
take photos and send them to us.

I’ll ask {store} when it’s coming and whether there’s a tracking number. We’ll tell you what they \
say.

Do you still want the item, or would you rather cancel?
(If the customer wants to cancel, choose that reason.)

Your case number is {case_number}. The next step is due by {due_day}."""
_DELIVERY_ES = """\
Lamento que todavía no tenga su artículo ({merchandise}). ¿Qué día le dio la tienda? ¿Le han \
llamado para avisarle?

Según nuestros datos, se entregó el {delivered_day}. ¿Es correcto?
(Si aparece una entrega que nunca se hizo, avise al equipo de supervisión. No pida ningún pago.)

No firme por algo que no ha recibido. Si llegó solo una parte, o llegó dañado, tome fotos y \
envíelas.

Voy a preguntar a {store} cuándo llega y si hay número de rastreo. Le avisaremos qué nos dicen.

¿Todavía quiere el artículo o prefiere cancelar?
(Si quiere cancelar, elija ese motivo.)

Su número de caso es {case_number}. El próximo paso será a más tardar el {due_day}."""
_CANCEL_EN = """\
I can help you with that. Do you have the item ({merchandise}), or hasn’t it come yet?
(If it hasn’t come:) Then I’ll ask to cancel the lease and check whether anything was charged.
(If it was delivered:) Then it has to go back to the store first. I’ll tell you what’s due up to \
that day, and how to return it.

May I ask why: is it the price, the payments, or the item?
(If it’s the payments, say that there may be a plan, a later date, or an early purchase. Then \
leave it to the customer.)

I’ll confirm it in writing, with the day from which there are no more payments.

Your case number is {case_number}. The next step is due by {due_day}."""
_CANCEL_ES = """\
Con gusto le ayudo. ¿Ya tiene el artículo ({merchandise}) o todavía no le llega?
(Si no ha llegado:) Entonces pido que se cancele el contrato y reviso si hubo algún cobro.
(Si ya se entregó:) Entonces primero hay que devolverlo a la tienda. Le digo cuánto debe hasta \
ese día y cómo se devuelve.

¿Me permite preguntarle por qué? ¿Es por el precio, por los pagos o por el artículo?
(Si es por los pagos, diga que puede haber un plan, otra fecha o una compra anticipada. La \
decisión es de quien llama.)

Se lo confirmo por escrito, con el día desde el que ya no hay pagos.

Su número de caso es {case_number}. El próximo paso será a más tardar el {due_day}."""
_LETTER_EN = """\
You’d like a letter that says your lease is paid off. Let me look at account {account_number}.
(If it’s all paid:) It’s all paid. I’ll ask for the letter, and we’ll send it to {email}.
(If something is left:) There’s still an amount left. I’ll tell you the amount and what it’s for.

Who needs the letter: you, a bank, or a store? Does it have to say anything special?

Your case number is {case_number}. The next step is due by {due_day}."""
_LETTER_ES = """\
Usted quiere una carta que diga que su contrato está pagado. Voy a ver la cuenta \
{account_number}.
(Si todo está pagado:) Todo está pagado. Pido la carta y se la enviamos a {email}.
(Si falta algo:) Todavía falta una cantidad. Le digo cuánto es y de qué es.

¿Para quién es la carta: para usted, para un banco o para una tienda? ¿Debe decir algo en \
especial?

Su número de caso es {case_number}. El próximo paso será a más tardar el {due_day}."""
_SETTLEMENT_EN = """\
I hear you: it’s too much right now. What happened, and what could you pay? By what day?
(Don’t promise a lower amount. A supervisor decides. Write down the offer in the customer’s own \
words.)

I’ll pass your offer on today. Until we answer, your payment dates don’t change.

If we agree, you’ll get it in writing: how much, by what day, and what happens with the item and \
with the rest.

Your case number is {case_number}. The next step is due by {due_day}."""
_SETTLEMENT_ES = """\
Le entiendo: ahora es demasiado. ¿Qué pasó y cuánto podría pagar? ¿Para qué día?
(No prometa un monto menor. Eso lo decide el equipo de supervisión. Anote la oferta como se la \
digan.)

Hoy mismo paso su oferta. Mientras le respondemos, las fechas de sus pagos siguen igual.

Si llegamos a un acuerdo, lo recibirá por escrito: cuánto, para qué día, y qué pasa con el \
artículo y con el resto.

Su número de caso es {case_number}. El próximo paso será a más tardar el {due_day}."""

SCRIPTS: Scripts = (
    ("buyout", ScriptMedium.CALL, _BUYOUT_EN, _BUYOUT_ES),
    ("delivery", ScriptMedium.CALL, _DELIVERY_EN, _DELIVERY_ES),
    ("cancel", ScriptMedium.CALL, _CANCEL_EN, _CANCEL_ES),
    ("letter", ScriptMedium.CALL, _LETTER_EN, _LETTER_ES),
    ("settlement", ScriptMedium.CALL, _SETTLEMENT_EN, _SETTLEMENT_ES),
)
