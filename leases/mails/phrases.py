"""What texts about a lease have in common."""

LEASE_EN = """\
Account number: {account_number}
Store: {store}
Item: {merchandise}"""
LEASE_ES = """\
Número de cuenta: {account_number}
Tienda: {store}
Artículo: {merchandise}"""

PORTAL_EN = """\
See your lease:
{portal_link}

To sign in, use this email address and the code we’ll send you.
If you reply to this email, someone on our team will read it.

{company}"""
PORTAL_ES = """\
Ver su contrato:
{portal_link}

Para entrar, use esta dirección de correo y el código que le enviaremos.
Si responde a este correo, alguien de nuestro equipo lo leerá.

{company}"""

AGAIN_EN = """\
You can apply again at the store at any time. It will be a new application, with its own decision \
and a new account number."""
AGAIN_ES = """\
Puede hacer otra solicitud en la tienda cuando quiera. Será una solicitud nueva, con su propia \
decisión y otro número de cuenta."""

MISTAKE_EN = """\
If you already have the item, call us. Have your account number ready. The store hasn’t \
confirmed the delivery to us."""
MISTAKE_ES = """\
Si ya tiene el artículo, llámenos y tenga a la mano su número de cuenta. La tienda no nos ha \
confirmado la entrega."""

WRONG_EN = "If anything here isn’t what we agreed on, call us right away or reply to this email."
WRONG_ES = "Si algo de esto no es lo que acordamos, llámenos cuanto antes o responda a este correo."

HERE_EN = """\
See the details:
{portal_link}

To sign in, use this email address and the code we’ll send you.
You can also reply to this email.

{company}"""
HERE_ES = """\
Ver los detalles:
{portal_link}

Para entrar, use esta dirección de correo y el código que le enviaremos.
También puede responder a este correo.

{company}"""
