from __future__ import annotations

from django.core.exceptions import ImproperlyConfigured

from accounts.enums import Language
from common import env
from common.formats import parse_phone
from common.support import SupportLine

#: A number no one has: 555-0100 to 555-0199 are reserved for examples.
PHONE = "(800) 555-0199"
HOURS_EN = "Monday to Saturday, 8 AM to 8 PM Central Time"
HOURS_ES = "Lunes a sábado, de 8 a.m. a 8 p.m. (hora central)"
ADDRESS = "410 Example St, San Antonio, TX 78205"


def support_lines(*, required: bool) -> dict[str, SupportLine]:
    """By language. Spanish has its own phone number only if one is set; its hours always differ."""
    number = env.text("SUPPORT_PHONE", None if required else PHONE, example=f'"{PHONE}"')
    phone = _e164("SUPPORT_PHONE", number)
    in_spanish = _e164("SUPPORT_PHONE_ES", env.text("SUPPORT_PHONE_ES", number))
    hours = env.text("SUPPORT_HOURS", None if required else HOURS_EN, example=f'"{HOURS_EN}"')
    horario = env.text("SUPPORT_HOURS_ES", None if required else HOURS_ES, example=f'"{HOURS_ES}"')
    address = env.text("SUPPORT_ADDRESS", None if required else ADDRESS, example=f'"{ADDRESS}"')
    return {
        Language.ENGLISH.value: SupportLine(phone, hours, address),
        Language.SPANISH.value: SupportLine(in_spanish, horario, address),
    }


def _e164(name: str, said: str) -> str:
    number = parse_phone(said)
    if number is None:
        raise ImproperlyConfigured(
            f"{name}={said!r} isn’t a phone number with its area code."
            f' Example: {name}="{PHONE}"  {env.PAGE}'
        )
    return number
