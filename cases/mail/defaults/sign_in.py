"""Codes and links that open an account."""

from __future__ import annotations

from cases.enums import TemplateKey

TEXTS: dict[str, dict[str, str]] = {
    TemplateKey.SIGN_IN_CODE.value: {
        "subject_en": "Your code to sign in to {company}",
        "body_en": """\
Your code to sign in is:

{code}

Type it on the page where you asked for it. It works once, for {minutes} minutes.

If you did not ask for a code, you can ignore this message. Do not give the code to anyone: \
{company} will never ask you for it.

{company}""",
        "subject_es": "Su código para entrar a {company}",
        "body_es": """\
Su código para entrar es:

{code}

Escríbalo en la página donde lo pidió. Sirve una sola vez, durante {minutes} minutos.

Si usted no pidió un código, puede ignorar este mensaje. No le dé el código a nadie: \
{company} nunca se lo va a pedir.

{company}""",
    },
    TemplateKey.PASSWORD_RESET.value: {
        "subject_en": "Choose a new password for {company}",
        "body_en": """\
Hello, {customer_name}:

We received a request for a new password for your account. If it was you, choose it here:
{link}

If it was not you, you can ignore this message: your password stays as it is.

{company}""",
        "subject_es": "Elija una contraseña nueva para {company}",
        "body_es": """\
Hola, {customer_name}:

Recibimos una solicitud de contraseña nueva para su cuenta. Si fue usted, elíjala aquí:
{link}

Si no fue usted, puede ignorar este mensaje: su contraseña sigue siendo la misma.

{company}""",
    },
}
