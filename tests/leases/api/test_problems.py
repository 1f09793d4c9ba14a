"""What is refused, and how: a status, a stable code, words in the reader's language."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.http import HttpResponse

from accounts.models import User
from accounts.paces import Pace
from leases import actions
from leases.api import access
from leases.api.fields import FAULTS
from leases.api.problems import KINDS
from leases.models import ApiKey, Customer, Lease, Store
from tests.leases.api.conftest import Caller
from tests.leases.api.test_walk import CUSTOMER, ITEMS, applied, cart, sign, today
from tests.patience import effort

APPLICATION = {"storeId": "LUNA-1", "customer": CUSTOMER}


def problem(answer: HttpResponse) -> tuple[int, str]:
    """Also checks that it is one."""
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["Cache-Control"] == "no-store"
    body = answer.json()
    assert body["status"] == answer.status_code
    assert body["type"] == f"urn:puente:problem:{body['code']}"
    assert body["title"]
    assert body["detail"]
    assert body["title"] != body["detail"]
    return answer.status_code, body["code"]


def faults(answer: HttpResponse) -> set[tuple[str, str]]:
    assert problem(answer) == (422, "invalid_request")
    return {(each.get("pointer", each.get("parameter")), each["code"])
            for each in answer.json()["errors"]}  # fmt: skip


# --- the key -------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "header", ["", "Basic YTpi", "Bearer", "Bearer ", "Bearer pk_1.x", "Bearer a b", "bearer ñ.ñ"]
)
def test_without_a_valid_key_nobody_gets_in(header: str, luna: Store) -> None:
    stranger = Caller(**({"Authorization": header} if header else {}))
    for answer in (stranger.get(f"application/{uuid4()}"), stranger.post("cart", {})):
        assert problem(answer) == (401, "unauthorized")
        assert answer["WWW-Authenticate"].startswith("Bearer")


def test_a_revoked_key_is_out_at_its_next_request(
    call: Caller, luna_key: ApiKey, irene: User, now: datetime
) -> None:
    found = applied(call)
    actions.revoke_api_key(key=luna_key, by=irene, now=now)
    assert problem(call.get(f"application/{found['applicationId']}")) == (401, "unauthorized")


def test_a_session_is_no_key(irene: User, luna: Store) -> None:
    client = Caller()
    client.client.force_login(irene)
    answer = client.get(f"application/{uuid4()}")
    assert problem(answer) == (401, "unauthorized")
    assert not answer.cookies


def test_a_cookie_of_the_pages_does_not_choose_the_language(call: Caller) -> None:
    call.client.cookies["puente_language"] = "es"
    answer = call.get(f"application/{uuid4()}", **{"Accept-Language": "en"})
    assert answer["Content-Language"] == "en"


def test_guessing_keys_is_slowed_down_by_address(
    luna: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(access, "API_KEY", Pace(3, 60))
    stranger = Caller("pk_123.wrong")
    codes = [problem(stranger.get(f"application/{uuid4()}")) for _ in range(4)]
    assert codes == [(401, "unauthorized")] * 3 + [(429, "rate_limited")]


def test_a_key_has_so_many_requests_a_minute(call: Caller, settings: Any) -> None:
    settings.API_RATE_PER_MINUTE = 2
    path = f"application/{uuid4()}"
    first, _, third = (call.get(path) for _ in range(3))
    assert (first["RateLimit-Limit"], first["RateLimit-Remaining"]) == ("2", "1")
    assert 0 < int(first["RateLimit-Reset"]) <= 60
    assert problem(third) == (429, "rate_limited")
    assert third["RateLimit-Remaining"] == "0"
    assert 0 < int(third["Retry-After"]) <= 60


# --- whose lease ---------------------------------------------------------------------------------
def test_another_merchants_lease_is_as_missing_as_none(
    call: Caller, make_key: Callable[..., Any], sol: Store
) -> None:
    found = applied(call)
    _, sent = make_key(sol)
    foreign = Caller(sent)
    missing = str(uuid4())
    own, none = found["applicationId"], foreign.get(f"application/{missing}")
    assert problem(none) == (404, "not_found")
    for path in (f"application/{own}", f"application/{own}/return", "application/none",
                 f"application?accountNumber={found['accountNumber']}"):  # fmt: skip
        answer = foreign.get(path)
        assert answer.content == none.content
        assert answer.headers.keys() == none.headers.keys()
    bodies: dict[str, dict[str, Any]] = {
        "cart": {"merchantTransactionId": "1", "items": ITEMS},
        "sign": {},
        "cart/delivery": {},
        "application/return": {"dateOfReturn": today()},
    }
    for path, body in bodies.items():
        for each in (own, missing):
            assert foreign.post(path, body | {"applicationId": each}).content == none.content
    assert foreign.post(f"application/{own}/opt-in", {"data": {"a": "b"}}).content == none.content
    assert call.get(f"application/{own}").json()["approvalStatus"] == "Approved"


def test_a_key_of_one_store_sees_that_stores_leases_only(
    call: Caller, make_key: Callable[..., Any], luna: Store
) -> None:
    second = Store.objects.create(
        merchant=luna.merchant, code="LUNA-2", name="Luna Austin", city="Austin", state="TX"
    )
    bound = Caller(make_key(second, bound=True)[1])
    found = applied(call)
    assert problem(bound.get(f"application/{found['applicationId']}")) == (404, "not_found")
    assert problem(bound.post("application", APPLICATION)) == (422, "unknown_store")
    answer = bound.post("application", APPLICATION | {"storeId": "LUNA-2"})
    assert answer.status_code == 201
    whole = call.get(f"application/{answer.json()['applicationId']}")
    assert whole.status_code == 200  # the merchant's own key sees all its stores


def test_unknown_stores_and_programs_are_named(call: Caller, sol: Store) -> None:
    for code in ("NOWHERE", "SOL-1"):
        answer = call.post("application", APPLICATION | {"storeId": code})
        assert problem(answer) == (422, "unknown_store")
    answer = call.post("application", APPLICATION | {"programCode": "none"})
    assert problem(answer) == (422, "unknown_program")
    assert not Lease.objects.exists()
    assert not Customer.objects.exists()


# --- the lifecycle -------------------------------------------------------------------------------
@pytest.mark.requirement("R64")
def test_a_delivery_before_signing_names_both_statuses(call: Caller) -> None:
    found = applied(call)
    cart(call, found)
    body = {"applicationId": found["applicationId"]}
    answer = call.post("cart/delivery", body, **{"Accept-Language": "es"})
    assert problem(answer) == (409, "lease_transition")
    assert (answer.json()["from"], answer.json()["to"]) == ("Contracts", "Funded")
    assert "Contratos" in answer.json()["detail"]
    assert answer["Content-Language"] == "es"
    assert call.get(f"application/{found['applicationId']}").json()["approvalStatus"] == "Contracts"


@pytest.mark.requirement("R56", "R61")
def test_an_invoice_over_the_limit_is_refused(call: Caller) -> None:
    found = applied(call)
    item = ITEMS[0] | {"priceEach": "750.01", "quantity": 2, "lineTotal": "1500.02"}
    answer = cart(call, found, [item])
    assert problem(answer) == (422, "invoice_total")
    assert "$1,500.00" in answer.json()["detail"]
    assert Lease.objects.get().status == "approved"


@pytest.mark.requirement("R63")
@pytest.mark.parametrize(
    ("line", "code"),
    [
        ({"lineNumber": 1, "sku": "SOFA-4", "quantity": 1}, "swapped_item"),
        ({"lineNumber": 9, "quantity": 1}, "added_item"),
        ({"lineNumber": 1, "quantity": 3}, "return_quantity"),
        ({"lineNumber": 1, "quantity": 0, "priceEach": "400.01"}, "price_increase"),
        ({"lineNumber": 1, "quantity": 0}, "nothing_returned"),
    ],
)
def test_a_return_is_of_what_was_sold(line: dict[str, Any], code: str, call: Caller) -> None:
    found = applied(call)
    cart(call, found)
    sign(call, found)
    body = {"applicationId": found["applicationId"], "dateOfReturn": today()}
    answer = call.post("application/return", body | {"merchandiseItems": [line]})
    assert problem(answer) == (422, code)
    assert call.get(f"application/{found['applicationId']}").json()["invoiceTotal"] == "999.99"


@pytest.mark.requirement("R63")
def test_a_return_before_signing_is_refused(call: Caller) -> None:
    found = applied(call)
    cart(call, found)
    body = {"applicationId": found["applicationId"], "dateOfReturn": today()}
    assert problem(call.post("application/return", body)) == (409, "return_before_signing")


# --- the request ---------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "price", ["-1", -1, "1.005", 1.005, "1e2", "١", "NaN", "", " ", "1_0", "12345678", 1e400, True,
              None, [], {}, "0x1", "1.", ".5", 10_000_000],
)  # fmt: skip
def test_an_amount_is_dollars_with_two_decimals_at_most(price: Any, call: Caller) -> None:
    found = applied(call)
    item = ITEMS[0] | {"priceEach": price}
    body = {"applicationId": found["applicationId"], "merchantTransactionId": "F", "items": [item]}
    if price == 1e400:
        text = json.dumps(body).replace("Infinity", "1e400").encode()
        assert faults(call.post("cart", text)) == {("/items/0/priceEach", "money")}
    else:
        assert faults(call.post("cart", body)) == {("/items/0/priceEach", "money")}


@pytest.mark.parametrize("count", ["1e999999", "1e999999999", "-1e999999", "1e-999999"])
def test_a_count_of_a_million_digits_is_refused_at_once(count: str, call: Caller) -> None:
    item = ITEMS[0] | {"quantity": "COUNT"}
    body = {"applicationId": str(uuid4()), "merchantTransactionId": "F", "items": [item]}
    text = json.dumps(body).replace('"COUNT"', count).encode()
    began = effort()
    answer = call.post("cart", text)
    assert effort() - began < 5
    assert {place for place, _ in faults(answer)} == {"/items/0/quantity"}


@pytest.mark.parametrize("price", ["0e-999999", "-0", "0e999999"])
def test_a_zero_has_two_places(price: str, call: Caller) -> None:
    found = applied(call)
    free = ITEMS[0] | {"lineNumber": 2, "priceEach": "P", "quantity": 1, "lineTotal": "P"}
    body = {"applicationId": found["applicationId"], "merchantTransactionId": "F",
            "items": [ITEMS[0], free]}  # fmt: skip
    answer = call.post("cart", json.dumps(body).replace('"P"', price).encode())
    assert answer.status_code == 200, answer.json()


def test_an_amount_was_never_a_float(call: Caller) -> None:
    """0.1 × 3 is 0.30000000000000004 in floats, and that isn't a cent amount."""
    found = applied(call)
    item = ITEMS[0] | {"priceEach": 0.1, "quantity": 3, "lineTotal": 0.3}
    assert cart(call, found, [item]).json()["invoiceTotal"] == "0.30"


