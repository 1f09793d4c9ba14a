"""What texts about a case have in common."""

from leases.mails.phrases import HERE_EN, HERE_ES

__all__ = [
    "HERE_EN", "HERE_ES", "HOW_EN", "HOW_ES", "HOW_IT_STANDS_EN", "HOW_IT_STANDS_ES",
    "PORTAL_EN", "PORTAL_ES",
]  # fmt: skip

HOW_IT_STANDS_EN = """\
Case number: {case_number}
Reason: {kind}
Status: {status}
What happens next: {who_acts}
Next step by: {due_day}"""
HOW_IT_STANDS_ES = """\
Número de caso: {case_number}
Motivo: {kind}
Estado: {status}
Qué sigue: {who_acts}
Próximo paso a más tardar: {due_day}"""

PORTAL_EN = """\
To see your case, write to us or send photos and documents, go here:
{portal_link}

To sign in, use this email address and the code we’ll send you.
You can also just reply to this email.

{company}"""
PORTAL_ES = """\
Para ver su caso, escribirnos o enviar fotos y documentos, entre aquí:
{portal_link}

Para entrar, use esta dirección de correo y el código que le enviaremos.
También puede responder a este correo.

{company}"""

HOW_EN = "A clear photo taken with your phone, or a PDF, is enough."
HOW_ES = "Basta una foto clara tomada con el teléfono, o un PDF."
