from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from accounts.enums import Language
from accounts.sign_in import codes
from mail.kinds import MailKind, MailParams, Text
from mail.meanings import COMPANY
from mail.words import code


@dataclass(frozen=True, kw_only=True)
class SignInCodeParams(MailParams):
    code: str
    minutes: int

    def words(self) -> dict[str, str]:
        return {"code": code(self.code), "minutes": str(self.minutes)}

    def why_sent(self) -> str:
        return pgettext(
            "why a mail is sent",
            "We’re writing to you because someone asked to sign in with this email address.",
        )


SIGN_IN_CODE = MailKind(
    key="sign_in_code",
    label=_("Sign-in code"),
    params=SignInCodeParams,
    placeholders={
        "code": _("the sign-in code"),
        "minutes": _("how many minutes the code works"),
        **COMPANY,
    },
    in_body=("code",),
    is_secret=True,
    lifetime=lambda: timedelta(minutes=codes.MINUTES),
    sample=lambda now: SignInCodeParams(code="482913", minutes=codes.MINUTES),
    texts={
        Language.ENGLISH: Text(
            "Your code to sign in to {company}",
            """\
{code}

Enter it on the page where you asked for it. It works once and expires in {minutes} minutes.

If you didn’t ask for a code, you can ignore this email. Don’t share the code with anyone. No one \
from {company} will ever ask you for it.

{company}""",
            headline="Your sign-in code",
        ),
        Language.SPANISH: Text(
            "Su código para entrar a {company}",
            """\
{code}

Escríbalo en la página donde lo pidió. Sirve una sola vez y vence en {minutes} minutos.

Si usted no pidió un código, puede ignorar este correo. No comparta el código con nadie. Nadie de \
{company} se lo va a pedir.

{company}""",
            headline="Su código para entrar",
        ),
    },
)
