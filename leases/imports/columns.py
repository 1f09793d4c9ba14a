"""The columns of each file, how a cell is read, and an example for the template."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.enums import Language
from accounts.time_zones import validate_time_zone
from leases.account_numbers import names_an_account
from leases.enums import BuyoutRule, Frequency, LeaseStatus, Part, PaymentMethod
from leases.imports.problems import LineProblem, problem
from leases.money import ZERO, is_in_cents
from leases.phones import phone_to_keep
from leases.us_states import STATES

MOST = Decimal("9999999.99")
#: A date before or after these days is a typing error.
EARLIEST, LATEST = date(1990, 1, 1), date(2099, 12, 31)
_AMOUNT = re.compile(r"\$?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?")


def text(longest: int, *, kept_for_ever: bool = False) -> Callable[[str], str]:
    def read(cell: str) -> str:
        if kept_for_ever and names_an_account(cell):
            raise problem(
                "account_in_text",
                _("Remove the card or bank account number. We never keep those numbers."),
            )
        if len(cell) > longest:
            raise problem("too_long", _("Use at most %(most)s characters."), most=longest)
        if len(cell.splitlines()) > 1:
            raise problem("line_break", _("Enter it on one line."))
        return cell

    return read


def account(cell: str) -> str:
    cell = cell.upper()
    if not re.fullmatch(r"[0-9A-Z-]{1,20}", cell):
        raise problem("account_number", _("Use up to 20 digits, capital letters and hyphens."))
    return cell


def amount(cell: str) -> Decimal:
    value = _dollars(cell)
    if value == ZERO:
        raise problem("amount", _("Enter an amount above zero."))
    return value


def _dollars(cell: str) -> Decimal:
    if not _AMOUNT.fullmatch(cell):
        raise problem(
            "amount", _("This isn’t a valid amount. Enter it like 1234.56, without a minus sign.")
        )
    value = Decimal(cell.replace("$", "").replace(",", ""))
    if not is_in_cents(value):
        raise problem("amount_cents", _("Enter an amount with up to two decimal places."))
    if value > MOST:
        raise problem("amount", _("Enter %(most)s or less."), most=MOST)
    return value


def zero_up_to(most: str) -> Callable[[str], Decimal]:
    """A fee: 0.00 says that there is none, whatever the program has."""

    def read(cell: str) -> Decimal:
        value = _dollars(cell)
        if value > Decimal(most):
            raise problem("amount", _("Enter %(most)s or less."), most=most)
        return value

    return read


def rate(most: int, places: int) -> Callable[[str], Decimal]:
    """With a limited number of decimals: what the column can't hold isn't rounded away."""

    def read(cell: str) -> Decimal:
        if not re.fullmatch(rf"\d{{1,2}}(\.\d{{1,{places}}})?", cell) or Decimal(cell) > most:
            raise problem(
                "rate",
                _("Enter a number from 0 to %(most)s with up to %(places)s decimal places."),
                most=most,
                places=places,
            )
        return Decimal(cell)

    return read


def whole_number(cell: str) -> int:
    if not re.fullmatch(r"[1-9]\d{0,2}", cell):
        raise problem("number", _("Enter a whole number from 1 to 999."))
    return int(cell)


def day(cell: str) -> date:
    try:
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", cell):
            raise ValueError
        found = date.fromisoformat(cell)
    except ValueError:
        raise problem(
            "date", _("This isn’t a valid date. Enter it like 2026-03-04 (year-month-day).")
        ) from None
    if not EARLIEST <= found <= LATEST:
        raise problem(
            "date_range",
            _("Enter a date from %(first)s to %(last)s."),
            first=EARLIEST.isoformat(),
            last=LATEST.isoformat(),
        )
    return found


def email(cell: str) -> str:
    try:
        validate_email(cell)
    except ValidationError:
        raise problem("email", _("This isn’t an email address.")) from None
    return text(254)(cell.lower())


def phone(cell: str) -> str:
    try:
        return phone_to_keep(cell)
    except ValidationError as error:
        raise problem(str(error.code), error.message) from None


def zone(cell: str) -> str:
    try:
        validate_time_zone(cell)
    except ValidationError:
        raise problem(
            "time_zone", _("This isn’t a time zone. Enter one like America/Chicago.")
        ) from None
    return cell


def us_state(cell: str) -> str:
    if cell.upper() not in STATES:
        raise problem("state", _("This isn’t a US state. Enter its two letters, for example, TX."))
    return cell.upper()


def one_of(codes: list[str]) -> Callable[[str], str]:
    def read(cell: str) -> str:
        if cell.lower() not in codes:
            raise problem(
                "choice", _("Enter one of these values: %(codes)s."), codes=", ".join(codes)
            )
        return cell.lower()

    return read


class Column(NamedTuple):
    read: Callable[[str], Any]
    example: str
    required: bool = False


class File(NamedTuple):
    name: str
    label: Promise
    columns: Mapping[str, Column]

    @property
    def required(self) -> set[str]:
        return {name for name, column in self.columns.items() if column.required}


def values(file: File, cells: Mapping[str, str]) -> tuple[dict[str, Any], list[LineProblem]]:
    """The cells' values, None for an empty one, and what is wrong with them."""
    found: dict[str, Any] = {}
    wrong = []
    for name, column in file.columns.items():
        cell = cells.get(name, "")
        found[name] = None
        if not cell:
            if column.required:
                wrong.append(problem("required", _("This field is required."), column=name))
            continue
        try:
            found[name] = column.read(cell)
        except LineProblem as each:
            wrong.append(LineProblem(each.code, each.message, column=name))
    return found, wrong


