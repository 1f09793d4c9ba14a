#!/usr/bin/env python3
"""Walk leases through the merchants' API: one to Funded, two returns, one expiry.

A plain HTTP client: Python 3.11 and nothing else. Read `Client` for how to call the API, the
functions below it for what a merchant's system does.
"""

from __future__ import annotations

import argparse
import json
import os
import shlex
import subprocess
import sys
import time
import urllib.error
import urllib.request
import uuid
from datetime import datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

EXAMPLE = """\
example, beside a running `make demo`:

  export PUENTE_API_KEY=$(.venv/bin/python manage.py create_api_key "Mueblería Luna" \\
      --name "Walkthrough" --by irene@puente.example)
  python3 docs/api/walkthrough.py http://127.0.0.1:8000 --store 001 \\
      --manage ".venv/bin/python manage.py"

It makes customers at example.com. Exit codes: 0 all went as told here, 1 an answer was another one,
2 wrong usage, 3 the server cannot be reached. Not for a server in production.
"""
TRIES = 5


class UnexpectedError(Exception):
    """The API answered otherwise than this script expects."""


class Client:
    """A merchant's system: JSON, a key, and a name for each request so that it may be repeated."""

    def __init__(self, address: str, key: str, language: str) -> None:
        self.root = address.rstrip("/") + "/api/v1/"
        self.headers = {"Authorization": f"Bearer {key}", "Accept-Language": language}

    def get(self, path: str, expect: int = 200) -> dict[str, Any]:
        return self._call("GET", path, None, {}, expect)

    def post(
        self, path: str, body: dict[str, Any], expect: int = 200, name: str = ""
    ) -> dict[str, Any]:
        headers = {
            "Content-Type": "application/json",
            # The same for every try of one request: then it is carried out once.
            "Idempotency-Key": name or str(uuid.uuid4()),
        }
        return self._call("POST", path, json.dumps(body).encode(), headers, expect)

    def _call(
        self, method: str, path: str, body: bytes | None, headers: dict[str, str], expect: int
    ) -> dict[str, Any]:
        for attempt in range(1, TRIES + 1):
            request = urllib.request.Request(  # noqa: S310  (main has looked at the scheme)
                self.root + path, body, self.headers | headers, method=method
            )
            try:
                with urllib.request.urlopen(request, timeout=30) as response:  # noqa: S310
                    status, answer, wait = response.status, json.load(response), None
            except urllib.error.HTTPError as error:
                status, answer = error.code, json.load(error)
                wait = error.headers.get("Retry-After")
            if wait is None or status == expect or attempt == TRIES:
                break
            time.sleep(min(int(wait), 60))  # too many, busy, or the same request still at work
        if status != expect:
            raise UnexpectedError(f"{method} {path}: {status} instead of {expect}: {answer}")
        print(f"  {method:4} {path:60} {status}  {said(answer)}")
        found: dict[str, Any] = answer
        return found


def said(answer: dict[str, Any]) -> str:
    """An answer in a few words."""
    if "detail" in answer:
        return f"{answer['code']}: {answer['detail']}"
    if "available" in answer:
        return answer["reason"] or f"available, {answer['outcome']}"
    lease = answer.get("application", answer)
    days = "" if lease["daysLeft"] is None else f", {lease['daysLeft']} days left"
    return f"{lease['accountNumber']} {lease['approvalStatus']}{days}"


def check(told: str, found: object, expected: object) -> None:
    if found != expected:
        raise UnexpectedError(f"{told}: {found!r} instead of {expected!r}")


def apply(client: Client, store: str, customer: dict[str, str] | None = None) -> dict[str, Any]:
    """The account number comes with any answer, the limit with an approval."""
    who = f"walkthrough-{uuid.uuid4().hex}@example.com"
    new = {"name": "Carla Peña", "email": who, "phone": "(210) 555-0134", "language": "es"}
    lease = client.post(
        "application", {"storeId": store, "merchandise": "Sofá", "customer": customer or new}, 201
    )
    check("status", lease["approvalStatus"], "Approved")
    lease["customer"] = customer or new
    return lease


def invoice(client: Client, lease: dict[str, Any], number: str) -> dict[str, Any]:
    """Two sofas for half of the limit and a table, well within it."""
    sofa = (Decimal(lease["approvalLimit"]) / 4).quantize(Decimal("0.01"))
    items = [
        {"lineNumber": 1, "sku": "SOFA-3", "model": "Oslo", "description": "Sofá de tres plazas",
         "priceEach": str(sofa), "quantity": 2, "lineTotal": str(sofa * 2)},
        {"lineNumber": 2, "sku": "MESA-1", "description": "Mesa", "priceEach": "99.90",
         "quantity": 1, "lineTotal": "99.90"},
    ]  # fmt: skip
    body = {"applicationId": lease["applicationId"], "merchantTransactionId": number}
    answer = client.post("cart", body | {"items": items})
    check("status", answer["approvalStatus"], "Contracts")
    check("invoice total", answer["invoiceTotal"], str(sofa * 2 + Decimal("99.90")))
    return answer


