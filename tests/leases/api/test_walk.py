"""An application's way, as a merchant's system sees it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from common.company_day import business_day
from leases.enums import Actor
from leases.models import ApiKey, Lease, Program, StatusEvent, Store
from tests.leases.api.conftest import Caller

ITEMS = [
    {"lineNumber": 1, "sku": "SOFA-3", "model": "Oslo", "description": "Sofá de tres plazas",
     "priceEach": "400.00", "quantity": 2, "lineTotal": 800},
    {"lineNumber": 2, "description": "Mesa", "priceEach": 199.99, "quantity": 1,
     "lineTotal": "199.99"},
]  # fmt: skip
CUSTOMER = {"name": "Carla Peña", "email": "carla@example.com", "language": "es"}


def applied(call: Caller, **customer: str) -> dict[str, Any]:
    response = call.post("application", {"storeId": "LUNA-1", "customer": CUSTOMER | customer})
    assert response.status_code == 201, response.content
    found: dict[str, Any] = response.json()
    return found


def cart(call: Caller, found: dict[str, Any], items: Any = ITEMS, **more: Any) -> Any:
    body = {"applicationId": found["applicationId"], "merchantTransactionId": "F-1", "items": items}
    return call.post("cart", body | more)


def sign(call: Caller, found: dict[str, Any]) -> Any:
    return call.post("sign", {"applicationId": found["applicationId"]})


@pytest.mark.requirement("R56")
def test_an_approval_comes_with_account_number_and_limit(call: Caller, luna: Store) -> None:
    found = applied(call)
    assert found["approvalStatus"] == "Approved"
    assert found["approvalLimit"] == "1500.00"
    assert found["accountNumber"].isdigit()
    assert found["storeId"] == "LUNA-1"
    assert found["daysLeft"] == 90
    lease = Lease.objects.get(application_id=found["applicationId"])
    assert (lease.store, lease.customer.email) == (luna, "carla@example.com")


@pytest.mark.requirement("R57", "R58", "R59", "R60")
@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("denied", "Denied"),
        ("preapproved", "Pre-Approved"),
        ("prequalified", "Prequalified"),
        ("down", "Pending/In-Process"),
    ],
)
def test_every_other_answer_has_an_account_number_and_no_limit(
    word: str, status: str, call: Caller
) -> None:
    found = applied(call, email=f"carla+{word}@example.com")
    assert found["approvalStatus"] == status
    assert found["approvalLimit"] is None
    assert found["accountNumber"]
    assert found["expiresAt"] is None


@pytest.mark.requirement("R61", "R62", "R64", "R70")
def test_from_the_application_to_funded(call: Caller, luna_key: ApiKey) -> None:
    found = applied(call)
    answer = cart(call, found)
    assert answer.status_code == 200, answer.content
    invoiced = answer.json()
    assert (invoiced["approvalStatus"], invoiced["invoiceTotal"]) == ("Contracts", "999.99")
    assert (invoiced["merchantTransactionId"], invoiced["daysLeft"]) == ("F-1", 60)
    signed = sign(call, found).json()
    assert signed["approvalStatus"] == "Lease Accepted"
    answer = call.post("cart/delivery", {
        "applicationId": found["applicationId"], "shippingProvider": "Rápido", "trackingId": "1Z9",
    })  # fmt: skip
    funded = answer.json()
    assert funded["approvalStatus"] == "Funded"
    assert (funded["shippingProvider"], funded["trackingId"]) == ("Rápido", "1Z9")
    assert (funded["expiresAt"], funded["daysLeft"]) == (None, None)
    assert [(each["from"], each["to"]) for each in funded["history"]] == [
        (None, "Approved"),
        ("Approved", "Contracts"),
        ("Contracts", "Contracts Received"),
        ("Contracts Received", "Lease Accepted"),
        ("Lease Accepted", "Funded"),
    ]
    by = set(StatusEvent.objects.values_list("actor", "api_key", "by"))
    assert by == {(Actor.MERCHANT, luna_key.pk, None)}
    read = call.get(f"application/{found['applicationId']}").json()
    assert read == funded == call.get(
        "application", {"accountNumber": found["accountNumber"]}
    ).json()  # fmt: skip


def test_the_status_is_english_and_its_words_are_the_readers(call: Caller) -> None:
    found = applied(call)
    answer = call.get(f"application/{found['applicationId']}", **{"Accept-Language": "es-MX,es"})
    assert answer["Content-Language"] == "es"
    assert answer.json()["approvalStatus"] == "Approved"
    assert answer.json()["approvalStatusText"] == "Aprobado"


@pytest.mark.requirement("R58")
@pytest.mark.parametrize(
    ("word", "status"),
    [("prequalified", "Approved"), ("prequalified-denied", "Denied"),
     ("prequalified-preapproved", "Pre-Approved")],
)  # fmt: skip
def test_opt_in_data_gives_the_decision_and_is_not_kept(
    word: str, status: str, call: Caller
) -> None:
    found = applied(call, email=f"carla+{word}@example.com")
    path = f"application/{found['applicationId']}/opt-in"
    answer = call.post(path, {"data": {"monthlyIncome": "31415.92"}}, **{"Idempotency-Key": "o"})
    assert answer.json()["approvalStatus"] == status
    lease = Lease.objects.get(application_id=found["applicationId"])
    assert all("31415" not in str(event.__dict__) for event in lease.status_events.all())


@pytest.mark.requirement("R60")
def test_opt_in_while_the_engine_is_down_changes_nothing_and_may_be_sent_again(
    call: Caller, settings: Any
) -> None:
    found = applied(call, email="carla+prequalified@example.com")
    path, body = f"application/{found['applicationId']}/opt-in", {"data": {"income": "1"}}
    settings.DECISION_ENGINE_URL = "http://127.0.0.1:9/"  # no one listens there
    answer = call.post(path, body, **{"Idempotency-Key": "opt-1"})
    assert (answer.status_code, answer.json()["code"]) == (503, "engine_down")
    assert answer["Retry-After"]
    read = call.get(f"application/{found['applicationId']}").json()
    assert read["approvalStatus"] == "Prequalified"
    settings.DECISION_ENGINE_URL = ""
    answer = call.post(path, body, **{"Idempotency-Key": "opt-1"})
    assert answer.json()["approvalStatus"] == "Approved"


@pytest.mark.requirement("R61", "R68")
def test_cart_again_before_signing_takes_the_place_of_the_invoice(call: Caller) -> None:
    found = applied(call)
    first = cart(call, found).json()
    second = cart(call, found, ITEMS[:1], merchantTransactionId="F-2").json()
    assert (second["invoiceTotal"], second["merchantTransactionId"]) == ("800.00", "F-2")
    assert second["expiresAt"] == first["expiresAt"]
    lease = Lease.objects.get()
    assert [each.number for each in lease.invoices.all()] == ["F-2", "F-1"]


@pytest.mark.requirement("R63")
def test_a_return_of_the_whole_order_opens_the_approval_again(call: Caller) -> None:
    found = applied(call)
    cart(call, found)
    path = f"application/{found['applicationId']}/return"
    check = call.get(path).json()
    assert (check["available"], check["code"]) == (False, "return_before_signing")
    sign(call, found)
    assert call.get(path).json() == {
        "available": True, "outcome": "voided", "code": None, "reason": None,
    }  # fmt: skip
    body = {"applicationId": found["applicationId"], "dateOfReturn": today()}
    answer = call.post("application/return", body)
    assert answer.status_code == 200, answer.content
    assert answer.json()["outcome"] == "voided"
    assert answer.json()["application"]["approvalStatus"] == "Approved"
    assert answer.json()["application"]["accountNumber"] == found["accountNumber"]


@pytest.mark.requirement("R63")
def test_a_return_of_one_line_amends_the_invoice(call: Caller) -> None:
    found = applied(call)
    cart(call, found)
    sign(call, found)
    body = {"applicationId": found["applicationId"], "dateOfReturn": today(),
            "merchandiseItems": [{"lineNumber": 2, "quantity": 1}]}  # fmt: skip
    answer = call.post("application/return", body).json()
    assert answer["outcome"] == "amended"
    assert answer["application"]["approvalStatus"] == "Lease Accepted"
    assert answer["application"]["invoiceTotal"] == "800.00"


@pytest.mark.requirement("R63", "R64")
def test_a_return_after_delivery_is_opened_and_the_lease_stays_funded(call: Caller) -> None:
    found = applied(call)
    cart(call, found)
    sign(call, found)
    call.post("cart/delivery", {"applicationId": found["applicationId"]})
    body = {"applicationId": found["applicationId"], "dateOfReturn": today(),
            "merchandiseItems": [{"lineNumber": 1, "sku": "SOFA-3", "quantity": 1}]}  # fmt: skip
    answer = call.post("application/return", body).json()
    assert answer["outcome"] == "opened"
    assert answer["application"]["approvalStatus"] == "Funded"


@pytest.mark.requirement("R65", "R66")
@pytest.mark.parametrize("beat", [False, True], ids=["before the scheduler", "after it"])
def test_an_approval_is_over_after_90_days_scheduler_or_not(
    beat: bool, call: Caller, make_lease: Any, carla: Any
) -> None:
    from leases.actions import expire_due  # noqa: PLC0415

    lease = make_lease(carla, now=timezone.now() - timedelta(days=91))
    if beat:
        expire_due(now=timezone.now())
    read = call.get(f"application/{lease.application_id}").json()
    assert (read["approvalStatus"], read["expiresAt"]) == ("Approval Expired", None)
    answer = cart(call, read)
    assert (answer.status_code, answer.json()["code"]) == (409, "lease_transition")
    assert (answer.json()["from"], answer.json()["to"]) == ("Approval Expired", "Contracts")
    again = applied(call)
    assert (again["approvalStatus"], again["supersedes"]) == ("Approved", read["applicationId"])


@pytest.mark.requirement("R68")
@pytest.mark.parametrize("signed", [False, True])
def test_contracts_are_over_60_days_after_cart_signed_or_not(
    signed: bool, call: Caller, make_lease: Any, carla: Any
) -> None:
    from leases import actions  # noqa: PLC0415

    then = timezone.now() - timedelta(days=61)
    lease = make_lease(carla, now=then)
    lease = actions.submit_invoice(
        lease=lease, number="F", total=lease.approval_limit, by=None, now=then
    )
    if signed:
        lease = actions.sign(lease=lease, by=None, now=then)
    read = call.get(f"application/{lease.application_id}").json()
    assert read["approvalStatus"] == "Contracts Expired"
    answer = call.post("cart/delivery", {"applicationId": read["applicationId"]}).json()
    assert (answer["from"], answer["to"]) == ("Contracts Expired", "Funded")


def test_the_merchants_only_program_is_the_one(call: Caller, luna: Store) -> None:
    fields = {f"{name}_{language}": "x" for name in ("name", "terms", "exchange_terms")
              for language in ("en", "es")}  # fmt: skip
    Program.objects.create(merchant=luna.merchant, code="std", frequencies=["weekly"], **fields)
    assert applied(call)["programCode"] == "std"
    Program.objects.create(merchant=luna.merchant, code="two", frequencies=["weekly"], **fields)
    answer = call.post("application", {"storeId": "LUNA-1", "customer": CUSTOMER})
    assert (answer.status_code, answer.json()["code"]) == (422, "program_required")
    assert answer.json()["errors"][0]["pointer"] == "/programCode"
    assert Lease.objects.count() == 1
    named = call.post(
        "application", {"storeId": "LUNA-1", "programCode": "two", "customer": CUSTOMER}
    )
    assert named.json()["programCode"] == "two"


@pytest.mark.parametrize("name", ["paymentFrequency", "firstPaymentDate"])
def test_without_a_program_a_cart_says_nothing_of_payments(call: Caller, name: str) -> None:
    found = applied(call)
    said = {"paymentFrequency": "weekly", "firstPaymentDate": today()}
    answer = cart(call, found, **{name: said[name]})
    assert (answer.status_code, answer.json()["code"]) == (422, "no_program")
    assert cart(call, found).json()["approvalStatus"] == "Contracts"


def today() -> str:
    return business_day(timezone.now()).isoformat()