def test_each_wrong_field_is_pointed_at(call: Caller) -> None:
    answer = call.post("application", {
        "storeID": "LUNA-1", "customer": {"name": "C\u0000", "email": "c@x.es", "language": "fr",
                                          "a/b~c": 1}, "merchandise": "x" * 201,
    })  # fmt: skip
    assert faults(answer) == {
        ("/storeId", "required"),
        ("/storeID", "unknown_field"),
        ("/customer/name", "format"),
        ("/customer/language", "choice"),
        ("/customer/a~1b~0c", "unknown_field"),
        ("/merchandise", "too_long"),
    }
    customer = CUSTOMER | {"email": "nobody", "phone": "12"}
    answer = call.post("application", APPLICATION | {"customer": customer})
    assert faults(answer) == {("/customer/phone", "phone")}
    for phone, code in (
        ("555-0134", "phone_area_code"),
        ("(210) 555-0134 x5", "phone_extension"),
    ):
        answer = call.post("application", APPLICATION | {"customer": CUSTOMER | {"phone": phone}})
        assert faults(answer) == {("/customer/phone", code)}
    answer = call.post("application", APPLICATION | {"customer": CUSTOMER | {"email": "nobody"}})
    assert faults(answer) == {("/customer/email", "email")}
    assert faults(call.get("application")) == {("accountNumber", "required")}
    assert not Lease.objects.exists()


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "This email address can’t be used. Enter another one."),
        ("es", "No se puede usar este correo. Escriba otro."),
    ],
)
def test_an_address_of_staff_is_no_other_answer_than_one_that_is_none(
    call: Caller, ana: User, language: str, words: str
) -> None:
    for email in (ana.email.upper(), "nobody"):
        answer = call.post("application", APPLICATION | {"customer": CUSTOMER | {"email": email}},
                           **{"Accept-Language": language})  # fmt: skip
        assert answer.status_code == 422
        assert answer.json()["errors"] == [
            {"pointer": "/customer/email", "code": "email", "detail": words}
        ]


