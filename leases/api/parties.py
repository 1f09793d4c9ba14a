"""The store and the program that a request names."""

from __future__ import annotations

from leases.api.problems import Problem
from leases.models import ApiKey, Program, Store


def store_of(key: ApiKey, code: str) -> Store:
    """One of the merchant's stores; for a key of one store, that store."""
    stores = Store.objects.select_related("merchant").filter(merchant=key.merchant, code=code)
    if key.store_id is not None:
        stores = stores.filter(pk=key.store_id)
    store = stores.first()
    if store is None:
        raise Problem("unknown_store", errors=[{"pointer": "/storeId", "code": "unknown_store"}])
    return store


def program_of(key: ApiKey, code: str | None) -> Program | None:
    """The active program with this code; without a code, the merchant's only one.

    If there are several, the merchant must say which: a lease without a program has no terms.
    """
    programs = Program.objects.active().filter(merchant=key.merchant)
    if code is None:
        only = list(programs[:2])
        if len(only) > 1:
            raise Problem(
                "program_required", errors=[{"pointer": "/programCode", "code": "program_required"}]
            )
        return only[0] if only else None
    program: Program | None = programs.filter(code=code).first()
    if program is None:
        raise Problem(
            "unknown_program", errors=[{"pointer": "/programCode", "code": "unknown_program"}]
        )
    return program
