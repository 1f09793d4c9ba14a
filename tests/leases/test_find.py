"""A contract is found by what a caller can say."""

from __future__ import annotations

import pytest
from django.db import connection

from accounts.models import User
from leases.models import Lease
from leases.queries.find import find_leases


@pytest.mark.requirement("R13")
@pytest.mark.parametrize(
    "said",
    ["104477312", "104-477 312", "(210) 555-0134", "210.555.0134", "+1 210 555 0134",
     "carla@example.com", "CARLA@EXAMPLE.COM", "Peña", "pena", "PEÑA", "carla pen", "peña carla"],
)  # fmt: skip
def test_by_number_phone_mail_or_name_in_any_accents(
    lease: Lease, dans_lease: Lease, ana: User, said: str
) -> None:
    assert list(find_leases(said, user=ana)) == [lease]


@pytest.mark.parametrize(
    "said", ["", " ", "c", "zz", "104477313", "%", "_", "100%", "' OR 1=1 --", "\\"]
)
def test_what_matches_nobody_finds_nobody(lease: Lease, ana: User, said: str) -> None:
    assert not find_leases(said, user=ana)


def test_a_customer_finds_only_own_leases(lease: Lease, dans_lease: Lease) -> None:
    dan = dans_lease.customer.user
    assert list(find_leases("dan miller", user=dan)) == [dans_lease]
    assert not find_leases("104477312", user=dan)


def test_names_are_searched_by_their_index(lease: Lease, ana: User) -> None:
    with connection.cursor() as cursor:  # a table of one row would be read whole
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off")
    assert "customer_name_folded" in find_leases("peñalosa", user=ana).explain()


def test_an_address_is_searched_by_its_index(lease: Lease, ana: User) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    assert "leases_customer_email" in find_leases("Carla@example.com", user=ana).explain()
