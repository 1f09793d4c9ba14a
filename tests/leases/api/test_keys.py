from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.models import User
from leases import actions
from leases.actions.use_api_key import Usage, known_key, use_api_key
from leases.models import ApiKey, Store

MakeKey = Callable[..., tuple[ApiKey, str]]


def test_the_secret_is_long_and_not_kept(make_key: MakeKey, luna: Store) -> None:
    key, sent = make_key(luna)
    prefix, secret = sent.split(".")
    assert prefix == key.prefix
    assert len(secret) >= 43  # 256 random bits
    row: dict[str, Any] = ApiKey.objects.filter(pk=key.pk).values().get()
    assert all(secret not in str(value) for value in row.values())


def test_only_the_right_secret_is_known(make_key: MakeKey, luna: Store) -> None:
    key, sent = make_key(luna)
    _, others = make_key(luna)
    assert known_key(sent) == key
    mixed = f"{key.prefix}.{others.partition('.')[2]}"
    for wrong in ("", ".", key.prefix, f"{key.prefix}.", sent[:-1], sent + "a", mixed, "pk_ñ.ñ",
                  "pk_\x00.x", f"{sent} "):  # fmt: skip
        assert known_key(wrong) is None, wrong


def test_a_revoked_key_is_unknown_and_stays_revoked_as_it_was(
    make_key: MakeKey, luna: Store, irene: User, now: datetime
) -> None:
    key, sent = make_key(luna)
    actions.revoke_api_key(key=key, by=irene, now=now)
    assert known_key(sent) is None
    again = actions.revoke_api_key(key=key, by=irene, now=now + timedelta(days=1))
    assert (again.revoked_at, again.revoked_by) == (now, irene)


def test_only_administrators_make_and_revoke_keys(
    make_key: MakeKey, luna: Store, sofia: User, mateo: User, now: datetime
) -> None:
    key, _ = make_key(luna)
    for person in (sofia, mateo):
        with pytest.raises(PermissionDenied):
            actions.create_api_key(
                merchant=luna.merchant, store=None, name="Caja", by=person, now=now
            )
        with pytest.raises(PermissionDenied):
            actions.revoke_api_key(key=key, by=person, now=now)


def test_a_key_is_for_a_store_of_its_merchant(
    luna: Store, sol: Store, irene: User, now: datetime
) -> None:
    with pytest.raises(ValidationError) as caught:
        actions.create_api_key(merchant=luna.merchant, store=sol, name="Caja", by=irene, now=now)
    assert caught.value.code == "api_key_store"
    with pytest.raises(ValidationError) as caught:
        actions.create_api_key(merchant=luna.merchant, store=None, name=" ", by=irene, now=now)
    assert set(caught.value.error_dict) == {"name"}


def test_requests_of_a_minute_are_counted_and_last_use_is_written_once_in_it(
    make_key: MakeKey, luna: Store, now: datetime
) -> None:
    key, _ = make_key(luna)
    assert use_api_key(key=key, limit=2, now=now) == Usage(2, 1, 60)
    later = now + timedelta(seconds=20)
    assert use_api_key(key=key, limit=2, now=later) == Usage(2, 2, 40)
    over = [use_api_key(key=key, limit=2, now=later) for _ in range(3)]
    assert [(each.used, each.is_over, each.remaining) for each in over] == [(3, True, 0)] * 3
    assert ApiKey.objects.get(pk=key.pk).last_used_at == now
    next_minute = now + timedelta(seconds=60)
    assert use_api_key(key=key, limit=2, now=next_minute) == Usage(2, 1, 60)
    assert ApiKey.objects.get(pk=key.pk).last_used_at == next_minute
