"""What texts about a case have in common."""

from leases.mails.phrases import HERE_EN, HERE_ES

__all__ = [
    "CASE_EN", "CASE_ES", "CONFIRM_EN", "CONFIRM_ES", "HERE_EN", "HERE_ES", "HOW_EN", "HOW_ES",
    "HOW_IT_STANDS_EN", "HOW_IT_STANDS_ES", "PORTAL_EN", "PORTAL_ES",
]  # fmt: skip

CASE_EN = """\
Case number: {case_number}
Reason: {kind}
Status: {status}"""
CASE_ES = """\
Número de caso: {case_number}
Motivo del caso: {kind}
Estado: {status}"""

HOW_IT_STANDS_EN = f"""\
{CASE_EN}
What happens next: {{who_acts}}
Next step due by: {{due_day}}"""
HOW_IT_STANDS_ES = f"""\
{CASE_ES}
Qué sigue: {{who_acts}}
Próximo paso a más tardar: {{due_day}}"""

PORTAL_EN = """\
On your case page, you can write to us and send photos and documents.

See your case:
{portal_link}

To sign in, use this email address and the code we’ll send you.
You can also reply to this email.

{company}"""
PORTAL_ES = """\
En la página de su caso puede escribirnos y enviar fotos y documentos.

Ver su caso:
{portal_link}

Para entrar, use esta dirección de correo y el código que le enviaremos.
También puede responder a este correo.

{company}"""

CONFIRM_EN = """\
Please open your case and click the button to confirm that this is what we agreed on. If anything \
isn’t right, tell us right away."""
CONFIRM_ES = """\
Entre a su caso y confirme con el botón que eso fue lo que acordamos. Si algo no es correcto, \
díganoslo cuanto antes."""

HOW_EN = "A clear photo taken with your phone, or a PDF, is enough."
HOW_ES = "Basta con una foto clara tomada con el teléfono, o un PDF."
