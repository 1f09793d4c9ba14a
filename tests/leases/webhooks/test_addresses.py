"""Messages only go to the public internet, in whatever way an address is written."""

from __future__ import annotations

import socket
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from leases.enums import DeliveryError
from leases.webhooks import addresses
from leases.webhooks.addresses import (
    RefusedError,
    check_address,
    is_public,
    public_addresses,
    target,
)
from tools.checks import PRODUCTION

NAME = "hooks.luna.example"


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[str]]:
    """The addresses that names resolve to; other names are unknown."""
    known: dict[str, list[str]] = {}

    def look_up(host: str, port: int, **options: Any) -> list[Any]:
        if host not in known:
            raise socket.gaierror
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, port)) for each in known[host]]

    monkeypatch.setattr(addresses.socket, "getaddrinfo", look_up)
    return known


@pytest.mark.parametrize(
    "address",
    ["93.184.215.14", "192.0.1.1", "192.88.98.1", "198.20.0.1", "223.255.255.1",
     "3ffe::1", "2001:200::1", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "64:ff9b::5db8:d70e",
     "::ffff:93.184.215.14"],
)  # fmt: skip
def test_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "100.64.0.1",
        "169.254.169.254", "198.18.0.1", "192.0.2.1", "192.0.0.8", "192.0.0.9", "192.0.0.170",
        "192.88.99.1", "192.175.48.1", "192.31.196.1", "192.52.193.1", "198.51.100.7",
        "203.0.113.9", "239.1.2.3", "3fff::1", "3fff:fff::1", "5f00::1", "100::1", "100:0:0:1::1",
        "2001:2::1", "2001:20::1", "2001:30::1", "2001:1::1", "2001:4:112::1", "2620:4f:8000::1",
        "4000::1", "::5db8:d70e", "::ffff:192.88.99.1", "64:ff9b::c000:9", "224.0.0.1",
        "240.0.0.1", "255.255.255.255",
        "::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fec0::1", "ff0e::1", "2001:db8::1",
        "::ffff:127.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1", "64:ff9b::a00:1",
        "64:ff9b:1::5db8:d70e", "2002:7f00:1::", "2002:5db8:d70e::", "2001:0:4136:e378::1",
        "no address",
    ],
)  # fmt: skip
def test_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    ("url", "code"),
    [
        (f"http://{NAME}/", "url_scheme"),
        (f"ftp://{NAME}/", "url_scheme"),
        ("file:///etc/passwd", "url_scheme"),
        ("https://", "invalid"),
        ("https://exa mple.com/", "invalid"),
        (f"https://{NAME}:99999/", "invalid"),
        (f"https://{NAME}/\r\nHost: x", "invalid"),
        (f"https://ana:secreto@{NAME}/", "url_password"),
        (f"https://{NAME}/#x", "url_fragment"),
        ("https://unknown.example/", "url_dns"),
    ],
)
def test_refused_as_it_is_saved(
    url: str, code: str, names: dict[str, list[str]], settings: Any
) -> None:
    settings.PRODUCTION = True
    names[NAME] = ["93.184.215.14"]
    with pytest.raises(ValidationError) as caught:
        check_address(url)
    assert caught.value.code == code
    check_address(f"https://{NAME}/hooks?kind=ñ")


@pytest.mark.parametrize("private", ["127.0.0.1", "169.254.169.254", "::ffff:10.0.0.1"])
def test_one_private_address_among_public_ones_is_enough(
    private: str, names: dict[str, list[str]]
) -> None:
    names[NAME] = ["93.184.215.14", private]
    with pytest.raises(ValidationError) as caught:
        check_address(f"https://{NAME}/")
    assert caught.value.code == "url_address"
    with pytest.raises(RefusedError) as refused:
        public_addresses(NAME, 443)
    assert refused.value.args == (DeliveryError.ADDRESS,)


@pytest.mark.parametrize("host", ["127.0.0.1", "[::1]", "[::ffff:7f00:1]", "localhost"])
def test_private_addresses_written_out(host: str) -> None:
    with pytest.raises(ValidationError) as caught:
        check_address(f"https://{host}/")
    assert caught.value.code == "url_address"


def test_production_never_allows_private_ones() -> None:
    """There the setting is false whatever the environment says; see config/settings.py."""
    import os  # noqa: PLC0415
    import subprocess  # noqa: PLC0415
    import sys  # noqa: PLC0415

    said = {}
    for where in ("production", "test"):
        required = dict.fromkeys(
            ("SECRET_KEY", "ALLOWED_HOSTS"), "x" * 60
        ) | {
            "BASE_URL": "https://puente.example", "EMAIL_URL": "smtp://127.0.0.1:25",
            "DATABASE_URL": "postgresql://a@127.0.0.1/a", "REDIS_URL": "redis://127.0.0.1/0",
            "PUENTE_ENV": where, "WEBHOOK_ALLOW_PRIVATE": "1",
            "ENCRYPTION_KEYS": PRODUCTION["ENCRYPTION_KEYS"],
        }  # fmt: skip
        required |= {name: its for name, its in PRODUCTION.items() if name.startswith("SUPPORT_")}
        code = "from config import settings; print(settings.WEBHOOK_ALLOW_PRIVATE)"
        done = subprocess.run(
            [sys.executable, "-c", code], env=os.environ | required, capture_output=True, text=True
        )
        said[where] = done.stdout.strip()
    assert said == {"production": "False", "test": "True"}


def test_what_is_asked_for() -> None:
    place = target("https://Bücher.example:8443/añ o?q=1".replace(" ", ""))
    assert (place.host, place.port) == ("xn--bcher-kva.example", 8443)
    assert place.authority == "xn--bcher-kva.example:8443"
    assert place.path == "/a%C3%B1o?q=1"
    assert target("https://[2606:4700::1111]").authority == "[2606:4700::1111]"
