"""Addresses that name the case a mail is about, so that a reply finds its way back.

    respuestas+260001233-261118-k3f9a2…@puente.example     replies: the number, the day, a signature
    respuestas+b-8f14e45f…@puente.example                  delivery reports: the id of one mail

An id of 122 random bits can't be guessed; a number can, so it's signed. The day is the one the
address was made on: someone who finds it in an old mail can't use it forever.
"""

from __future__ import annotations

import base64
import re
import uuid
from datetime import date, datetime, timedelta
from email.utils import parseaddr
from typing import NamedTuple

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

_SALT = "mail.reply_address"
_BYTES = 10  # 80 bits, 16 characters: the part before the @ may have 64
_BOUNCE = "b-"
_DAY = "%y%m%d"


class Signed(NamedTuple):
    number: str
    made_on: date

    def has_expired(self, now: datetime) -> bool:
        return now.date() - self.made_on > timedelta(days=settings.INBOUND_ADDRESS_DAYS)


def make(number: str, *, now: datetime) -> str:
    """Empty if replies aren't read."""
    return _tagged(_signed(f"{number}-{now:{_DAY}}", settings.SECRET_KEY))


def read(address: str) -> Signed | None:
    """What one of our addresses says, in capitals or not, expired or not."""
    tag = _tag(address)
    number, _, rest = tag.partition("-")
    day, _, _ = rest.partition("-")
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    if not (number.isascii() and number.isdigit() and re.fullmatch(r"[0-9]{6}", day)):
        return None
    if not any(constant_time_compare(tag, _signed(f"{number}-{day}", key)) for key in keys):
        return None
    return Signed(number, datetime.strptime(day, _DAY).date())  # noqa: DTZ007 - a day of UTC


def _signed(says: str, key: str | bytes) -> str:
    digest = salted_hmac(_SALT, says, secret=key, algorithm="sha256").digest()[:_BYTES]
    return f"{says}-{base64.b32encode(digest).decode('ascii').lower()}"


def make_bounce(email_id: uuid.UUID) -> str:
    """The envelope sender of one mail; empty if no one would read what comes back."""
    return _tagged(f"{_BOUNCE}{email_id.hex}")


def read_bounce(address: str) -> uuid.UUID | None:
    tag = _tag(address)
    if not tag.startswith(_BOUNCE):
        return None
    try:
        return uuid.UUID(hex=tag.removeprefix(_BOUNCE))
    except ValueError:
        return None


def is_own(address: str) -> bool:
    """Whether it's ours: what we send from or read, whatever its tag."""
    wanted = {settings.INBOUND_ADDRESS, parseaddr(settings.DEFAULT_FROM_EMAIL)[1]} - {""}
    return _untagged(address) in {each.casefold() for each in wanted}


def _tagged(tag: str) -> str:
    if not settings.INBOUND_ADDRESS:
        return ""
    local, _, domain = settings.INBOUND_ADDRESS.rpartition("@")
    return f"{local}+{tag}@{domain}"


def _tag(address: str) -> str:
    """The part between + and @ of our address; empty for any other address."""
    if not settings.INBOUND_ADDRESS or _untagged(address) != settings.INBOUND_ADDRESS.casefold():
        return ""
    return address.strip().casefold().rpartition("@")[0].partition("+")[2]


def _untagged(address: str) -> str:
    local, _, domain = address.strip().casefold().rpartition("@")
    return f"{local.partition('+')[0]}@{domain}"
