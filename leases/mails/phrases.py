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
See your lease here:
{portal_link}

To sign in, use this email address and the code we’ll send you.
If you reply to this email, someone on our team will read it.

{company}"""
PORTAL_ES = """\
Aquí puede ver su contrato:
{portal_link}

Para entrar, use esta dirección de correo y el código que le enviaremos.
Si responde a este correo, alguien de nuestro equipo lo leerá.

{company}"""

AGAIN_EN = """\
You can apply again at the store whenever you like. It will be a new application, with its own \
decision and a new account number."""
AGAIN_ES = """\
Puede volver a solicitar en la tienda cuando quiera. Será una solicitud nueva, con su propia \
decisión y otro número de cuenta."""

MISTAKE_EN = """\
If you already have the item, please call us and have your account number at hand: then the store \
has not confirmed the delivery to us."""
MISTAKE_ES = """\
Si usted ya tiene el artículo, llámenos y tenga a la mano su número de cuenta: la tienda no nos \
ha confirmado la entrega."""

WRONG_EN = "If anything here isn’t what we agreed on, call us right away."
WRONG_ES = "Si algo de esto no es lo que acordamos, llámenos cuanto antes."

HERE_EN = """\
See the details here:
{portal_link}

To sign in, use this email address and the code we’ll send you.
You can also just reply to this email.

{company}"""
HERE_ES = """\
Aquí puede verlo todo:
{portal_link}

Para entrar, use esta dirección de correo y el código que le enviaremos.
También puede responder a este correo.

{company}"""
