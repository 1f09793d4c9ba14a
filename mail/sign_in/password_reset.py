from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from accounts.enums import Language
from mail.kinds import MailKind, MailParams, Text
from mail.meanings import COMPANY, CUSTOMER_NAME
from mail.words import link


@dataclass(frozen=True, kw_only=True)
class PasswordResetParams(MailParams):
    customer_name: str
    link: str

    def words(self) -> dict[str, str]:
        return {"customer_name": self.customer_name, "link": link(self.link)}


PASSWORD_RESET = MailKind(
    key="password_reset",
    label=_("New password"),
    params=PasswordResetParams,
    placeholders={
        **CUSTOMER_NAME,
        "link": _("the link to choose a new password"),
        **COMPANY,
    },
    in_body=("link",),
    is_secret=True,
    lifetime=lambda: timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT),
    sample=lambda now: PasswordResetParams(
        customer_name="Carla Peña", link=f"{settings.BASE_URL}/account/password/reset/key/0-0/"
    ),
    texts={
        Language.ENGLISH: Text(
            "Choose a new password for {company}",
            """\
Hello, {customer_name}:

We received a request for a new password for your account. If it was you, choose it here:
{link}

If it was not you, you can ignore this message: your password stays as it is.

{company}""",
        ),
        Language.SPANISH: Text(
            "Elija una contraseña nueva para {company}",
            """\
Hola, {customer_name}:

Recibimos una solicitud de contraseña nueva para su cuenta. Si fue usted, elíjala aquí:
{link}

Si no fue usted, puede ignorar este mensaje: su contraseña sigue siendo la misma.

{company}""",
        ),
    },
)
