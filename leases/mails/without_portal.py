"""A text about a lease for someone who can't sign in: no link."""

from __future__ import annotations

from leases.mails.phrases import HERE_EN, HERE_ES, PORTAL_EN, PORTAL_ES
from mail.outbound.blocks import paragraphs

_INSTEAD = {
    HERE_EN: "You can also reply to this email.",
    HERE_ES: "También puede responder a este correo.",
    PORTAL_EN: "If you reply to this email, someone on our team will read it.",
    PORTAL_ES: "Si responde a este correo, alguien de nuestro equipo lo leerá.",
}


def without_portal(body: str) -> str:
    """Of a text as it is or as an administrator changed it: no paragraph with the link is left."""
    for ours, instead in _INSTEAD.items():
        body = body.replace(ours, instead)
    return "\n\n".join(each for each in paragraphs(body) if "{portal_link}" not in each)
