from __future__ import annotations

import pytest

from common.valkey import address_of


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("redis://redis.example.com:6379/2", "redis://redis.example.com:6379/2"),
        ("redis+socket://%2Frun%2Fvalkey.sock?virtual_host=3", "unix:///run/valkey.sock?db=3"),
        ("redis+socket:///run/valkey.sock", "unix:///run/valkey.sock?db=0"),
    ],
)
def test_a_socket_in_the_brokers_notation(url: str, address: str) -> None:
    assert address_of(url) == address
