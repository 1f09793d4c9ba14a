"""What the mails about a lease have in common."""

LEASE_EN = """\
Account number: {account_number}
Store: {store}
Item: {merchandise}"""
LEASE_ES = """\
Número de cuenta: {account_number}
Tienda: {store}
Artículo: {merchandise}"""

PORTAL_EN = """\
You find your lease here:
{portal_link}

To sign in, use this e-mail address and the code we send you.
Replies to this e-mail do not reach us.

{company}"""
PORTAL_ES = """\
Aquí puede ver su contrato:
{portal_link}

Para entrar, use esta dirección de correo y el código que le enviaremos.
Las respuestas a este correo no nos llegan.

{company}"""