def to_funded(client: Client, store: str) -> dict[str, Any]:
    print("\nAn application, its invoice, the signature, the delivery:")
    lease = apply(client, store)
    body = {"applicationId": lease["applicationId"]}
    invoice(client, lease, "F-1001")
    early = client.post("cart/delivery", body, 409)
    check("refused change", (early["from"], early["to"]), ("Contracts", "Funded"))
    name = str(uuid.uuid4())
    signed = client.post("sign", body, name=name)
    check("status", signed["approvalStatus"], "Lease Accepted")
    check("the same request again", client.post("sign", body, name=name), signed)
    shipped = {"shippingProvider": "Transportes Luna", "trackingId": "1Z999AA10123456784"}
    funded = client.post("cart/delivery", body | shipped)
    check("status", funded["approvalStatus"], "Funded")
    path = [each["to"] for each in client.get(f"application/{lease['applicationId']}")["history"]]
    check(
        "history",
        path,
        ["Approved", "Contracts", "Contracts Received", "Lease Accepted", "Funded"],
    )
    return funded


def to_returns(client: Client, store: str, funded: dict[str, Any], today: str) -> None:
    print("\nReturns: before the signature, of one line, of the whole order, after the delivery:")
    lease = apply(client, store)
    where = f"application/{lease['applicationId']}/return"
    invoice(client, lease, "F-1002")
    back = {"applicationId": lease["applicationId"], "dateOfReturn": today}
    check("before signing", client.get(where)["available"], False)
    client.post("application/return", back, 409)
    client.post("sign", {"applicationId": lease["applicationId"]})
    check("outcome", client.get(where)["outcome"], "voided")
    swapped = {"lineNumber": 2, "sku": "MESA-2", "quantity": 1}
    client.post("application/return", back | {"merchandiseItems": [swapped]}, 422)
    table = {"lineNumber": 2, "sku": "MESA-1", "quantity": 1}
    answer = client.post("application/return", back | {"merchandiseItems": [table]})
    check("outcome", answer["outcome"], "amended")
    check("status", answer["application"]["approvalStatus"], "Lease Accepted")
    answer = client.post("application/return", back)
    check("outcome", answer["outcome"], "voided")
    again = answer["application"]
    check("status", again["approvalStatus"], "Approved")
    check("account number", again["accountNumber"], lease["accountNumber"])
    late = {"applicationId": funded["applicationId"], "dateOfReturn": today}
    answer = client.post("application/return", late | {"merchandiseItems": [table]})
    check("outcome", answer["outcome"], "opened")
    check("status", answer["application"]["approvalStatus"], "Funded")


def to_expiry(client: Client, store: str, manage: str) -> None:
    print("\nAn invoice, and 60 days without delivery:")
    lease = apply(client, store)
    invoice(client, lease, "F-1003")
    command = [*shlex.split(manage), "let_days_pass", lease["accountNumber"], "60"]
    print(f"  $ {shlex.join(command)}")
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603  (as it was given)
    expired = client.get(f"application?accountNumber={lease['accountNumber']}")
    check("status", expired["approvalStatus"], "Contracts Expired")
    refused = client.post("cart/delivery", {"applicationId": lease["applicationId"]}, 409)
    check("refused change", (refused["from"], refused["to"]), ("Contracts Expired", "Funded"))
    anew = apply(client, store, lease["customer"])
    check("supersedes", anew["supersedes"], lease["applicationId"])


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, epilog=EXAMPLE, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("address", help="where Puente runs, for example http://127.0.0.1:8000")
    parser.add_argument("--store", required=True, metavar="CODE", help="one of the key's stores")
    parser.add_argument(
        "--key", default=os.environ.get("PUENTE_API_KEY"), help="else PUENTE_API_KEY is read"
    )
    parser.add_argument(
        "--time-zone", default="America/Chicago", help="BUSINESS_TIME_ZONE of the server"
    )
    parser.add_argument("--language", default="en", choices=("en", "es"))
    parser.add_argument(
        "--manage", metavar="COMMAND", required=True,
        help="how to call manage.py of this server, to let 60 days pass for one lease",
    )  # fmt: skip
    arguments = parser.parse_args()
    if not arguments.address.startswith(("http://", "https://")):
        parser.error(f"{arguments.address!r} begins neither with http:// nor with https://")
    if not arguments.key:
        parser.error("there is no key: set PUENTE_API_KEY or use --key")
    client = Client(arguments.address, arguments.key, arguments.language)
    try:
        funded = to_funded(client, arguments.store)
        now = datetime.now(ZoneInfo(arguments.time_zone))  # noqa: TID251 - knows nothing of Puente
        today = now.date().isoformat()
        to_returns(client, arguments.store, funded, today)
        to_expiry(client, arguments.store, arguments.manage)
    except UnexpectedError as error:
        print(f"\nNot as expected: {error}", file=sys.stderr)
        return 1
    except (urllib.error.URLError, subprocess.CalledProcessError, OSError) as error:
        print(f"\n{error}", file=sys.stderr)
        return 3
    print("\nAll as expected.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
