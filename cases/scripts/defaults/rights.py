"""What people ask for when something was done in their name, said about them or kept about them."""

from __future__ import annotations

from cases.enums import ScriptMedium
from cases.scripts.defaults.script import Scripts

_FRAUD_EN = """\
I’m sorry this happened to you. Let’s write it down step by step.
(Before you know who’s calling, don’t say anything about the account.)

What did you find: a charge, a lease, or a letter? When did you find it? Do you know who may have \
done it?

Please send us what you have: a police report, a signed statement of what happened, and a photo \
of your ID. If you don’t have a report yet, the site IdentityTheft.gov helps you make one for \
free.
(If someone used the caller’s name to get a lease, choose “Identity theft” and tell a \
supervisor.)

Please also tell your bank today.

Your case number is {case_number}. The next step is due by {due_day}. We’ll email you \
who acts next: you, if we asked you for something, or us. We’ll tell you in writing what we \
found."""
_FRAUD_ES = """\
Lamento lo que le pasó. Vamos a anotarlo paso a paso.
(Antes de saber quién llama, no diga nada de la cuenta.)

¿Qué encontró: un cargo, un contrato o una carta? ¿Cuándo lo encontró? ¿Sabe quién pudo hacerlo?

Envíenos lo que tenga: un reporte de la policía, una declaración firmada de lo que pasó y una \
foto de su identificación. Si no tiene un reporte, el sitio RobodeIdentidad.gov le ayuda a \
hacerlo gratis.
(Si alguien usó el nombre de quien llama para obtener un contrato, elija “Robo de identidad” y \
avise al equipo de supervisión.)

Avise también a su banco hoy mismo.

Su número de caso es {case_number}. El próximo paso será a más tardar el {due_day}. Por correo le \
diremos a quién le toca: a usted si le pedimos algo, o a nosotros. Le diremos por escrito qué \
encontramos."""
_CREDIT_EN = """\
Something on your credit report isn’t right. Which credit bureau is it from? What does it say \
about us, and what should it say?

Please send us the part of the report about us, and anything that shows it’s wrong. You don’t \
need to send the whole report.
(Write down the bureau, what was reported, and since when.)

We’ll look into it and answer within 30 days. If you send us something new in that time, it can \
take 15 days more. If it’s wrong, we’ll ask the bureaus to correct it.

You can also dispute it with the bureau itself. It’s free.

Your case number is {case_number}. The next step is due by {due_day}."""
_CREDIT_ES = """\
Hay algo en su informe de crédito que no está bien. ¿De qué agencia de crédito es? ¿Qué dice de \
nosotros y qué debería decir?

Envíenos la parte del informe que habla de nosotros y lo que muestre el error. No hace falta todo \
el informe.
(Anote la agencia, qué se reportó y desde cuándo.)

Lo revisamos y le respondemos en 30 días. Si en ese tiempo nos envía algo nuevo, puede tardar 15 \
días más. Si está mal, pediremos a las agencias que lo corrijan.

También puede reclamarlo con la agencia misma. Es gratis.

Su número de caso es {case_number}. El próximo paso será a más tardar el {due_day}."""
_SALE_EN = """\
Thank you for telling us. I’d like to write it down in your own words.

Which store was it, and who helped you? What did they tell you about the price and the payments? \
Did they say that it’s a lease?

Did you get a copy of your lease, on paper or by email? When did you see it for the first time?

Do you have an ad, a message, or a note from the store? Please send it to us.
(Don’t defend the store, and don’t judge it. What’s said here counts in its record.)

We’ll ask {store} what happened, and I can send you a copy of your lease.

Your case number is {case_number}. The next step is due by {due_day}."""
_SALE_ES = """\
Gracias por decírnoslo. Quiero anotarlo con sus propias palabras.

¿En qué tienda fue y quién le atendió? ¿Qué le dijeron del precio y de los pagos? ¿Le explicaron \
que es un contrato con opción de compra?

¿Le dieron una copia del contrato, en papel o por correo? ¿Cuándo lo vio por primera vez?

¿Tiene un anuncio, un mensaje o una nota de la tienda? Envíenoslo, por favor.
(No defienda a la tienda ni la juzgue. Lo que se diga aquí cuenta en su historial.)

Vamos a preguntar a {store} qué pasó, y puedo enviarle una copia de su contrato.

Su número de caso es {case_number}. El próximo paso será a más tardar el {due_day}."""
_RECORDS_EN = """\
You’d like to get something from us in writing. Let me make sure that I write it down right.
(For a denied application:) You applied and weren’t approved. We’ll send you the main reasons. I \
don’t have them here, so I won’t guess.
(For personal data:) Would you like a copy of your data, a correction, or to have it deleted? \
Some records have to stay. We’ll tell you which ones and why.

First, I need to check that it’s you.
(Check who’s calling before you say anything about the application or the account.)

Where should we send it? We have this email address: {email}.

Your case number is {case_number}. The next step is due by {due_day}."""
_RECORDS_ES = """\
Usted quiere recibir algo de nosotros por escrito. Voy a anotarlo bien.
(Si negamos su solicitud:) Usted hizo una solicitud y no se aprobó. Le enviaremos las razones \
principales. No las tengo aquí y no quiero adivinar.
(Si son sus datos:) ¿Quiere una copia de sus datos, corregirlos o borrarlos? Algunos datos se \
tienen que guardar. Le diremos cuáles y por qué.

Primero tengo que comprobar que es usted.
(Compruebe quién llama antes de hablar de la solicitud o de la cuenta.)

¿A dónde se lo enviamos? Tenemos este correo: {email}.

Su número de caso es {case_number}. El próximo paso será a más tardar el {due_day}."""
_ATTORNEY_EN = """\
Thank you for calling. Please give me your full name, the name of your firm, your email address \
and your phone number. What language should we write to you in?

Who do you represent? I need a letter that says so, signed by your client. Until we have it, I \
can’t say anything about anyone, not even whether they have an account with us.
(If the letter is here, mark it as received. Even then, say only what it covers.)

Please send us the letter with this case number: {case_number}.
(Leave the box for contact checked. From then on we don’t call or write to the client. Don’t \
discuss the matter and don’t admit anything.)

Once we have the letter, we’ll answer you in writing. The next step is due by {due_day}."""
_ATTORNEY_ES = """\
Gracias por llamar. Dígame, por favor, su nombre completo, el nombre de su bufete, su correo y su \
teléfono. ¿En qué idioma quiere que le escribamos?

¿A quién representa? Necesito una carta que lo diga, con la firma de su cliente. Hasta que la \
tengamos, no puedo decir nada de nadie, ni siquiera si tiene una cuenta con nosotros.
(Si ya llegó la carta, márquela como recibida. Aun así, diga solo lo que la carta permite.)

Envíenos la carta con este número de caso: {case_number}.
(Deje marcada la casilla del contacto. Desde entonces no llamamos ni escribimos al cliente. No \
discuta el asunto y no admita nada.)

Cuando tengamos la carta, le responderemos por escrito. El próximo paso es a más tardar el \
{due_day}."""

