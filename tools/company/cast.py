"""The people and things in the demo. No one here exists."""

from __future__ import annotations

from typing import NamedTuple

from accounts.enums import Language, Role

PASSWORD = "puente-demo-2026"  # noqa: S105  (printed by `make demo`, which serves this machine only)


#: In the address to which tools/fake_phone.py posts calls.
PHONE_SECRET = "puente-demo-telephone-system"  # noqa: S105  (of the demo only)


class Staff(NamedTuple):
    email: str
    name: str
    role: Role
    language: str
    extension: str = ""


STAFF = (
    Staff("ana@puente.example", "Ana Torres", Role.AGENT, "es", "101"),
    Staff("ben@puente.example", "Ben Wright", Role.AGENT, "en", "102"),
    Staff("sofia@puente.example", "Sofía Ramírez", Role.SUPERVISOR, "es"),
    Staff("mateo@puente.example", "Mateo Cruz", Role.MERCHANT_SERVICES, "en"),
    Staff("irene@puente.example", "Irene Vega", Role.ADMINISTRATOR, "en"),
)


class Person(NamedTuple):
    name: str
    email: str
    phone: str
    language: str


CARLA = Person("Carla Peña", "carla@example.com", "+12105550134", "es")
DAN = Person("Dan Miller", "dan@example.com", "+13125550199", "en")

#: Who dispute transactions of one lease and have paid off another.
DISPUTING = (
    Person("Elena Solís", "elena@example.com", "+12105550177", "es"),
    Person("Walter Hughes", "walter@example.com", "+13125550166", "en"),
)

#: First and last names the other customers are combined from.
FIRST_ES = ("María José", "Luis", "Guadalupe", "Íñigo", "Rosa", "Ángel", "Yesenia", "Ramón")
LAST_ES = ("Núñez", "Hernández", "Ibáñez", "Castañeda", "Muñoz", "Güemes", "Ortiz")
FIRST_EN = ("Olivia", "James", "Grace", "Tyrone", "Emily", "Marcus", "Hannah", "Joe")
LAST_EN = ("Johnson", "O'Neill", "Walker", "Nguyen", "Clark", "Baker", "Reed")

STORES = (
    ("Mueblería Luna", "Luna San Antonio", "San Antonio", "TX", "+12105550111"),
    ("Mueblería Luna", "Luna El Paso", "El Paso", "TX", "+19155550112"),
    ("Lakeside Appliances", "Lakeside Evanston", "Evanston", "IL", "+18475550113"),
    ("Tires & More", "Tires & More Fresno", "Fresno", "CA", "+15595550114"),
)
#: By the customer's language, as the store wrote it.
MERCHANDISE: dict[str, tuple[str, ...]] = {
    Language.SPANISH: (
        "Sofá seccional", "Refrigerador", "Colchón matrimonial", "Lavadora y secadora", "Comedor",
        "Computadora portátil", "Juego de cuatro llantas", "Sillón reclinable",
    ),
    Language.ENGLISH: (
        "Sectional sofa", "Refrigerator", "Queen mattress", "Washer and dryer", "Dining set",
        "Laptop", "Set of four tires", "Recliner",
    ),
}  # fmt: skip


class Story(NamedTuple):
    """A call as an agent wrote it down, an internal note, what the customer is told, how it
    ends.
    """

    kind: str
    summary: str
    note: str
    message: str
    outcome: str
    end: str


ES = (
    Story(
        "late_payment",
        "Se atrasó con dos pagos porque le redujeron las horas en el trabajo.\n"
        "Pide el historial de pagos y un plan para ponerse al corriente. Puede pagar los viernes.",
        "El comercio acepta planes de pago. Falta confirmar la fecha de corte.",
        "Ya revisamos su historial de pagos. Le proponemos ponerse al corriente en cuatro pagos, "
        "los viernes. Díganos en la página de su caso si está de acuerdo.",
        "plan_agreed",
        "Quedamos en cuatro pagos, los viernes. El primero es el próximo viernes.",
    ),
    Story(
        "charge_dispute",
        "No reconoce un cargo de $84.20 del 3 de noviembre. Dice que ese día no autorizó ningún "
        "pago. Tiene el estado de cuenta del banco y lo va a enviar.",
        "En los movimientos aparecen dos cargos el mismo día. Parece un cobro doble.",
        "Necesitamos el estado de cuenta del banco donde aparece el cargo. "
        "Puede enviarnos una foto desde esta página.",
        "charge_removed",
        "Era un cobro doble: le devolvimos los $84.20 a su tarjeta.",
    ),
    Story(
        "return",
        "Devolvió la mercancía a la tienda el sábado y no le dieron comprobante de recepción.",
        "Llamé a la tienda: la encargada regresa el lunes.",
        "Estamos pidiendo a la tienda que confirme que recibió la devolución.",
        "returned",
        "La tienda confirmó que tiene la mercancía desde el sábado.",
    ),
    Story(
        "defective",
        "El refrigerador dejó de enfriar a las dos semanas. Quiere cambio o reparación.",
        "Pedir fotos de la etiqueta con el modelo y la serie.",
        "Para continuar necesitamos una foto de la etiqueta del aparato.",
        "repaired",
        "La tienda cambió el compresor y el refrigerador ya enfría.",
    ),
    Story(
        "buyout",
        "Quiere saber cuánto tendría que pagar hoy para quedarse con el comedor.",
        "Cotización pendiente con merchant services.",
        "Le enviaremos por escrito la cifra exacta y hasta qué día es válida.",
        "informed",
        "Le enviamos la cifra exacta por escrito, con la fecha hasta la que es válida.",
    ),
)
EN = (
    Story(
        "late_payment",
        "Missed the last two payments after a hospital stay.\n"
        "Asks for the payment history and whether a payment plan is possible.",
        "Store accepts payment plans. Cutoff date still to be confirmed.",
        "We reviewed your payment history and can offer a plan of four payments. "
        "Please tell us on the page of your case if you agree.",
        "plan_agreed",
        "We agreed on four payments. The first one is due next Friday.",
    ),
    Story(
        "charge_dispute",
        "Does not recognize a charge of $61.75 on November 2. "
        "Says the automatic payment had been stopped before.",
        "Stop-payment request is on file, dated October 28.",
        "Please send us the bank statement that shows the charge. A photo is enough.",
        "charge_removed",
        "The stop payment came first, so we returned the $61.75 to your account.",
    ),
    Story(
        "non_delivery",
        "The mattress was promised for last Friday and has not arrived. The store does not answer.",
        "Left a message with the store manager.",
        "We asked the store for a delivery date and will write to you as soon as we have it.",
        "delivered",
        "The mattress arrived, and you told us everything is in order.",
    ),
    Story(
        "cancellation",
        "Wants to end the lease and asks for the exact balance in writing.",
        "Send the final balance with its effect on the payment history.",
        "We are preparing the exact balance in writing.",
        "informed",
        "We sent you the exact balance in writing and what ending the lease means.",
    ),
)
