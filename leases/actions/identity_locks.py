from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

from django.db import connection

from leases.queries.identity_blocks import Identity

#: What the names of these locks begin with; other locks have other names.
_LOCK = "identity"


def lock_identities(*identities: Identity, names: Iterable[str] = ()) -> None:
    """Until the transaction ends, applications of any of them and their blocks take turns.

    `names`: also with whoever has the same name, where digits of the SSN tell them. Whoever locks
    several locks them in one call: one after another, two cases could wait for each other.
    """
    traits = {lock for each in identities for lock in _traits(each)}
    traits |= {f"{_LOCK}:name:{key}" for key in _name_keys(list(names))}
    with connection.cursor() as cursor:
        for trait in sorted(traits):
            number = int.from_bytes(sha256(trait.encode()).digest()[:8], signed=True)
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])


def _traits(identity: Identity) -> Iterable[str]:
    person = str(identity.customer or "")
    told = {"email": identity.email, "phone": identity.phone, "person": person}
    return (f"{_LOCK}:{trait}:{value}" for trait, value in told.items() if value)


def _name_keys(names: list[str]) -> list[str]:
    if not names:
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT puente_name_key(name) FROM unnest(%s::text[]) AS name", [names])
        return [key for (key,) in cursor.fetchall()]
