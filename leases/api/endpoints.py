"""The API's endpoints, which call the same actions as the pages."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Path, Query, Router

from leases import actions
from leases.api import answers, bodies
from leases.api.leases import by_id, caller, own, read, shown
from leases.api.once import Write, answering, said
from leases.api.parties import program_of, store_of
from leases.api.values import text
from leases.enums import ReturnOutcome

router = Router()
Id = Annotated[UUID, Path(alias="applicationId")]
Application = answers.Application


@router.post("/application", response={201: Application}, by_alias=True)
@answering(201)
def apply(request: HttpRequest, body: bodies.NewApplication) -> Write:
    """Apply for a lease. The response has the account number and, if approved, the limit.

    `Pending/In-Process` means that the decision system isn’t available: the customer contacts
    merchant services. After a lease expires, a new application replaces it.
    """
    now = timezone.now()
    store = store_of(caller(request), body.store_id)
    program = program_of(caller(request), body.program_code)
    applicant = body.customer.applicant()
    decision = actions.ask_engine(
        applicant=applicant, store=store, program=program, merchandise=body.merchandise, now=now
    )

    def write() -> Application:
        lease = actions.record_application(
            applicant=applicant, store=store, program=program, merchandise=body.merchandise,
            decision=decision, by=caller(request), now=now,
        )  # fmt: skip
        return shown(lease, now)

    return write


@router.get("/application", response=Application, by_alias=True)
def find_application(
    request: HttpRequest,
    account_number: Annotated[str, text(20), Query(alias="accountNumber")],
) -> HttpResponse:
    """Find a lease by its account number. The response has its status as of now."""
    return said(read(own(request), timezone.now(), account_number=account_number))


@router.post("/application/return", response=answers.ReturnAnswer, by_alias=True)
@answering()
def return_merchandise(request: HttpRequest, body: bodies.Return) -> Write:
    """Report that merchandise came back or costs less. Before the signature, send `cart` again.

    If the lease is signed and not delivered, returning the whole order voids the contract: the
    account number stays and is Approved again. Returning some lines or lowering a price corrects
    the invoice. If the lease is delivered, a return is opened and the status stays. A different
    item or a higher price isn’t a return.
    """
    now = timezone.now()
    lease = by_id(request, body.application_id)

    def write() -> answers.ReturnAnswer:
        returned = actions.return_merchandise(
            lease=lease, returned_on=body.date_of_return,
            items=[each.item() for each in body.merchandise_items],
            invoice_total=body.invoice_total, reason=body.reason, by=caller(request), now=now,
        )  # fmt: skip
        return answers.ReturnAnswer(
            outcome=ReturnOutcome(returned.outcome),
            date_of_return=returned.returned_on,
            application=shown(lease, now),
        )

    return write


@router.get("/application/{applicationId}", response=Application, by_alias=True)
def read_application(request: HttpRequest, application_id: Id) -> HttpResponse:
    """Read a lease as it is now: status, limit, deadline, days left and history."""
    return said(read(own(request), timezone.now(), application_id=application_id))


@router.post("/application/{applicationId}/opt-in", response=Application, by_alias=True)
@answering()
def opt_in(request: HttpRequest, application_id: Id, body: bodies.OptIn) -> Write:
    """Send more about the customer of a Prequalified or Pre-Approved lease for a new decision.

    If the decision system isn’t available, you get 503 and nothing changes.
    """
    now = timezone.now()
    lease = by_id(request, application_id)
    answer = actions.ask_about(lease=lease, data=body.data, now=now)

    def write() -> Application:
        actions.take_answer(lease=lease, answer=answer, data=body.data, by=caller(request), now=now)
        actions.keep_ssn_digits(lease=lease, data=body.data)
        return shown(lease, now)

    return write


@router.get("/application/{applicationId}/return", response=answers.ReturnCheck, by_alias=True)
def check_return(request: HttpRequest, application_id: Id) -> HttpResponse:
    """Check whether merchandise can come back now, and what returning all of it would do."""
    found = actions.return_availability(by_id(request, application_id), timezone.now())
    return said(answers.ReturnCheck.of(found))


@router.post("/cart", response=Application, by_alias=True)
@answering()
def cart(request: HttpRequest, body: bodies.Cart) -> Write:
    """Send the invoice of an Approved lease. Its status becomes Contracts.

    The days to deliver start now. Send it again before the signature to replace the earlier
    invoice; the days keep running from the first one.
    """
    now = timezone.now()
    lease = by_id(request, body.application_id)

    def write() -> Application:
        actions.submit_invoice(
            lease=lease, number=body.merchant_transaction_id, total=body.total(),
            lines=[each.line() for each in body.items], frequency=body.payment_frequency or "",
            first_due_on=body.first_payment_date, by=caller(request), now=now,
        )  # fmt: skip
        return shown(lease, now)

    return write


@router.post("/sign", response=Application, by_alias=True)
@answering()
def sign(request: HttpRequest, body: bodies.Signature) -> Write:
    """Report the signature. The status becomes Contracts Received, then at once Lease Accepted."""
    now = timezone.now()
    lease = by_id(request, body.application_id)

    def write() -> Application:
        actions.sign(lease=lease, signed_on=body.signature_date, by=caller(request), now=now)
        return shown(lease, now)

    return write


@router.post("/cart/delivery", response=Application, by_alias=True)
@answering()
def deliver(request: HttpRequest, body: bodies.Delivery) -> Write:
    """Report the delivery. The status becomes Funded as of the delivery date.

    It’s refused before the signature. After the deadline, you get 409 with `needs_approval` if the
    merchandise was delivered on time: merchant services reports the actual date, and a supervisor
    approves it.
    """
    now = timezone.now()
    lease = by_id(request, body.application_id)

    def write() -> Application:
        actions.confirm_delivery(
            lease=lease, delivered_on=body.delivery_date,
            shipping_provider=body.shipping_provider, tracking_id=body.tracking_id,
            by=caller(request), now=now,
        )  # fmt: skip
        return shown(lease, now)

    return write
