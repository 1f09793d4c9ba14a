"""What merchants' systems send, under the field names they know."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints, WithJsonSchema

from accounts.enums import Language
from leases.actions import Applicant, InvoiceItem, ReturnedItem
from leases.api.values import FILLED, Body, Day, Money, Number, NumberOrNone, text
from leases.enums import Frequency
from leases.money import ZERO

MOST_LINES = 200
NAME = r"^[A-Za-z][A-Za-z0-9]{0,39}$"


class Applying(Body):
    """The customer as given in the application. We find known customers by email address."""

    name: Annotated[str, text(120)]
    email: Annotated[str, text(254)]
    phone: Annotated[str, text(40, least=0)] = ""
    language: Language = Field(description="The language the customer wants us to write in.")

    def applicant(self) -> Applicant:
        return Applicant(**self.model_dump())


class NewApplication(Body):
    store_id: Annotated[str, text(40)] = Field(description="The store's code.")
    program_code: Annotated[str, text(40)] | None = Field(
        None, description="Required if the merchant has several programs."
    )
    merchandise: Annotated[str, text(200, least=0)] = ""
    customer: Applying


class OptIn(Body):
    """More about the customer. It goes to the decision system, and we don’t store it. Of `ssnLast4`
    or `ssn`, we keep a keyed digest of the last four digits, which is only ever compared.
    """

    data: Annotated[
        dict[Annotated[str, StringConstraints(pattern=NAME)], Annotated[str, text(200)]],
        Field(min_length=1, max_length=40),
        WithJsonSchema(
            {
                "type": "object",
                "minProperties": 1,
                "maxProperties": 40,
                "patternProperties": {
                    NAME: {"type": "string", "pattern": FILLED, "maxLength": 200}
                },
                "additionalProperties": False,
                "examples": [{"monthlyIncome": "3200"}],
            }
        ),
    ]


class Item(Body):
    """A line of the invoice. `lineTotal` is `priceEach` × `quantity`."""

    line_number: Number
    sku: Annotated[str, text(60, least=0)] = ""
    model: Annotated[str, text(80, least=0)] = ""
    description: Annotated[str, text(200)]
    price_each: Money
    quantity: Number
    line_total: Money

    def line(self) -> InvoiceItem:
        return InvoiceItem(**self.model_dump())


class Cart(Body):
    application_id: UUID
    merchant_transaction_id: Annotated[str, text(40)] = Field(description="Invoice number.")
    items: Annotated[list[Item], Field(min_length=1, max_length=MOST_LINES)]
    payment_frequency: Frequency | None = Field(
        None,
        description="One that the program offers. Leave it out for the one sent before, or else "
        "the program’s first. Refused if the lease has no program.",
    )
    first_payment_date: Day | None = Field(
        None,
        description="Leave it out for the date sent before, or else a week after the delivery. If "
        "the date has passed by the delivery, payments start on their next date. Refused if the "
        "lease has no program.",
    )

    def total(self) -> Decimal:
        return sum((item.line_total for item in self.items), ZERO)


class Signature(Body):
    """The callback of the e-signature service: the customer signed."""

    application_id: UUID
    signature_date: Day | None = Field(
        None, description="Leave it out for today. It can’t be before the invoice."
    )


class Delivery(Body):
    application_id: UUID
    delivery_date: Day | None = Field(
        None,
        description="Leave it out for today. Until the deadline passes, you can send an earlier "
        "date. After it, a delivery made on time is refused with `needs_approval`.",
    )
    shipping_provider: Annotated[str, text(60, least=0)] = ""
    tracking_id: Annotated[str, text(80, least=0)] = ""


class ReturnedLine(Body):
    """A line that comes back or costs less from now on. A different item isn’t a return."""

    line_number: Number
    quantity: NumberOrNone = Field(description="How many come back. Use 0 for a lower price only.")
    sku: Annotated[str, text(60, least=0)] = Field(
        "", description="Refused if the line has a different one."
    )
    price_each: Money | None = Field(None, description="The lower price of the items kept.")

    def item(self) -> ReturnedItem:
        return ReturnedItem(**self.model_dump())


class Return(Body):
    application_id: UUID
    date_of_return: Day
    merchandise_items: Annotated[list[ReturnedLine], Field(max_length=MOST_LINES)] = Field(
        [], description="Leave it empty for the whole order."
    )
    invoice_total: Money | None = Field(None, description="The new total of the invoice.")
    reason: Annotated[str, text(500, least=0)] = ""
