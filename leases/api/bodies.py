"""What merchants' systems send, by the field names they know."""

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
    """The customer as the application says it; known customers are found by e-mail address."""

    name: Annotated[str, text(120)]
    email: Annotated[str, text(254)]
    phone: Annotated[str, text(40, least=0)] = ""
    language: Language = Field(description="The language the customer wants to be written in.")

    def applicant(self) -> Applicant:
        return Applicant(**self.model_dump())


class NewApplication(Body):
    store_id: Annotated[str, text(40)] = Field(description="The store's code.")
    program_code: Annotated[str, text(40)] | None = Field(
        None, description="Needed if the merchant has several programs; the only one is taken."
    )
    merchandise: Annotated[str, text(200, least=0)] = ""
    customer: Applying


class OptIn(Body):
    """More about the customer. It goes to the decision engine and is kept nowhere."""

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
    """A line of the invoice; `lineTotal` is `priceEach` × `quantity`."""

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
        description="One of the program's; without it, the program's first, or what was sent "
        "before. Refused where there is no program.",
    )
    first_payment_date: Day | None = Field(
        None,
        description="Without it, a week after the delivery, or what was sent before. If it is over "
        "by the delivery, the payments begin with the next of their days. Refused where there is "
        "no program.",
    )

    def total(self) -> Decimal:
        return sum((item.line_total for item in self.items), ZERO)


class Signature(Body):
    """The callback of the e-signature service: the customer has signed."""

    application_id: UUID
    signature_date: Day | None = Field(
        None, description="Without it, today. Not before the invoice."
    )


class Delivery(Body):
    application_id: UUID
    delivery_date: Day | None = Field(
        None,
        description="Without it, today. An earlier day is taken while the deadline has not passed;"
        " after it, a delivery made in time is refused with `needs_approval`.",
    )
    shipping_provider: Annotated[str, text(60, least=0)] = ""
    tracking_id: Annotated[str, text(80, least=0)] = ""


class ReturnedLine(Body):
    """A line that comes back, or costs less from now on; other items are no return."""

    line_number: Number
    quantity: NumberOrNone = Field(description="How many come back; 0 for a lower price only.")
    sku: Annotated[str, text(60, least=0)] = Field(
        "", description="Refused if the line has another one."
    )
    price_each: Money | None = Field(None, description="The lower price of those that stay.")

    def item(self) -> ReturnedItem:
        return ReturnedItem(**self.model_dump())


class Return(Body):
    application_id: UUID
    date_of_return: Day
    merchandise_items: Annotated[list[ReturnedLine], Field(max_length=MOST_LINES)] = Field(
        [], description="Empty: the whole order."
    )
    invoice_total: Money | None = Field(None, description="What the invoice then adds up to.")
    reason: Annotated[str, text(500, least=0)] = ""