def test_fields_are_explained_in_spanish_too(call: Caller) -> None:
    answer = call.post("sign", {}, **{"Accept-Language": "es"})
    assert answer.json()["title"] == "Hay campos no válidos"
    assert answer.json()["errors"][0]["detail"] == "Este campo es obligatorio."
    customer = CUSTOMER | {"language": "fr"}
    answer = call.post("application", {"storeId": "x", "customer": customer},
                       **{"Accept-Language": "es"})  # fmt: skip
    assert answer.json()["errors"][0]["detail"] == "Use uno de estos valores: en, es."
    answer = call.post("cart", {"applicationId": str(uuid4()), "merchantTransactionId": "1",
                                "items": ITEMS, "paymentFrequency": "x"})  # fmt: skip
    [frequency] = answer.json()["errors"]
    assert frequency["detail"] == "Use one of these values: weekly, biweekly, semimonthly, monthly."


@pytest.mark.parametrize("body", [b" ", b"{", b"\xff\xfe", b'{"a": NaN}', b"1" * 5000])
def test_what_is_no_json_is_said_so(body: bytes, call: Caller) -> None:
    answer = call.post("sign", body)
    assert problem(answer) == (400, "bad_json")


@pytest.mark.parametrize("body", [[], "text", 1, None, True, {"applicationId": "\ud800"},
                                  {"applicationId": "x\u0000"}])  # fmt: skip
