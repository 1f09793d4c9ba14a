"""What is asked in every case of a kind."""

SHOWN, NEEDED = "shown", "needed"
_AGENCIES = (
    ("equifax", "Equifax", "Equifax"),
    ("experian", "Experian", "Experian"),
    ("transunion", "TransUnion", "TransUnion"),
    ("several", "More than one", "Más de una"),
    ("another", "Another agency", "Otra agencia"),
)
_WAYS_TO_PAY = (
    ("card", "Card", "Tarjeta"),
    ("bank", "Bank account", "Cuenta bancaria"),
    ("check", "Check", "Cheque"),
    ("cash", "Cash", "Efectivo"),
)
# kind, key, names in English and Spanish, hints, what it is answered with, what holds of it, choices
QUESTIONS = [
    (
        "sale_complaint", "sale_store",
        "Store that made the sale", "Tienda que hizo la venta",
        "The complaint counts against this store.", "La reclamación cuenta para esta tienda.",
        "store", (NEEDED,), (),
    ),
    (
        "sale_complaint", "sale_promised",
        "What was promised", "Qué le prometieron",
        "In the customer’s words.", "Con sus propias palabras.",
        "text", (NEEDED,), (),
    ),
    (
        "sale_complaint", "sale_paper",
        "Got a copy of the lease", "Recibió copia del contrato",
        "", "", "yes_no", (NEEDED,), (),
    ),
    (
        "refund_owed", "refund_amount",
        "Refund amount", "Monto del reembolso",
        "", "", "money", (NEEDED, SHOWN), (),
    ),
    (
        "refund_owed", "refund_way",
        "How it will be paid", "Cómo se pagará",
        "", "", "choice", (NEEDED, SHOWN),
        (*_WAYS_TO_PAY[:3], ("lease", "Credit toward payments", "Abono a los pagos")),
    ),
    (
        "refund_owed", "refund_expected_on",
        "Expected by", "Se espera para el",
        "", "", "day", (SHOWN,), (),
    ),
    (
        "identity_theft", "theft_noticed_on",
        "Date they noticed it", "Fecha en que lo notó",
        "", "", "day", (NEEDED,), (),
    ),
    (
        "identity_theft", "theft_report",
        "Police report number", "Número del reporte de la policía",
        "With the department, if they know it.", "Con el departamento, si lo sabe.",
        "text", (), (),
    ),
    (
        "identity_theft", "theft_affidavit",
        "FTC identity theft affidavit", "Declaración de robo de identidad de la FTC",
        "It’s filed at identitytheft.gov.", "Se presenta en robodeidentidad.gov.",
        "yes_no", (NEEDED,), (),
    ),
    (
        "credit_bureau", "credit_reported",
        "What was reported", "Qué se reportó",
        "As it stands in the report.", "Como está en el informe.",
        "text", (NEEDED,), (),
    ),
    (
        "credit_bureau", "credit_agency",
        "Reported to", "Se reportó a",
        "", "", "choice", (NEEDED,), _AGENCIES,
    ),
    (
        "credit_bureau", "credit_reported_on",
        "Date it was reported", "Fecha en que se reportó",
        "", "", "day", (), (),
    ),
    (
        "credit_bureau", "credit_disputed_on",
        "Date the dispute reached us", "Fecha en que nos llegó la disputa",
        "Our time to answer runs from this date.", "Nuestro plazo corre desde esta fecha.",
        "day", (NEEDED,), (),
    ),
    (
        "credit_bureau", "credit_corrected_on",
        "Date it was corrected", "Fecha en que se corrigió",
        "", "", "day", (SHOWN,), (),
    ),
    (
        "paid_off_letter", "letter_recipient",
        "Who needs the letter", "Quién necesita la carta",
        "A bank or a landlord, for example.",
        "Por ejemplo, un banco o el dueño de la vivienda.",
        "text", (), (),
    ),
    (
        "settlement", "settlement_terms",
        "Terms", "Condiciones",
        "What each side does.", "Qué hace cada parte.",
        "text", (NEEDED, SHOWN), (),
    ),
    (
        "settlement", "settlement_approver",
        "Approved by", "Con la aprobación de",
        "", "", "text", (NEEDED,), (),
    ),
    (
        "settlement", "settlement_until",
        "Valid until", "Vigente hasta el",
        "", "", "day", (NEEDED, SHOWN), (),
    ),
    (
        "autopay_revoked", "revoked_method",
        "Authorization for", "Autorización para",
        "", "", "choice", (NEEDED, SHOWN), _WAYS_TO_PAY[:2],
    ),
    (
        "autopay_revoked", "revoked_on",
        "Date it was revoked", "Fecha en que la retiró",
        "", "", "day", (NEEDED, SHOWN), (),
    ),
    (
        "autopay_revoked", "revoked_scope",
        "What it covers", "Qué abarca",
        "", "", "choice", (NEEDED,),
        (
            ("payments", "Every payment of this lease", "Todos los pagos de este arrendamiento"),
            ("one", "One payment", "Un solo pago"),
            ("leases", "All of their leases", "Todos sus arrendamientos"),
        ),
    ),
    (
        "autopay_revoked", "revoked_proof",
        "How they revoked it", "Cómo la retiró",
        "On the phone, by letter or email, or at the bank.",
        "Por teléfono, por carta o correo, o en el banco.",
        "text", (), (),
    ),
    (
        "bank_fees", "bank_fee_amount",
        "Amount of the fees", "Monto de las comisiones",
        "", "", "money", (NEEDED,), (),
    ),
    (
        "bank_fees", "bank_fee_on",
        "Date of the fees", "Fecha de las comisiones",
        "", "", "day", (NEEDED,), (),
    ),
    (
        "bank_fees", "bank_fee_bank",
        "Bank", "Banco",
        "", "", "text", (NEEDED,), (),
    ),
    (
        "denial_reasons", "denied_on",
        "Date of the denial", "Fecha de la negativa",
        "", "", "day", (NEEDED,), (),
    ),
    (
        "denial_reasons", "denial_asked_on",
        "Date of the request", "Fecha de la solicitud",
        "", "", "day", (NEEDED, SHOWN), (),
    ),
    (
        "denial_reasons", "denial_asked_by",
        "How they asked", "Cómo preguntó",
        "", "", "choice", (),
        (
            ("phone", "Phone", "Teléfono"),
            ("email", "Email", "Correo electrónico"),
            ("letter", "Letter", "Carta"),
            ("store", "At the store", "En la tienda"),
        ),
    ),
    (
        "denial_reasons", "denial_sent_on",
        "Date the reasons were sent", "Fecha en que se enviaron las razones",
        "", "", "day", (SHOWN,), (),
    ),
    (
        "data_request", "data_wanted",
        "Request", "Solicitud",
        "", "", "choice", (NEEDED, SHOWN),
        (
            ("copy", "A copy of the data", "Una copia de los datos"),
            ("deletion", "Deletion of the data", "Borrar los datos"),
            ("both", "A copy, then deletion", "Una copia y después borrarlos"),
            ("correction", "A correction", "Una corrección"),
        ),
    ),
    (
        "data_request", "data_received_on",
        "Date received", "Fecha en que se recibió",
        "Our time to answer runs from this date.", "Nuestro plazo corre desde esta fecha.",
        "day", (NEEDED, SHOWN), (),
    ),
    (
        "fraud", "fraud_noticed_on",
        "Date they noticed it", "Fecha en que lo notó",
        "", "", "day", (), (),
    ),
    (
        "defective", "defect_noticed_on",
        "Date the problem began", "Fecha en que empezó el problema",
        "", "", "day", (), (),
    ),
    (
        "non_delivery", "delivery_promised_on",
        "Promised delivery date", "Fecha de entrega prometida",
        "", "", "day", (), (),
    ),
    (
        "payment", "payment_made_on",
        "Date of the payment", "Fecha del pago",
        "", "", "day", (), (),
    ),
    (
        "payment", "payment_sum",
        "Amount of the payment", "Monto del pago",
        "", "", "money", (), (),
    ),
    (
        "payment", "payment_way",
        "How it was paid", "Cómo se pagó",
        "", "", "choice", (), _WAYS_TO_PAY,
    ),
]  # fmt: skip
