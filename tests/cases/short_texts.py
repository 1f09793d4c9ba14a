"""Two hundred short texts as they come in and go out: one-word answers, calls, slips of the keys.

Made up. The language stands first, `--` where no one could tell. Every second one has never been
looked at to better the guess.
"""

from __future__ import annotations

TEXTS = [
    (line[:2].replace("--", ""), line[3:])
    for line in """\
es Sí
es sii
es si gracias
es Listo, gracias
es ya quedó
es ya esta
es Ya mandé las fotos
es perfecto gracias
es De acuerdo
es ok enterado
es Recibido, gracias
es Entendido
es entiendo
es vale
es Por supuesto
es claro que sí
es el lunes
es hasta el viernes
es ahorita no puedo
es no puedo
es No gracias
es todavía no
es aún no llega
es no llegó
es nunca llegó
es ya llegó
es llegó roto
es está dañado
es viene manchado
es no prende
es No enfría
es se descompuso
es le falta una pata
es cuánto debo
es cuanto es
es ¿Cuándo vence?
es a qué hora
es donde pago
es ¿Con quién hablo?
es quién habla
es me puede llamar
es llámeme por favor
es no contesten a este número
es número equivocado
es otra vez ustedes
es no entiendo inglés
es en español por favor
es hablo español
es Buenas
es buenas tardes
es Buenas noches
es hola buen día
es Hasta luego
es saludos
es mil gracias
es Gracias!!
es grax
es muchísimas gracias señorita
es Dios la bendiga
es disculpe la tardanza
es perdón
es lo siento
es pagué ayer
es Pago hoy
es ya está pagado
es pagado en tienda
es hice el pago
es pago el 15
es adjunto recibo
es aquí está
es Va la foto
es ahí le va
es no tengo recibo
es Perdí el recibo
es quiero cancelar
es cancelado
es quiero devolverlo
es cambio de domicilio
es me mudé
es nueva dirección: 412 Elm St
es mi esposa firmó
es no autorizado
es no reconozco ese cargo
es cobro doble
es ya no quiero
es urgente
es ayuda
es espero su llamada
es quedo pendiente
es gracias por avisar
es Cliente no contesta
es se dejó recado
es Buzón lleno
es Colgó
es clienta llamará mañana
es tienda confirma entrega
en Yes
en yes sir
en yep
en nope
en Yes, thanks
en ok thank you
en Sounds good
en sounds good thx
en All good
en all set
en Done!
en just paid
en paid it already
en paid yesterday
en payment sent
en will pay Friday
en Not yet
en not today
en tomorrow morning
en next week
en On Monday
en maybe Thursday
en in a minute
en can't right now
en never arrived
en it arrived broken
en Still nothing
en came damaged
en wrong color
en missing a leg
en won't turn on
en it's leaking
en doesn't get cold
en stopped working
en how much
en How much do I owe?
en when is it due
en what time
en Where do I pay
en who is this
en Who am I speaking with?
en please call me
en call after 5
en wrong number
en stop texting me
en stop calling
en English please
en I speak English
en Hi
en hey
en hi there
en Good afternoon
en good evening
en Have a great day
en see you then
en bye
en Thank u
en ty
en God bless
en sorry for the delay
en sorry
en my bad
en my apologies
en I understand
en Understood
en of course
en absolutely
en okay great
en great, thanks
en perfect, thank you
en here you go
en here's the receipt
en see attached
en photo attached
en lost my receipt
en want to cancel
en cancel it
en returning it
en I moved
en new address: 88 Oak Ln
en my wife signed
en not authorized
en don't recognize this
en double charge
en don't want it anymore
en urgent
en help
en waiting on you
en any update?
en Customer didn't pick up
en left voicemail
en Mailbox full
en Hung up
en Customer will call back
en store confirmed delivery
""".splitlines()
    + """\
-- ok
-- No
-- Ok.
-- Carla
-- Rosa Mendoza
-- 3:30
-- $60
-- no no
-- 12/05
""".splitlines()
]  # fmt: skip
