"""Returns of funded leases: a watchlist of their own, until someone records each outcome."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import User
from cases.models import Case
from common.company_day import business_day
from leases import actions
from leases.models import Lease, MerchandiseReturn
from tests import clock

pytestmark = pytest.mark.requirement("R31")

SignIn = Callable[[User], Client]
DAY = timedelta(days=1)


@pytest.fixture
def returned(deliver: Callable[..., Lease], now: datetime) -> Callable[..., MerchandiseReturn]:
    """All of a lease's merchandise came back, some days ago."""

    def back(days: int = 3, number: str = "104477312") -> MerchandiseReturn:
        at = now - days * DAY
        lease = deliver(number, at=at - 10 * DAY)
        return actions.return_merchandise(
            lease=lease, returned_on=business_day(at), by=None, now=at
        )

    return back


@pytest.fixture(autouse=True)
def _on_the_casts_day(now: datetime) -> Iterator[None]:
    with clock.at(now):
        yield


def page(user: User, sign_in: SignIn) -> str:
    return " ".join(sign_in(user).get(reverse("open_returns")).content.decode().split())


def test_open_returns_are_listed_with_age_store_and_case_the_oldest_first(
    returned: Callable[..., MerchandiseReturn], open_case: Callable[..., Case],
    ana: User, mateo: User, sofia: User, sign_in: SignIn,
) -> None:  # fmt: skip
    new, old = returned(3, "300000033"), returned(31, "300000041")
    case = open_case(lease=old.lease, kind="return")
    open_case(lease=new.lease, kind="late_payment")  # about something else

    seen = page(ana, sign_in)
    assert seen.index("300000041") < seen.index("300000033")
    assert '<span class="badge" data-tone="bad">31 días</span>' in seen
    assert "3 días" in seen
    assert '<span lang="es">Mueblería Luna</span> · <span lang="">Luna San Antonio</span>' in seen
    assert f"/cases/{case.number}/" in seen
    assert seen.count("Ningún caso") == 1
    assert "Cerrar la devolución" not in seen  # merchant services and supervisors do
    assert "Cerrar la devolución" in page(sofia, sign_in)
    mateos = page(mateo, sign_in)
    assert "31 days" in mateos
    assert f"/cases/{case.number}/" not in mateos  # cases aren't for them
    overview = sign_in(ana).get(reverse("monitoring")).content.decode()
    assert "Devoluciones abiertas" in overview


def test_closing_says_what_came_of_it(
    returned: Callable[..., MerchandiseReturn], mateo: User, ana: User, sign_in: SignIn
) -> None:
    row = returned()
    address = reverse("return_closing", args=[row.pk])
    mateos = sign_in(mateo)
    refused = mateos.post(address, {"note": "  "})
    assert refused.status_code == 422
    assert "Enter how the return ended." in refused.content.decode()
    assert sign_in(ana).post(address, {"note": "x"}).status_code == 404
    assert mateos.post(address, {"note": "Credited on November 17."}).status_code == 302
    row.refresh_from_db()
    assert (row.closed_by, row.closing_note) == (mateo, "Credited on November 17.")
    assert row.lease.account_number not in page(ana, sign_in)
    assert mateos.post(address, {"note": "Again."}).status_code == 422
    on_the_lease = sign_in(ana).get(f"/leases/{row.lease.account_number}/").content.decode()
    assert "Credited on November 17." in on_the_lease


def test_who_may_close_and_once(
    returned: Callable[..., MerchandiseReturn], ana: User, sofia: User, now: datetime
) -> None:
    row = returned()
    with pytest.raises(PermissionDenied):
        actions.close_return(row=row, note="x", by=ana, now=now)
    actions.close_return(row=row, note="x", by=sofia, now=now)
    with pytest.raises(ValidationError) as error:
        actions.close_return(row=row, note="y", by=sofia, now=now)
    assert error.value.code == "return_closed"


def test_the_database_lets_a_return_be_closed_and_nothing_else(
    returned: Callable[..., MerchandiseReturn], sofia: User, now: datetime
) -> None:
    row = returned()
    rows = MerchandiseReturn.objects.filter(pk=row.pk)
    closed = {"closed_at": now, "closed_by": sofia, "closing_note": "x"}
    for change, error in (
        ({"returned_on": business_day(now)}, "Cannot update"),
        ({"closed_at": now}, "return_closed_by_somebody"),
    ):
        with pytest.raises(DatabaseError, match=error), transaction.atomic():
            rows.update(**change)
    rows.update(**closed)
    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        rows.update(closing_note="y")
    with pytest.raises(DatabaseError, match="Cannot delete"), transaction.atomic():
        rows.delete()


@pytest.mark.parametrize("count", [1, 31])
def test_the_list_costs_the_same_however_long_it_is(
    returned: Callable[..., MerchandiseReturn], ana: User, sign_in: SignIn,
    django_assert_num_queries: Any, count: int,
) -> None:  # fmt: skip
    for number in range(count):
        returned(number + 1, f"3000001{number:02d}")
    client = sign_in(ana)
    client.get(reverse("open_returns"))
    with django_assert_num_queries(6):  # session, person, returns, cases, two marks in the header
        shown = client.get(reverse("open_returns"))
    if count > 30:
        rest = client.get(reverse("open_returns"), {"after": shown.context["page"].next})
        assert [each.row.lease.account_number for each, *_ in rest.context["lines"]] == [
            "300000100"
        ]
