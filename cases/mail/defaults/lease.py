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
If you reply to this e-mail, one of us will read it.

{company}"""
PORTAL_ES = """\
Aquí puede ver su contrato:
{portal_link}

Para entrar, use esta dirección de correo y el código que le enviaremos.
Si responde a este correo, alguien de nuestro equipo lo leerá.

{company}"""
