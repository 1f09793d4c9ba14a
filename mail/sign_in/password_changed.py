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
from mail.meanings import CHANGED_DAY, COMPANY, STAFF_NAME


@dataclass(frozen=True, kw_only=True)
class PasswordChangedParams(MailParams):
    staff_name: str
    changed_on: date

    def words(self) -> dict[str, str]:
        return {
            "first_name": first_name(self.staff_name),
            "staff_name": self.staff_name,
            "changed_day": day(self.changed_on),
        }

    def why_sent(self) -> str:
        return pgettext(
            "why a mail is sent",
            "We’re writing to you because the password of your account changed.",
        )


PASSWORD_CHANGED = MailKind(
    key="password_changed",
    label=_("Password changed"),
    params=PasswordChangedParams,
    placeholders={**STAFF_NAME, **CHANGED_DAY, **COMPANY},
    in_body=("changed_day",),
    sample=lambda now: PasswordChangedParams(staff_name="Ana Torres", changed_on=business_day(now)),
    texts={
        Language.ENGLISH: Text(
            "Your password for {company} was changed",
            """\
Hello {first_name},

Your password for {company} was changed on {changed_day}. We signed you out everywhere the old \
one was in use.

If it was you, you don’t need to do anything. If it wasn’t, tell an administrator right away and \
choose a new password on the sign-in page.

{company}""",
        ),
        Language.SPANISH: Text(
            "Se cambió su contraseña de {company}",
            """\
Hola, {first_name}:

Su contraseña de {company} se cambió el {changed_day}. Cerramos todas las sesiones abiertas con \
la anterior.

Si fue usted, no tiene que hacer nada. Si no fue usted, avise enseguida a la administración y \
elija una contraseña nueva en la página para entrar.

{company}""",
        ),
    },
)
