"""Money that goes the other way, and cards and accounts that are no longer to be charged."""

from __future__ import annotations

from cases.enums import ScriptMedium
from cases.scripts.defaults.script import Scripts

_REFUND_EN = """\
Let’s find out what happened with your money. How much is it, and where does it come from: a \
payment taken twice, one after you canceled, or a fee from your bank?
(For a bank fee:) Did your bank charge you because of one of our payments? Please send us the \
bank statement that shows the fee and its date.

I’ll go through the transactions on account {account_number}.
(Don’t promise an amount before it’s approved.)

If we owe you money, how would you like to get it: on your card, in your bank account, or by \
check?

We’ll tell you the amount in writing, how you’ll get it, and on what day.

Your case number is {case_number}. The next step is due by {due_day}."""
_REFUND_ES = """\
Vamos a ver qué pasó con su dinero. ¿Cuánto es y de dónde viene: un pago cobrado dos veces, un \
pago después de cancelar o una comisión de su banco?
(Si es una comisión del banco:) ¿Su banco se la cobró por uno de nuestros pagos? Envíenos el \
estado de cuenta donde aparece, con su fecha.

Voy a revisar los movimientos de la cuenta {account_number}.
(No prometa un monto antes de que se apruebe.)

Si le debemos dinero, ¿cómo prefiere recibirlo: en su tarjeta, en su cuenta bancaria o con un \
cheque?

Le diremos por escrito cuánto es, cómo lo recibirá y qué día.

Su número de caso es {case_number}. El próximo paso será a más tardar el {due_day}."""
_REVOKED_EN = """\
You don’t want us to charge your card or bank account anymore. I’m writing that down right now.

Which one is it: the card, the bank account, or both? From what day?
(Saving the call stops the automatic payments charged to what they name. The email below says what \
stops, and if a payment is already on its way: tell them.)

The payments are still due. You can make them yourself in the portal or by phone.

If you told us or your bank before, please send us that letter, email, or screenshot.

You’ll get it in writing.

Your case number is {case_number}. The next step is due by {due_day}."""
_REVOKED_ES = """\
Usted ya no quiere que carguemos los pagos a su tarjeta o a su cuenta bancaria. Lo anoto ahora \
mismo.

¿Cuál es: la tarjeta, la cuenta o las dos? ¿Desde qué día?
(Al guardar la llamada se detienen los pagos automáticos que se cargan a lo que le mencione. El \
correo de abajo dice qué se detiene y si un pago ya va en camino: avíseselo.)

Los pagos siguen pendientes. Usted los puede hacer en el portal o por teléfono.

Si ya nos lo había dicho, o se lo dijo a su banco, envíenos esa carta, ese correo o una captura \
de pantalla.

Lo recibirá por escrito.

Su número de caso es {case_number}. El próximo paso será a más tardar el {due_day}."""

SCRIPTS: Scripts = (
    ("refund", ScriptMedium.CALL, _REFUND_EN, _REFUND_ES),
    ("revoked", ScriptMedium.CALL, _REVOKED_EN, _REVOKED_ES),
)