def test_json_of_another_shape_is_no_request(body: Any, call: Caller) -> None:
    assert problem(call.post("sign", body)) == (422, "invalid_request")


def test_a_body_is_json_and_of_some_size(call: Caller) -> None:
    answer = call.client.post("/api/v1/sign", {"applicationId": "1"})
    assert problem(answer) == (415, "unsupported_media_type")
    assert problem(call.post("sign", b" " * (3 * 1024 * 1024))) == (413, "too_large")


def test_what_django_refuses_is_a_problem_too(call: Caller) -> None:
    assert problem(call.get("nowhere")) == (404, "not_found")
    assert problem(call.client.post("/api/nowhere")) == (404, "not_found")
    assert problem(call.get("", Host="elsewhere.example")) == (400, "bad_request")
    for method, path in (("PUT", "cart"), ("GET", "cart"), ("DELETE", "application"),
                         ("GET", "application/return"), ("POST", "openapi.json")):  # fmt: skip
        answer = call.client.generic(method, f"/api/v1/{path}", headers={"Accept-Language": "es"})
        assert problem(answer) == (405, "method_not_allowed")
        assert answer["Allow"]
        assert answer["Content-Language"] == "es"


def test_every_code_stands_in_the_docs() -> None:
    text = (Path(__file__).parents[3] / "docs/api/README.md").read_text(encoding="utf-8")
    codes = {*KINDS, *(fault.code for fault in FAULTS.values())}
    assert {code for code in codes if f"`{code}`" not in text} == set()


def test_a_fault_of_ours_is_a_problem_that_says_nothing_of_it(
    call: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: Any, **more: Any) -> None:
        raise RuntimeError("secret")

    monkeypatch.setattr("leases.api.endpoints.read", fail)
    answer = call.get(f"application/{uuid4()}")
    assert problem(answer) == (500, "internal")
    assert "secret" not in answer.content.decode()


# --- bodies that no request needs ----------------------------------------------------------------
def test_very_many_unknown_fields_are_refused_without_being_worded(call: Caller) -> None:
    body = json.dumps({f"X{number}": 1 for number in range(100_000)}).encode()
    answer = call.post("application", body)
    assert problem(answer) == (413, "too_large")
    assert len(answer.content) < 1_000


def test_of_many_faults_the_first_are_told_and_the_others_counted(call: Caller) -> None:
    answer = call.post("application", {**APPLICATION, **{f"X{n}": 1 for n in range(1_000)}})
    assert problem(answer) == (422, "invalid_request")
    body = answer.json()
    assert (len(body["errors"]), body["errorsLeftOut"]) == (50, 950)
    assert len(answer.content) < 10_000


def test_a_very_long_name_of_a_field_is_not_said_back(call: Caller) -> None:
    answer = call.post("application", {**APPLICATION, "X" * 100_000: 1})
    assert faults(answer) == {("/" + "X" * 80, "unknown_field")}


@pytest.mark.parametrize("body", [b"[" * 100_000, b'{"a":' * 20 + b"1" + b"}" * 20])
def test_a_very_deep_body_is_refused(call: Caller, body: bytes) -> None:
    assert problem(call.post("application", body)) == (413, "too_large")


def test_brackets_inside_words_are_words(call: Caller, luna: Store) -> None:
    named = {**CUSTOMER, "name": 'Carla "[[[[[[[[[[[[[[[[[[[[" Peña\\'}
    assert call.post("application", {**APPLICATION, "customer": named}).status_code == 201
