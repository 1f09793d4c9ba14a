"""Which steps a lease may take now, as forms."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, Literal

from django import forms

from accounts.models import User
from common.company_day import business_day
from leases import actions
from leases.actions.enter_terms import may_have_terms
from leases.actions.reapply import may_be_superseded
from leases.enums import LeaseStatus as S
from leases.forms import (
    DeliveryForm,
    InvoiceForm,
    LateDeliveryForm,
    ReapplicationForm,
    ReturnForm,
    SignatureForm,
    TermsForm,
)
from leases.lifecycle import ENDED_BY_CLOCK, ORDER_CHANGES, OrderChange, allows
from leases.models import Lease
from leases.queries.late_reports import could_be_delivered
from leases.queries.returns import Availability

StepName = Literal[
    "invoice", "terms", "signature", "delivery", "late_delivery", "returns", "reapplication"
]
#: What the page shows next to the forms: what a return would do, or why none is possible.
StepOrAvailability = StepName | Literal["availability"]


def step_forms(
    lease: Lease, user: User, now: datetime
) -> dict[StepOrAvailability, forms.Form | Availability]:
    """What merchant services may do now; empty for anyone else."""
    if not user.decides_leases:
        return {}
    status = lease.status_at(now)
    found = actions.return_availability(lease, now)
    legal: dict[StepName, bool] = {
        "invoice": ORDER_CHANGES[status] == OrderChange.INVOICE,
        "terms": may_have_terms(status) and not hasattr(lease, "terms"),
        "signature": allows(status, S.CONTRACTS_RECEIVED),
        "delivery": status not in ENDED_BY_CLOCK and allows(status, S.FUNDED),
        "late_delivery": could_be_delivered(lease, now)
        and not lease.late_reports.open().exists()
        and not Lease.objects.filter(supersedes=lease).exists(),
        "returns": found.available,
        "reapplication": may_be_superseded(lease, now)
        and not Lease.objects.filter(supersedes=lease).exists(),
    }
    offered: dict[StepOrAvailability, forms.Form | Availability] = {
        name: step_form(name, lease, now) for name, is_legal in legal.items() if is_legal
    }
    if found.code != "nothing_to_return":
        offered["availability"] = found
    return offered


def step_form(name: StepName, lease: Lease, now: datetime, data: Any = None) -> forms.Form:
    return _MADE[name](lease, now, data=data, auto_id=f"{name}-%s")


def _invoice(lease: Lease, now: datetime, **settings: Any) -> forms.Form:
    terms = getattr(lease, "terms", None)
    initial = {"number": lease.invoice_number, "total": lease.invoice_total}
    if terms is not None:
        initial |= {"frequency": terms.frequency, "first_due_on": terms.first_due_on}
    return InvoiceForm(lease=lease, initial=initial, **settings)


def _terms(lease: Lease, now: datetime, **settings: Any) -> forms.Form:
    store = lease.store
    initial = {"cash_price": lease.invoice_total, "state": store.state, "tax_rate": store.tax_rate}
    return TermsForm(initial=initial, **settings)


def _delivery(lease: Lease, now: datetime, **settings: Any) -> forms.Form:
    return DeliveryForm(initial={"delivered_on": business_day(now)}, **settings)


def _returns(lease: Lease, now: datetime, **settings: Any) -> forms.Form:
    initial = {"returned_on": business_day(now), "earlier": lease.returns.count()}
    return ReturnForm(lines=actions.lines_left(lease), initial=initial, **settings)


_MADE: dict[StepName, Callable[..., forms.Form]] = {
    "invoice": _invoice,
    "terms": _terms,
    "signature": lambda lease, now, **settings: SignatureForm(
        initial={"signed_on": business_day(now)}, **settings
    ),
    "delivery": _delivery,
    "late_delivery": lambda lease, now, **settings: LateDeliveryForm(lease=lease, **settings),
    "returns": _returns,
    "reapplication": lambda lease, now, **settings: ReapplicationForm(**settings),
}
