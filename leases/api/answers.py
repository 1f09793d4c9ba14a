"""What merchants' systems are told about a lease."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from pydantic import Field

from common.company_day import company_zone
from leases import clocks
from leases.api.values import Answer, Dollars
from leases.enums import LeaseStatus, ReturnOutcome, Rule
from leases.models import Lease, StatusEvent
from leases.queries.returns import Availability

STATUS = "One of twelve statuses, always in English."


class Change(Answer):
    """One line of the history."""

    from_: str | None = Field(serialization_alias="from", description="Null for the application.")
    to: str
    rule: Rule
    at: datetime = Field(description="When it was recorded.")
    happened_at: datetime = Field(
        description="When it happened: the deadline itself, or the actual date of a late report."
    )

    @classmethod
    def of(cls, event: StatusEvent) -> Change:
        before = LeaseStatus(event.from_status).api_name if event.from_status else None
        after = LeaseStatus(event.to_status).api_name
        return cls(
            from_=before, to=after, rule=Rule(event.rule), at=event.at, happened_at=event.true_at
        )


class Application(Answer):
    application_id: UUID
    account_number: str
    store_id: str
    program_code: str | None
    approval_status: str = Field(description=STATUS)
    approval_status_text: str = Field(description="The status in the language of the response.")
    approval_limit: Dollars | None
    merchandise: str
    merchant_transaction_id: str | None = Field(description="Invoice number.")
    invoice_total: Dollars | None
    applied_at: datetime
    approved_at: datetime | None
    signed_at: datetime | None
    delivered_at: datetime | None
    shipping_provider: str
    tracking_id: str
    expires_at: datetime | None = Field(description="When the status expires.")
    days_left: int | None = Field(
        description="Calendar days until it expires, where the company is."
    )
    ended_at: datetime | None = Field(description="When the deadline that ended it passed.")
    supersedes: UUID | None = Field(description="The application this one replaces.")
    history: list[Change]

    @classmethod
    def of(cls, lease: Lease, now: datetime) -> Application:
        """By the effective status: an expired lease is never shown as open."""
        status = lease.status_at(now)
        until = lease.expires_at if status == lease.status else None
        zone = company_zone()
        return cls(
            application_id=lease.application_id,
            account_number=lease.account_number,
            store_id=lease.store.code,
            program_code=lease.program.code if lease.program else None,
            approval_status=status.api_name,
            approval_status_text=str(status.label),
            approval_limit=lease.approval_limit,
            merchandise=lease.merchandise,
            merchant_transaction_id=lease.invoice_number or None,
            invoice_total=lease.invoice_total,
            applied_at=lease.applied_at,
            approved_at=lease.approved_at,
            signed_at=lease.signed_at,
            delivered_at=lease.delivered_at,
            shipping_provider=lease.shipping_provider,
            tracking_id=lease.tracking_id,
            expires_at=until,
            days_left=None if until is None else clocks.days_left(until, now, zone),
            ended_at=lease.ended(now),
            supersedes=lease.supersedes.application_id if lease.supersedes else None,
            history=[Change.of(event) for event in lease.status_events.all()],
        )


class ReturnCheck(Answer):
    available: bool
    outcome: ReturnOutcome | None = Field(description="What returning the whole order would do.")
    code: str | None = Field(description="If it can’t come back: why.")
    reason: str | None = Field(description="The code in words.")

    @classmethod
    def of(cls, found: Availability) -> ReturnCheck:
        return cls(
            available=found.available,
            outcome=found.outcome,
            code=found.code or None,
            reason=str(found.reason) or None,
        )


class ReturnAnswer(Answer):
    outcome: ReturnOutcome
    date_of_return: date
    application: Application
