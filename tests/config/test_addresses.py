from __future__ import annotations

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

PatternOrResolver = URLPattern | URLResolver


def heads(patterns: list[PatternOrResolver]) -> Iterator[PatternOrResolver]:
    """How an address can start; a list included at the root adds nothing to it."""
    for each in patterns:
        if isinstance(each, URLResolver) and not str(each.pattern):
            yield from heads(each.url_patterns)
        else:
            yield each


def test_addresses_of_leases_are_declared_in_one_place() -> None:
    """Two rooms have pages there: with two lists, one could hide what the other declares."""
    found = [each for each in heads(get_resolver().url_patterns) if "leases/" in str(each.pattern)]
    assert [str(each.pattern) for each in found] == ["leases/"]
    assert isinstance(found[0], URLResolver)
    assert found[0].urlconf_name.__name__ == "config.lease_urls"
