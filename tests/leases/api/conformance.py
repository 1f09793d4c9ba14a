"""What schemathesis can't know about the API (SCHEMATHESIS_HOOKS).

Loaded into its process, which has no Django apps: nothing here may import a model.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import schemathesis
from django.utils import timezone
from hypothesis import strategies as st

from common.company_day import company_zone

#: Errors in bodies that follow the document, which can't say everything.
BEYOND_FORM = {
    "money",
    "phone",
    "phone_area_code",
    "phone_extension",
    "email",
    "invalid",
    "max_length",
}
#: The sandbox engine's answers, by email address.
ADDRESSES = ["a@example.com", "b+prequalified@example.com", "c+down@example.com"]

schemathesis.openapi.format("date", st.dates(date(2000, 1, 1), date(2099, 12, 31)).map(str))


def is_positive(case: Any) -> bool:
    return case.meta is not None and case.meta.generation.mode.is_positive


@schemathesis.hook
def before_call(context: Any, case: Any, kwargs: Any) -> None:
    """Every other well-formed request also makes sense, so that the lease moves on."""
    body = case.body
    if not is_positive(case) or not isinstance(body, dict) or len(str(body)) % 2:
        return
    if "storeId" in body:
        email = ADDRESSES[len(str(body)) // 2 % len(ADDRESSES)]
        body |= {"storeId": "LUNA-1", "programCode": None}
        body["customer"] |= {"name": "Carla", "email": email, "phone": ""}
    for number, item in enumerate(body.get("items", []), start=1):
        quantity = int(item["quantity"]) % 5 + 1
        item |= {"lineNumber": number, "priceEach": "0.50", "quantity": quantity,
                 "lineTotal": f"{quantity * 0.5:.2f}"}  # fmt: skip
    for name in ("paymentFrequency", "firstPaymentDate", "deliveryDate", "merchandiseItems",
                 "invoiceTotal"):  # fmt: skip
        body.pop(name, None)
    if "dateOfReturn" in body:  # today where the company is
        now = timezone.now().astimezone(company_zone())
        body["dateOfReturn"] = now.date().isoformat()


@schemathesis.check
def form_is_documented(ctx: Any, response: Any, case: Any) -> None:
    """A body of the documented form is never refused for its form."""
    if is_positive(case) and response.status_code == 422:
        body = response.json()
        if body["code"] == "invalid_request":
            assert {each["code"] for each in body["errors"]} <= BEYOND_FORM, body


@schemathesis.check
def refusals_are_problems(ctx: Any, response: Any, case: Any) -> None:
    if response.status_code >= 400 and response.content:
        body = response.json()
        assert body["status"] == response.status_code
        assert body["type"] == f"urn:puente:problem:{body['code']}"
    assert "no-store" in str(response.headers.get("cache-control"))
