from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from accounts.enums import Language
from common.company_day import business_day
from common.first_names import first_name
from common.formats import day
from mail.kinds import MailKind, MailParams, Text
from mail.meanings import CHANGED_DAY, COMPANY, CUSTOMER_NAME


@dataclass(frozen=True, kw_only=True)
class AddressChangedParams(MailParams):
    customer_name: str
    changed_on: date

    def words(self) -> dict[str, str]:
        return {
            "first_name": first_name(self.customer_name),
            "customer_name": self.customer_name,
            "changed_day": day(self.changed_on),
        }

    def why_sent(self) -> str:
        return pgettext(
            "why a mail is sent",
            "We’re writing to you because the email address of your account changed.",
        )


ADDRESS_CHANGED = MailKind(
    key="address_changed",
    label=_("Address changed"),
    params=AddressChangedParams,
    placeholders={**CUSTOMER_NAME, **CHANGED_DAY, **COMPANY},
    in_body=("changed_day",),
    sample=lambda now: AddressChangedParams(
        customer_name="Carla Peña", changed_on=business_day(now)
    ),
    texts={
        Language.ENGLISH: Text(
            "Your email address with {company} was changed",
            """\
Hello {first_name},

The email address on your {company} account was changed on {changed_day}. From now on, we’ll write \
to the new address, and you’ll sign in with it. We signed you out everywhere. Codes we sent to the \
old address no longer work.

We’re sending this to both addresses. If you didn’t ask for this change, call us right away or \
reply to this email.

{company}""",
        ),
        Language.SPANISH: Text(
            "Se cambió su correo electrónico en {company}",
            """\
Hola, {first_name}:

El correo electrónico de su cuenta en {company} se cambió el {changed_day}. A partir de ahora le \
escribiremos a la dirección nueva y usted entrará con ella. Cerramos todas sus sesiones. Los \
códigos que enviamos a la dirección anterior ya no sirven.

Enviamos este aviso a las dos direcciones. Si usted no pidió el cambio, llámenos enseguida o \
responda a este correo.

{company}""",
        ),
    },
)
