from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from accounts.enums import Language
from common.first_names import first_name
from mail.kinds import MailKind, MailParams, Text
from mail.meanings import COMPANY, CUSTOMER_NAME
from mail.words import link


def _lifetime() -> timedelta:
    return timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)


@dataclass(frozen=True, kw_only=True)
class PasswordResetParams(MailParams):
    customer_name: str
    link: str

    def words(self) -> dict[str, str]:
        return {
            "first_name": first_name(self.customer_name),
            "customer_name": self.customer_name,
            "link": link(self.link),
            "days": str(_lifetime().days),
        }

    def why_sent(self) -> str:
        return pgettext(
            "why a mail is sent",
            "We’re writing to you because someone asked for a new password for this email address.",
        )


PASSWORD_RESET = MailKind(
    key="password_reset",
    label=_("New password"),
    params=PasswordResetParams,
    placeholders={
        **CUSTOMER_NAME,
        "link": _("the link to choose a new password"),
        "days": _("how many days the link works"),
        **COMPANY,
    },
    in_body=("link",),
    is_secret=True,
    lifetime=_lifetime,
    sample=lambda now: PasswordResetParams(
        customer_name="Carla Peña", link=f"{settings.BASE_URL}/account/password/reset/key/0-0/"
    ),
    texts={
        Language.ENGLISH: Text(
            "Choose a new password for {company}",
            """\
Hello {first_name},

Someone asked for a new password for your account. If it was you, choose it now.

Choose a new password:
{link}

The link works once and expires in {days} days.

If it wasn’t you, ignore this email. Your password stays the same.

{company}""",
        ),
        Language.SPANISH: Text(
            "Elija una contraseña nueva para {company}",
            """\
Hola, {first_name}:

Alguien pidió una contraseña nueva para su cuenta. Si fue usted, elíjala ahora.

Elegir una contraseña nueva:
{link}

El enlace sirve una sola vez y vence en {days} días.

Si no fue usted, ignore este correo. Su contraseña sigue siendo la misma.

{company}""",
        ),
    },
)
