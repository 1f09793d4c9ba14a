"""How often somebody may try, and how it slows down after that. Pure."""

from __future__ import annotations

import ipaddress
import unicodedata
from dataclasses import dataclass
from datetime import timedelta

#: Neighbors that one household, office or provider's machine can use at will.
IPV4_PREFIX = 24
IPV6_PREFIX = 64


@dataclass(frozen=True)
class Pace:
    """`burst` tries at once, then one each `seconds`: slower, never shut."""

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
    """One kind of try. `pair` is one person's name used from one network; `device` takes the place
    of all others in a browser that signed this person in before, so that strangers do not stand in
    its way.
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
#: By network alone: what is guessed is counted elsewhere, or too long to be guessed.
CODE_TRY = Pace(30, 2)
RESET_LINK = Pace(20, 3)
API_KEY = Pace(30, 2)


def network_of(address: str) -> str:
    """The network an IP address is counted in; what is no address counts as it is."""
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
    """`José` counts with `JOSE`: without case, accents and the many forms of one letter."""
    apart = unicodedata.normalize("NFKD", text.strip().casefold())
    return "".join(c for c in apart if not unicodedata.combining(c))
