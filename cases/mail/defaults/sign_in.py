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
    TemplateKey.PASSWORD_CHANGED.value: {
        "subject_en": "Your password for {company} was changed",
        "body_en": """\
Hello {staff_name},

Your password for {company} was changed on {changed_day}. We signed you out \
everywhere the old one was in use.

If it was you, you don’t need to do anything. If it wasn’t, tell an administrator right away and \
choose a new password on the sign-in page.

{company}""",
        "subject_es": "Se cambió su contraseña de {company}",
        "body_es": """\
Hola, {staff_name}:

Su contraseña de {company} se cambió el {changed_day}. Cerramos todas las sesiones abiertas con \
la anterior.

Si fue usted, no tiene que hacer nada. Si no fue usted, avise enseguida a la administración y \
elija una contraseña nueva en la página para entrar.

{company}""",
    },
    TemplateKey.ADDRESS_CHANGED.value: {
        "subject_en": "Your email address with {company} was changed",
        "body_en": """\
Hello {customer_name},

The email address on your {company} account was changed on {changed_day}. From now on, we’ll write \
to the new address, and you’ll use it to sign in. We signed you out everywhere, and codes sent to \
the old address no longer work.

We’re sending this to both addresses. If you didn’t ask for this change, call us right away or \
reply to this email.

{company}""",
        "subject_es": "Se cambió su correo electrónico en {company}",
        "body_es": """\
Hola, {customer_name}:

El correo electrónico de su cuenta en {company} se cambió el {changed_day}. A partir de ahora le \
escribimos a la dirección nueva y usted entra con ella. Cerramos todas las sesiones que estaban \
abiertas, y los códigos enviados a la dirección anterior ya no sirven.

Enviamos este aviso a las dos direcciones. Si usted no pidió el cambio, llámenos enseguida o \
responda a este correo.

{company}""",
    },
}
