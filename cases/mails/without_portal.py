"""A text about a case for someone who can't sign in: no link, and how to call instead."""

from __future__ import annotations

from accounts.enums import Language
from cases.mails.phrases import (
    CONFIRM_EN,
    CONFIRM_ES,
    HERE_EN,
    HERE_ES,
    PORTAL_EN,
    PORTAL_ES,
)
from leases.mails.phrases import WRONG_EN, WRONG_ES
from mail.outbound.blocks import paragraphs

CALL = {
    Language.ENGLISH: """\
To talk about your case, call us and have your case number ready.
Phone: {support_phone}
Hours: {support_hours}

You can also reply to this email.

{company}""",
    Language.SPANISH: """\
Para hablar de su caso, llámenos y tenga a la mano su número de caso.
Teléfono: {support_phone}
Horario: {support_hours}

También puede responder a este correo.

{company}""",
}
_INSTEAD = {
    PORTAL_EN: CALL[Language.ENGLISH],
    PORTAL_ES: CALL[Language.SPANISH],
    HERE_EN: CALL[Language.ENGLISH],
    HERE_ES: CALL[Language.SPANISH],
    CONFIRM_EN: WRONG_EN,
    CONFIRM_ES: WRONG_ES,
}


def without_portal(body: str, language: str) -> str:
    """Of a text as it is or as an administrator changed it: no paragraph with the link is left."""
    for ours, instead in _INSTEAD.items():
        body = body.replace(ours, instead)
    left = [each for each in paragraphs(body) if "{portal_link}" not in each]
    if "{support_phone}" not in body:
        left.append(CALL[Language(language)])
    return "\n\n".join(left)
