"""A store as people write it: “Luna San Antonio” or, where several have the name, with its
merchant.
"""

from __future__ import annotations

from common.accents import without_accents
from leases.models import Store
from leases.queries.names import with_name

#: More of them than anyone reads in a message.
MOST_STORES = 20


def store_label(store: Store) -> str:
    """No other store has the same: names are unique within a merchant."""
    return f"{store.name}, {store.merchant.name}"


def stores_called(text: str) -> list[Store]:
    """The store with exactly this name or label; otherwise, those whose names have all of its
    words, those with the code, those of a merchant that is called so.
    """
    stores = Store.objects.select_related("merchant").order_by("name_sort", "pk")
    name = text.rpartition(",")[0] or text
    named = list(with_name(name, stores)[: MOST_STORES * 5])
    exact = [each for each in named if _plain(text) == _plain(store_label(each))]
    exact = exact or [each for each in named if _plain(each.name) == _plain(text)]
    return (
        exact
        or list(with_name(text, stores)[:MOST_STORES])
        or list(stores.filter(code=text.strip())[:MOST_STORES])
        or list(with_name(text, stores, "merchant__name_key")[:MOST_STORES])
    )


def _plain(text: str) -> str:
    return " ".join(without_accents(text.casefold()).split())
