from leases.models.api_access import ApiKey, IdempotentRequest
from leases.models.autopay import Autopay, AutopayEvent
from leases.models.contact_wish import ContactWish
from leases.models.customer import Customer
from leases.models.disputed_charge import DisputedCharge
from leases.models.identity_block import BlockedApplication, IdentityBlock
from leases.models.invoice import Invoice, InvoiceLine, MerchandiseReturn
from leases.models.late_report import LateReport
from leases.models.lease import Lease
from leases.models.lease_mail import LeaseMail
from leases.models.ledger import Instalment, LedgerEntry
from leases.models.merchant import Merchant, Store
from leases.models.paid_off_letter import PaidOffLetter
from leases.models.plan import Plan, PlanPromise
from leases.models.program import Program
from leases.models.quote import BuyoutQuote
from leases.models.refund import Refund
from leases.models.ssn_digest import SsnDigest
from leases.models.state_rule import StateRule
from leases.models.status_event import StatusEvent
from leases.models.terms import Terms
from leases.models.webhook import WebhookDelivery, WebhookEndpoint

__all__ = [
    "ApiKey",
    "Autopay",
    "AutopayEvent",
    "BlockedApplication",
    "BuyoutQuote",
    "ContactWish",
    "Customer",
    "DisputedCharge",
    "IdempotentRequest",
    "IdentityBlock",
    "Instalment",
    "Invoice",
    "InvoiceLine",
    "LateReport",
    "Lease",
    "LeaseMail",
    "LedgerEntry",
    "MerchandiseReturn",
    "Merchant",
    "PaidOffLetter",
    "Plan",
    "PlanPromise",
    "Program",
    "Refund",
    "SsnDigest",
    "StateRule",
    "StatusEvent",
    "Store",
    "Terms",
    "WebhookDelivery",
    "WebhookEndpoint",
]
