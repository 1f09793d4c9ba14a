"""Where a message may go: to the public internet and nowhere else.

A name is looked up and all its addresses must be public. The connection then uses one of the
addresses that were checked, so a name that changes a moment later makes no difference.
"""

from __future__ import annotations

import ipaddress
import socket
from typing import NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.encoding import iri_to_uri
from django.utils.translation import gettext_lazy as _

from leases.enums import DeliveryError

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
# IANA's special-purpose address registries (RFC 6890 and later; read November 2026), including
# those for the internet's own use. Python's own `is_global` follows them years later.
_SPECIAL_4 = [
    ipaddress.IPv4Network(each)
    for each in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16",
        "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24",
        "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24",
        "203.0.113.0/24", "224.0.0.0/3",
    )
]  # fmt: skip
# All addresses assigned for use are in here.
_UNICAST_6 = ipaddress.IPv6Network("2000::/3")
_SPECIAL_6 = [
    ipaddress.IPv6Network(each)
    for each in ("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20")
]


class RefusedError(Exception):
    """`args[0]` is the DeliveryError."""


class Target(NamedTuple):
    is_secure: bool
    host: str  # as in certificates: ASCII, without brackets
    port: int
    authority: str  # as in the Host header
    path: str


def target(url: str) -> Target:
    """ValidationError: `invalid`, `url_scheme` (not https), `url_password`, `url_fragment`."""
    schemes = ["https"] if settings.PRODUCTION else ["https", "http"]
    if url.partition(":")[0].lower() not in schemes:
        raise ValidationError(_("Start the address with https://."), code="url_scheme")
    URLValidator(schemes=schemes)(url)
    try:
        parts = urlsplit(url)
        name = parts.hostname or ""
        host = name if ":" in name else name.encode("idna").decode("ascii")
        port = parts.port
    except ValueError:  # also what idna and the port refuse
        raise ValidationError(URLValidator.message, code=URLValidator.code) from None
    if "@" in parts.netloc:
        raise ValidationError(
            _("Remove the user name and password from the address."), code="url_password"
        )
    if parts.fragment:
        raise ValidationError(
            _("Remove “#” and everything after it. It’s never sent."), code="url_fragment"
        )
    authority = (f"[{host}]" if ":" in host else host) + (f":{port}" if port else "")
    path = iri_to_uri((parts.path or "/") + (f"?{parts.query}" if parts.query else ""))
    is_secure = parts.scheme.lower() == "https"
    return Target(is_secure, host, port or (443 if is_secure else 80), authority, path)


def public_addresses(host: str, port: int) -> list[str]:
    """All of them, looked up now. RefusedError: `dns`, or `address` if any isn't public."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise RefusedError(DeliveryError.DNS) from None
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    if not settings.WEBHOOK_ALLOW_PRIVATE and not all(is_public(each) for each in addresses):
        raise RefusedError(DeliveryError.ADDRESS)
    return addresses


def is_public(text: str) -> bool:
    """Also checks the IPv4 address inside an IPv6 one."""
    try:
        address: Address = ipaddress.ip_address(text)
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped
        if inner is None and address in _NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
        if address.scope_id or address not in _UNICAST_6:
            return False
        return not any(address in each for each in _SPECIAL_6)
    return not any(address in each for each in _SPECIAL_4)


def check_address(url: str) -> None:
    """Before it's saved. ValidationError: those of `target`, `url_dns`, `url_address`."""
    place = target(url)
    try:
        public_addresses(place.host, place.port)
    except RefusedError as refused:
        if refused.args[0] == DeliveryError.DNS:
            raise ValidationError(
                _("There’s no host named %(host)s. Check the address."),
                code="url_dns",
                params={"host": place.host},
            ) from None
        raise ValidationError(
            _("%(host)s isn’t on the public internet. We never send into private networks."),
            code="url_address",
            params={"host": place.host},
        ) from None