_STORE_EN = """\
Thank you for calling. Please give me your name, the name of your store and a number where we can \
reach you.

Which order is this about? Please give me the invoice number or the account number.
(Compare: {account_number}, {merchandise}, {store}.)

I can talk with you about this order, its delivery and its return at your store. I can’t say \
anything about the customer or the payments.

(About a delivery:) What day was it delivered, or what day will it be? Is there a tracking number?
(About a return:) Do you have the item? What day did you get it, and who took it?
(If the store won’t deliver it or take it back, write down who says so and why. Then tell a \
supervisor.)

Please send us the delivery receipt or the return receipt with this case number: {case_number}.

The next step is due by {due_day}."""
_STORE_ES = """\
Gracias por llamar. Dígame, por favor, su nombre, el nombre de su tienda y un teléfono donde \
podamos llamarle.

¿De qué pedido se trata? Deme el número de factura o el número de cuenta.
(Compare: {account_number}, {merchandise}, {store}.)

Puedo hablar con usted de este pedido, de la entrega y de la devolución en su tienda. De los datos \
o los pagos de quien lo compró no puedo decir nada.

(Si es por una entrega:) ¿Qué día se entregó, o qué día se va a entregar? ¿Hay número de rastreo?
(Si es por una devolución:) ¿Ya tienen el artículo? ¿Qué día lo recibieron, y quién lo recibió?
(Si la tienda se niega a entregarlo o a recibirlo, anote quién lo dice y por qué. Después avise al \
equipo de supervisión.)

Mándennos el comprobante de entrega o de devolución con este número de caso: {case_number}.

El próximo paso será a más tardar el {due_day}."""

SCRIPTS: Scripts = (
    ("fraud", ScriptMedium.CALL, _FRAUD_EN, _FRAUD_ES),
    ("credit", ScriptMedium.CALL, _CREDIT_EN, _CREDIT_ES),
    ("sale", ScriptMedium.CALL, _SALE_EN, _SALE_ES),
    ("records", ScriptMedium.CALL, _RECORDS_EN, _RECORDS_ES),
    ("attorney", ScriptMedium.CALL, _ATTORNEY_EN, _ATTORNEY_ES),
    ("store", ScriptMedium.CALL, _STORE_EN, _STORE_ES),
)
