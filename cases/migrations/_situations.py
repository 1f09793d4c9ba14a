"""The situations that scripts are for: key, names in English and Spanish."""

SITUATIONS = [
    ("opening", "Opening", "Apertura"),
    ("payments", "Payments and calendar", "Pagos y calendario"),
    ("return", "Return or defect", "Devolución o defecto"),
    ("dispute", "Charge dispute", "Reclamación por un cargo"),
    ("refund", "Refund or bank fee", "Reembolso o comisión bancaria"),
    ("revoked", "Authorization revoked", "Autorización retirada"),
    ("buyout", "Early purchase", "Compra anticipada"),
    ("delivery", "Item not delivered", "Artículo sin entregar"),
    ("cancel", "Cancellation", "Cancelación"),
    ("settlement", "Settlement", "Arreglo"),
    ("letter", "Paid-off letter", "Carta de pago completo"),
    ("sale", "Complaint about the sale", "Reclamación sobre la venta"),
    ("fraud", "Fraud or identity theft", "Fraude o robo de identidad"),
    ("credit", "Credit report", "Informe de crédito"),
    ("records", "Reasons or data in writing", "Razones o datos por escrito"),
    ("attorney", "Attorney on the phone", "Abogado o abogada al teléfono"),
]
