"""How often someone may try, and how much it slows down after that. Pure."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from datetime import timedelta

from common.accents import without_accents

#: Addresses that one household, office or provider's machine can use freely.
IPV4_PREFIX = 24
IPV6_PREFIX = 64


@dataclass(frozen=True)
class Pace:
    """`burst` attempts at once, then one every `seconds`: slower, but never locked out."""

    burst: int
    seconds: float

    @property
    def step(self) -> timedelta:
        return timedelta(seconds=self.seconds)

    @property
    def span(self) -> timedelta:
        return self.step * self.burst


@dataclass(frozen=True)
class Step:
    """One kind of attempt. `pair` limits one name from one network. In a browser that this person
    signed in with before, `device` replaces the other limits, so that strangers can't lock them
    out.
    """

    network: Pace
    pair: Pace
    subject: Pace
    device: Pace


def an_hour(count: int) -> Pace:
    return Pace(count, 3600 / count)


def a_day(count: int) -> Pace:
    return Pace(count, 86400 / count)


PASSWORD = Step(Pace(20, 6), Pace(5, 60), Pace(20, 30), Pace(10, 30))
SECOND_FACTOR = Step(Pace(20, 6), Pace(5, 60), Pace(10, 60), Pace(5, 60))
CODE = Step(Pace(60, 1), Pace(3, 60), Pace(12, 300), Pace(6, 60))
RESET = Step(Pace(20, 3), Pace(3, 60), Pace(6, 300), Pace(3, 60))
#: By network only: guesses are counted elsewhere, or the secret is too long to guess.
CODE_TRY = Pace(30, 2)
RESET_LINK = Pace(20, 3)
API_KEY = Pace(30, 2)


def network_of(address: str) -> str:
    """The network that an IP address counts for; anything else counts as it is."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped is None:
            return str(ipaddress.ip_network((found, IPV6_PREFIX), strict=False))
        found = found.ipv4_mapped
    return str(ipaddress.ip_network((found, IPV4_PREFIX), strict=False))


def folded(text: str) -> str:
    """Without case, accents and letter variants: `José` counts with `JOSE`."""
    return without_accents(text.strip().casefold())
