"""What customers and agents write, sorted by language. Made up."""

from __future__ import annotations

#: Sentences, with accents and capitals as people type them.
SPANISH = """\
Ya pagué el viernes en la tienda y todavía me aparece como atrasado.
ya pague y me siguen cobrando
Hola, quiero saber cuánto debo para liquidar mi cuenta.
Me cobraron dos veces el mismo pago esta semana.
NO RECONOZCO ESTE CARGO EN MI TARJETA
El sofá llegó roto de una pata y la tienda no me contesta.
Buenas tardes, necesito cambiar la fecha de mi pago al día 15.
no me ha llegado el refrigerador
Perdí mi trabajo y no voy a poder pagar este mes.
¿Me pueden mandar mi historial de pagos por favor?
Devolví la lavadora el lunes y el comercio no quiere firmar la recepción.
quiero cancelar el contrato
Le adjunto la foto de la factura.
Aquí está el recibo que me pidieron.
Mi banco me cobró un sobregiro por culpa de ustedes.
cuando me van a depositar lo de la devolucion
La señorita que me atendió dijo que me iban a llamar ayer.
Necesito que me llamen despues de las 5 porque trabajo
El colchón tiene una mancha y huele mal.
Gracias por su ayuda, ya quedó resuelto.
no tengo dinero hasta el viernes que me pagan
Quiero comprar el mueble de una vez, ¿cuánto sería?
Me robaron la cartera y alguien usó mis datos.
Yo nunca firmé ese contrato.
TODAVIA NO RECIBO NADA, YA PASARON DOS SEMANAS
Mi correo cambió, es carla@example.com
La tienda cerró y no sé a quién pagarle.
Por favor quiten los pagos automáticos de mi cuenta.
Hablé con Ana Torres el martes, mi caso es 260 001 233.
se descompuso la tele a los tres dias
Me dijeron una cosa en la tienda y otra por teléfono.
Puedo pagar $40 el viernes y lo demás la otra semana.
No entiendo por qué subió mi pago.
El número de seguimiento es 1Z999AA10123456784.
mande el giro el lunes pasado y no lo han registrado
Quiero poner una queja formal contra la tienda.
Me urge una respuesta, gracias.
Mi esposo está en el hospital y necesito más tiempo.
La clienta pide un plan de pagos.
Cliente llama para disputar un cargo del 3 de octubre.
Se le explicó que el pago sale el jueves.
Se envió el comprobante a la tienda y se espera su respuesta.
Prometió pagar 50 dólares el día 20.
Ella no habla inglés, llamar por la tarde.
es que no se como subir las fotos
Disculpe la molestia, ¿ya recibieron mis documentos?
Cambié de banco, ¿cómo actualizo mi cuenta?
El comedor que me entregaron no es el que escogí.
cuanto me falta
Me mudé a Houston y quiero actualizar mi dirección.
ya mande todo lo que me pidieron
Todavía estoy esperando la llamada que me prometieron.
Ya no quiero el juego de recámara.
El store me dijo que el delivery era para ayer.
Hice el payment online pero no se reflejó en mi balance.
¿Aceptan pagos con tarjeta de débito?
Las fotos salieron borrosas, ahorita mando otras.
Necesito una carta que diga que ya pagué todo.
Me llegó un aviso de abogado y estoy preocupada.
Si no me resuelven voy a llamar al procurador.
""".splitlines()

ENGLISH = """\
I paid at the store on Friday and it still shows as late.
i already paid and you keep charging me
Hello, I want to know how much I owe to pay it off.
You charged me twice for the same payment this week.
I DO NOT RECOGNIZE THIS CHARGE ON MY CARD
The sofa came with a broken leg and the store won't answer.
Good afternoon, I need to move my payment date to the 15th.
my fridge never came
I lost my job and I can't pay this month.
Can you send me my payment history please?
I returned the washer on Monday and the store refuses to sign for it.
i want to cancel the lease
Attached is the photo of the invoice.
Here is the receipt you asked for.
My bank charged me an overdraft because of you.
when am i getting my refund
The lady I talked to said someone would call me yesterday.
Need you to call me after 5 because I work
The mattress has a stain and smells bad.
Thanks for your help, it is all fixed now.
no money until friday when i get paid
I want to buy it outright, how much would it be?
My wallet was stolen and somebody used my information.
I never signed that agreement.
STILL HAVE NOT RECEIVED ANYTHING, IT HAS BEEN TWO WEEKS
My email changed, it is dan@example.com
The store closed and I don't know who to pay.
Please take the automatic payments off my account.
I spoke with Ana Torres on Tuesday, my case is 260 001 233.
tv broke after three days
They told me one thing at the store and another on the phone.
I can pay $40 on Friday and the rest next week.
I don't understand why my payment went up.
The tracking number is 1Z999AA10123456784.
sent the money order last monday and its not posted
I want to file a formal complaint against the store.
I need an answer asap, thanks.
My husband is in the hospital and I need more time.
Customer is asking for a payment plan.
Customer called to dispute a charge from October 3.
Explained that the payment comes out on Thursday.
Sent the receipt to the store, waiting for their answer.
Promised to pay 50 dollars on the 20th.
He does not speak Spanish, call in the afternoon.
not sure how to upload the pictures
Sorry to bother you, did you get my documents?
I changed banks, how do I update my account?
The dining set they delivered is not the one I picked.
how much is left
I moved to San Antonio and want to update my address.
sent everything you asked for
Still waiting on the call I was promised.
I don't want the bedroom set anymore.
The guy at Mueblería Luna told me to talk to Señora Gutiérrez.
Carla Peña is my mother and she lives in El Paso.
Do you take debit cards?
The pictures came out blurry, I will send new ones.
I need a letter saying that I paid everything.
I got a notice from a lawyer and I am worried.
If this is not resolved I will call the attorney general.
""".splitlines()

