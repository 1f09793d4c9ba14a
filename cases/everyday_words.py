"""Everyday words of only one language, not used in names and not borrowed. Pure.

Without accents, as many people type. Left out on purpose: words of both (no, me, once, sale, use,
come, he, has, error, solo, color); names (casa, nuevo, luz, ella, will, bill, young); and what
Spanish speakers borrow here (store, balance, payment, late, set, voicemail, bye).
"""


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


SPANISH = _set("""
    abono abri abrir aca acabo aceptan acepto acuerdo adelante ademas adjunta adjunto ahi ahora
    ahorita algo alguien algun alguna alla alli amable anda andale anoche antes antier aparece
    apenas aqui arreglar arreglen asi aun aunque avisar avise avisen aviso ayer ayuda ayudan
    ayudar ayudarme ayude ayudeme bendiciones bendiga bien buen buenas buenos busco buzon cada
    cambiar cambiaron cambie cancelado cancelar cancele cancelen cansada cansado carta caso
    celular cerrada cerrado cerraron chueco claro clienta cliente cobrado cobran cobrando
    cobrar cobraron cobre cobren cobro codigo colchon comedor como compre comprobante con
    conmigo contacto contesta contestan contestar conteste contesten contesto contrato correcto
    correo cosa cosas creo cual cualquier cuando cuanta cuanto cuantos cuenta cuesta cuidado
    danada danado debe deben debo decir deje dejen demora depositar depositaron deposite
    deposito desde despues deuda devolver devolverlo devolvi devolvieron dia dias dice dicen
    dieron digame digan dije dijeron dijo dinero dios direccion disculpa disculpe disculpen
    documentos domicilio donde duda efectivo ellos en encontre enfria enojada enojado entendi
    entendido enterada enterado entiendo entonces entrega entregado entregar entregaron enviado
    enviar enviaron envie envien envio equivocada equivocado eran es esa escribir escribo ese
    eso espanol espera esperando esperar espere espero esposa esposo esta estaba estado estamos
    estan estar estas este esto estoy exacto excelente falla falta faltan fecha foto fotos fue
    fueron fui fuimos funciona funcionan gracias grasias grax ha haber habia habla hablan
    hablar hablaron hable hablo hace hacen hacer hago han hasta hay hecho hice hicieron hizo
    hola hora horario hoy hubo iban igual ingles ir jefa jueves juntos ladrones lastima
    lavadora le les leyo lista listo llama llamada llamadas llamado llamar llamare llamaron
    llame llameme llamen llamenme llamo llega llegado llegan llegar llegaron llego llegue lleva
    llevan llevar llevaron llevo lo luego lunes mal mala malo manana manchada manchado mandado
    mandar mandaron mande manden mando martes mas menos mensaje mensajes mes meses mi mientras
    miercoles mis misma mismo mucha muchas muchisimas mucho muchos mude mueble mujer muy nada
    nadie necesita necesitamos necesito negocio ni ningun ninguna ninguno noche noches nomas
    nos notificacion nuestra nuestro nunca ocupado ocupo olvide orale otra otras otro otros
    pagada pagado pagamos pagando pagar pagaron pago pagos pague paguen palabra papeles para
    parece pasado pasan pasaron pata pedi pedido pedir pendiente pensar pense peor perdi perdio
    perdon perdone perfecto pero pidieron plazo podemos poder podria poner pongo poquito por
    porfa porfavor porque precio prefiero pregunta preguntar prende problema problemas
    prometieron proxima proximo puede pueden puedes puedo pues puse que quebrada quebrado queda
    quede quedo queja quejarme quien quiere quieren quiero quincena quise quisiera quitar
    quiten rapido rato razon recado recamara recibi recibido recibieron recibio recibo recibos
    recoger recogieron refrigerador regresar regreso repartidor respondan responden respondo
    respuesta revisar revise revisen rompio roto sabado sabe saben saber saludos se seguimiento
    segun seguro semana semanas ser servicio si sido siempre siento sigo sigue siguen sii silla
    sillas sirve sobre somos soy su subio suficiente sus tambien tampoco tarda tardan tarde
    tarjeta telefono tendria tenemos tener tenga tengo tenia termine termino tiempo tienda
    tiene tienen todas todavia todo todos trabaja trabajando trabajo traer traigan tuve ultima
    ultimo un una unas unos usted ustedes varias veces vence vencido vender vengan ver verdad
    vez viene vienen viernes visto vive volver voy vuelta vuelvan vuelvo xfa xfavor y ya yo
""")