_CUSTOMER = {
    "customer_email": Column(email, "lucia@example.com", required=True),
    "customer_name": Column(text(120), "Lucía Peña", required=True),
    "customer_phone": Column(phone, "(210) 555-0134"),
    "customer_language": Column(one_of(list(Language.values)), "es", required=True),
    "customer_time_zone": Column(zone, "America/Chicago"),
}
FILES: Mapping[str, File] = {
    "customers": File("customers", _("customers"), _CUSTOMER),
    "leases": File(
        "leases",
        _("leases"),
        {
            "account_number": Column(account, "900012345", required=True),
            **_CUSTOMER,
            "merchant": Column(text(120), "Mueblería Luna", required=True),
            "store": Column(text(120), "Luna San Antonio", required=True),
            "program": Column(text(40), ""),
            "merchandise": Column(text(200), "Sofá seccional"),
            "status": Column(one_of(list(LeaseStatus.values)), "funded", required=True),
            "applied_on": Column(day, "2026-02-03", required=True),
            "approval_limit": Column(amount, "1500.00"),
            "approved_on": Column(day, "2026-02-03"),
            "invoice_number": Column(text(40), "F-77312"),
            "invoice_total": Column(amount, "1000.00"),
            "invoiced_on": Column(day, "2026-02-04"),
            "signed_on": Column(day, "2026-02-05"),
            "delivered_on": Column(day, "2026-02-09"),
            "cash_price": Column(amount, "1000.00"),
            "total_of_payments": Column(amount, "2000.00"),
            "payments": Column(whole_number, "52"),
            "frequency": Column(one_of(list(Frequency.values)), "weekly"),
            "first_due_on": Column(day, "2026-02-16"),
            "state": Column(us_state, "TX"),
            "buyout_rule": Column(one_of(list(BuyoutRule.values)), "discount"),
            "discount_rate": Column(rate(1, 2), "0.65"),
            "option_fee": Column(zero_up_to("99999.99"), ""),
            "tax_rate": Column(rate(30, 3), ""),
        },
    ),
    "payments": File(
        "payments",
        _("payments"),
        {
            "account_number": Column(account, "900012345", required=True),
            "payment_id": Column(text(80, kept_for_ever=True), "P-000123", required=True),
            "paid_on": Column(day, "2026-02-16", required=True),
            "amount": Column(amount, "38.46", required=True),
            "part": Column(one_of(list(Part.values)), "rent"),
            "method": Column(one_of(list(PaymentMethod.values)), "bank"),
            "reference": Column(text(80, kept_for_ever=True), ""),
        },
    ),
}