#: One to three words that are clearly in one language.
SHORT = {
    "gracias": "es",
    "Muchas gracias": "es",
    "ya pagué": "es",
    "ya pague": "es",
    "YA PAGUÉ": "es",
    "Hola": "es",
    "Sí": "es",
    "si por favor": "es",
    "ok gracias": "es",
    "Buenos días": "es",
    "no sirve": "es",
    "thanks": "en",
    "Thank you": "en",
    "I paid": "en",
    "THANKS": "en",
    "Hello?": "en",
    "yes": "en",
    "yes please": "en",
    "ok thanks": "en",
    "Good morning": "en",
    "not working": "en",
    # One word, as an answer
    "listo": "es",
    "Listo!": "es",
    "pagado": "es",
    "Recibido": "es",
    "claro": "es",
    "enterado": "es",
    "Enterada.": "es",
    "de acuerdo": "es",
    "De acuerdo 👍": "es",
    "xfa": "es",
    "received": "en",
    "Done": "en",
    "done 👍": "en",
    "tomorrow": "en",
    "sure": "en",
    "Yeah": "en",
    "thx": "en",
    "call me": "en",
    "Store visit scheduled": "en",
}

#: No one could tell, or it's mixed: the customer's language is the better answer.
UNCLEAR = [
    "",
    "ok",
    "OK.",
    "no",
    "No",
    "???",
    "👍",
    "260001233",
    "260 001 233",
    "Carla Peña",
    "Dan Miller",
    "María de la Cruz",
    "Juan Carlos Hernández Gutiérrez",
    "Los Angeles, California",
    "El Paso TX 79901",
    "carla@example.com",
    "https://example.com/the/case/and/your/account",
    "$40.00",
    "15/11",
    "visa debit 4242",
    "sofa",
    "Mueblería Luna San Antonio",
    "123 Guadalupe St, San Antonio",
    "1Z999AA10123456784",
    "Balance total",
    "Bank of America",
    "Rooms To Go",
    "Best Buy",
    "Mark Long",
    "Luis Fernando Ramos",
    "luis fernando ramos",
    "kimberly sterling",
    "Luz Paz",
    "tracking",
    "Hola, I paid on Friday pero no me han contestado and I need help por favor",
    "Thank you. Gracias.",
]

#: Written last, and never used to improve the rule.
LATER_SPANISH = """\
Nomás quería avisar que el repartidor nunca apareció.
me sale un error cuando meto mi clave
Oiga, ¿y si liquido antes me descuentan algo?
Les pido de favor que revisen mi caso.
Mi hija firmó por mí, yo estaba trabajando.
el aire acondicionado hace mucho ruido
Necesitamos otra copia del contrato en español.
Mandé tres correos y nadie me ha respondido.
Mi quincena cae el 30, ¿la pueden mover?
No me dejan cambiar la estufa en la tienda.
La tarjeta vieja ya no existe, la cancelé.
¿Dónde veo cuántas semanas me faltan?
Traje la evidencia que pidió el agente.
Cliente confirma disponibilidad de lunes a viernes, 5 a 8 pm.
La tienda se niega a recibir el artículo; pide hablar con supervisor.
Adjunto extracto bancario.
me hicieron un doble cargo y quiero mi dinero de vuelta
Tuve un accidente y estoy incapacitado.
Ayúdenme con esto urgente
Con mucho gusto les firmo la carta.
Esa dirección está mal escrita.
PORQUE ME MANDARON A COBRANZA SI YA HABIA ARREGLADO
Disculpen, la foto del recibo no cargó.
Señorita, soy Rosa, la del comedor café.
Según mi banco el pago rebotó.
Prefiero que me escriban por correo.
Todo llegó perfecto, mil gracias.
Quisiera saber los requisitos para volver a solicitar.
Avísenme cuando esté listo.
El plazo vence mañana y sigo sin noticias.
""".splitlines()
LATER_ENGLISH = """\
Just letting you know the delivery guy never showed up.
getting an error when i type my password
Quick question, is there a discount if I pay early?
Could somebody review my case.
My daughter signed for me while I was at work.
ac unit makes a loud noise
We would like another copy of the lease agreement in English.
Three emails and nobody has answered.
I get paid on the 30th, any way to move it?
Store says no exchange on the stove.
Old card is closed, I cancelled it.
Where do I see how many weeks remain?
Brought the documents the agent requested.
Customer confirms availability Monday to Friday, 5 to 8 pm.
Store refuses to take the item back; wants a supervisor.
Bank statement attached.
double charged and I want my cash back
Had an accident and I'm out of work.
Help me with this, it's urgent
Happy to sign the letter.
That address is misspelled.
WHY AM I IN COLLECTIONS WHEN WE HAD A DEAL
Sorry, picture of the receipt did not upload.
Ma'am, this is Rose, brown dining table.
According to my bank the payment bounced.
I prefer email over phone calls.
Everything arrived perfect, many thanks.
What are the requirements to apply again?
Let me know once ready.
Deadline is tomorrow and I have heard nothing.
""".splitlines()