ENGLISH = _set("""
    able about above absolutely accept account across address after afternoon again ago agree
    agreed ahead ain't all almost alone along already alright also although always am amount an
    and another answer answered any anybody anymore anyone anything anytime anyway apologies
    apologize appreciate appreciated are around arrive arrived ask asked asking at attached
    attaching available away awesome awful back because bedroom been before began behind being
    believe better between billed bless both bottom bought bounced bring brings broke broken
    brought busy but buying by call called caller calling calls came can can't cannot cant card
    case change changed charge charged charges charging cheaper check checked checking close
    closed coming complaint confirm confirmed contacted could couldn't couldnt couple crack
    cracked crooked customer customer's daily damage damaged daughter day days deal declined
    defective delay delayed deliver delivered dent dented deny did didn't didnt different
    dining dirty disconnected do documents does doesn't doesnt don't done dont door drawer
    dropped due during each earlier early either else emailed end enough even evening ever
    every everybody everyone everything except expect explain explained fair fake faster father
    feel few figured fill find fine finish finished first fix fixed folks follow following for
    forget forgot forward found friday fridge from front gave get gets getting give given
    giving glad go god goes going gone gonna good got gotta great guess guy guys had half
    handle happen happened happens happy hard hasn't have haven't havent having head hear heard
    heating held hello help helped her here here's hey hi high him his hold hoping hour hours
    house how how's hung husband i i'd i'll i'm i've if im immediately in inside instead
    interested into is isn't isnt it it's its itself ive job just keep keeps kept kid kids kind
    knew know knows last later leak leaking least leave leaving left leg less let letter life
    like likely listen little live lived lives longer look looked looking looks lose lost lot
    loud lower lying made mailbox make makes making matter mattress maybe mean means meant meet
    message might mind mine minute minutes missed missing mistake moment monday money month
    monthly months more morning most mother move moved moving much must my myself near need
    needed needs neither never next nice night nobody none nope not nothing notice now nowhere
    number of off office often old on one only open opened or ordered other our ours out
    outside over overcharged owe owed owes own paid past pay paying pays people perfect perhaps
    phone pick picked picture pictures please point posted prefer pretty probably problem
    problems processed promise promised proof provide pull put question questions quick quickly
    quit rather reach reached read ready really reason receipt receive received recognize
    refund refused regarding remember remind remove removed rent repair repaired replace
    replaced replacement reply reported request requested respond response return returned
    returning returns right robbed rude rush said same saturday saw say saying says scam
    scratched see seeing seem seems seen sell send sending sent several shall she shipped
    should shouldn't show showed showing shut sick sign signed signing since sincerely slow
    smell smells sold some somebody someone something sometimes somewhere soon sorry sound
    sounds speak speaking spoke spoken stain stained stairs stand start started statement stay
    still stole stolen stop stopped stove stuck such sunday supposed sure take taken takes
    taking talk talked talking tell telling texted texting than thank thanks that that's thats
    the their them then there there's these they they're thing things think thinking this those
    though thought through throw thursday thx tired to today together told tomorrow tonight too
    took torn tow toward track tried trouble true truly trust try trying tuesday turn turned
    turns twice ugly unable under understand understood unfortunately unhappy unless until up
    upset upstairs urgent used using usually very wait waited waiting walk wallet wanna want
    wanted wants was wasn't wasnt watch way we we'll we're we've wear wednesday week weekend
    weekly weeks weird welcome well went were weren't what what's whatever when whenever where
    whether which while who who's whole whom why wife wish with within without woman won't
    wondering wont work worked working works worried worry worse worst would wouldn't write
    wrong wrote y'all yall yeah year years yep yes yesterday yet you you'll you're you've your
    yours yourself yup
""")

#: They look like one language but tell nothing: borrowed words and names.
ALIKE = _set("""
    alfred banking beverly billing booking camping casting cesped huesped kimberly leasing living
    marketing merced mohamed parking rating shipping shopping station sterling tracking training
""")

OF_BOTH = frozenset({"no", "ok", "okay"})
