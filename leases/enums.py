"""Codes that are stored, with the labels people read. API names are the English labels."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override, pgettext_lazy


class LeaseStatus(TextChoices):
    APPROVED = "approved", pgettext_lazy("lease status", "Approved")
    PRE_APPROVED = "pre_approved", pgettext_lazy("lease status", "Pre-Approved")
    PREQUALIFIED = "prequalified", pgettext_lazy("lease status", "Prequalified")
    DENIED = "denied", pgettext_lazy("lease status", "Denied")
    PENDING = "pending", pgettext_lazy("lease status", "Pending/In-Process")
    CONTRACTS = "contracts", pgettext_lazy("lease status", "Contracts")
    CONTRACTS_RECEIVED = "contracts_received", pgettext_lazy("lease status", "Contracts Received")
    LEASE_ACCEPTED = "lease_accepted", pgettext_lazy("lease status", "Lease Accepted")
    FUNDED = "funded", pgettext_lazy("lease status", "Funded")
    APPROVAL_EXPIRED = "approval_expired", pgettext_lazy("lease status", "Approval Expired")
    CONTRACTS_EXPIRED = "contracts_expired", pgettext_lazy("lease status", "Contracts Expired")
    IN_PROCESS = "in_process", pgettext_lazy("lease status", "In Process")

    @property
    def api_name(self) -> str:
        """What merchants' systems call it, whatever the reader's language."""
        with override("en"):
            return str(self.label)


class Rule(TextChoices):
    """Why a status changed: the trigger column of the transition table."""

    APPLICATION = "application", pgettext_lazy("rule", "Application")
    INVOICE = "invoice", pgettext_lazy("rule", "Invoice submitted")
    SIGNATURE = "signature", pgettext_lazy("rule", "Lease agreement signed electronically")
    ACCEPTANCE = "acceptance", pgettext_lazy("rule", "Accepted after signing")
    DELIVERY = "delivery", pgettext_lazy("rule", "Delivery confirmed")
    APPROVAL_AGE = "approval_age", pgettext_lazy("rule", "Approval deadline passed")
    LATE_DELIVERY = (
        "late_delivery",
        pgettext_lazy("rule", "Delivered on time, reported late and approved"),
    )
    CONTRACTS_AGE = "contracts_age", pgettext_lazy("rule", "Contract deadline passed")
    REVIEW = "review", pgettext_lazy("rule", "Placed in review by merchant services")
    REVIEW_ENDED = "review_ended", pgettext_lazy("rule", "Review ended")
    OPT_IN = "opt_in", pgettext_lazy("rule", "Opt-in data received")
    MORE_INFORMATION = "more_information", pgettext_lazy("rule", "More information received")
    ENGINE_BACK = "engine_back", pgettext_lazy("rule", "Decision system available again")
    WHOLE_RETURN = "whole_return", pgettext_lazy("rule", "Whole order returned before delivery")


class Actor(TextChoices):
    PERSON = "person", pgettext_lazy("actor", "A person")
    MERCHANT = "merchant", pgettext_lazy("actor", "Merchant")
    CLOCK = "clock", pgettext_lazy("actor", "Automatic (deadline passed)")


class Frequency(TextChoices):
    WEEKLY = "weekly", pgettext_lazy("frequency", "Weekly")
    BIWEEKLY = "biweekly", pgettext_lazy("frequency", "Every two weeks")
    SEMIMONTHLY = "semimonthly", pgettext_lazy("frequency", "Twice a month")
    MONTHLY = "monthly", pgettext_lazy("frequency", "Monthly")


class BuyoutRule(TextChoices):
    """How the price of an early purchase is computed; the formulas are in leases/buyout."""

    OPTION = "option", pgettext_lazy("buyout rule", "90-day option")
    DISCOUNT = "discount", pgettext_lazy("buyout rule", "Discount on the remaining payments")
    NEW_YORK = "ny", pgettext_lazy("buyout rule", "New York")
    HAWAII = "hi", pgettext_lazy("buyout rule", "Hawaii")
    CALIFORNIA = "ca", pgettext_lazy("buyout rule", "California")
    OHIO = "oh", pgettext_lazy("buyout rule", "Ohio")
    WEST_VIRGINIA = "wv", pgettext_lazy("buyout rule", "West Virginia")


class LedgerKind(TextChoices):
    """What kind of line this is. Charges and fees are above zero, payments and waivers below."""

    CHARGE = "charge", pgettext_lazy("ledger", "Scheduled payment")
    PAYMENT = "payment", pgettext_lazy("ledger", "Payment")
    REVERSAL = "reversal", pgettext_lazy("ledger", "Reversal")
    FEE = "fee", pgettext_lazy("ledger", "Late fee")
    WAIVER = "waiver", pgettext_lazy("ledger", "Waiver")
    ADJUSTMENT = "adjustment", pgettext_lazy("ledger", "Adjustment")


class ChargeDecision(TextChoices):
    """What came of a charge that a customer disputed."""

    UPHELD = "upheld", pgettext_lazy("disputed charge", "Taken off")
    REFUND = "refund", pgettext_lazy("disputed charge", "Refund owed")
    REJECTED = "rejected", pgettext_lazy("disputed charge", "Stays")
    WITHDRAWN = "withdrawn", pgettext_lazy("disputed charge", "Withdrawn")


class ChargeReason(TextChoices):
    """Why a disputed charge stays; leases/dispute_words.py says it to the customer."""

    AS_AGREED = "as_agreed", pgettext_lazy("disputed charge", "It’s in the lease agreement")
    PAID_LATE = "paid_late", pgettext_lazy("disputed charge", "The payment came late")
    RETURNED = "returned", pgettext_lazy("disputed charge", "The bank returned the payment")
    CORRECTED = "corrected", pgettext_lazy("disputed charge", "It was corrected before")
    NO_ERROR = "no_error", pgettext_lazy("disputed charge", "Nothing shows an error")


class Part(TextChoices):
    """Which of the two balances a line belongs to."""

    RENT = "rent", pgettext_lazy("balance", "Lease payments")
    FEES = "fees", pgettext_lazy("balance", "Fees")


class PaymentMethod(TextChoices):
    """Only the kind: no card or bank number is ever stored."""

    CASH = "cash", pgettext_lazy("payment method", "Cash")
    CARD = "card", pgettext_lazy("payment method", "Card")
    BANK = "bank", pgettext_lazy("payment method", "Bank account")
    CHECK = "check", pgettext_lazy("payment method", "Check or money order")
    OTHER = "other", pgettext_lazy("payment method", "Other")


class FeeBase(TextChoices):
    INSTALMENT = "instalment", pgettext_lazy("late fee of", "the installment")
    DELINQUENT = "delinquent", pgettext_lazy("late fee of", "the past-due amount")


class ExchangePolicy(TextChoices):
    NONE = "none", pgettext_lazy("exchange policy", "No exchanges")
    SAME_ITEM = "same_item", pgettext_lazy("exchange policy", "Same item only")
    SAME_VALUE = "same_value", pgettext_lazy("exchange policy", "Any item of the same value")


class PlanKind(TextChoices):
    RECOVERY = "recovery", pgettext_lazy("plan", "Recovery plan")
    RESCHEDULING = "rescheduling", pgettext_lazy("plan", "Rescheduling")
    RESTRUCTURING = "restructuring", pgettext_lazy("plan", "Short-term restructuring")


class PromiseState(TextChoices):
    KEPT = "kept", pgettext_lazy("promise", "Kept")
    DUE = "due", pgettext_lazy("promise", "Due today")
    UPCOMING = "upcoming", pgettext_lazy("promise", "Upcoming")
    MISSED = "missed", pgettext_lazy("promise", "Missed")


class Spread(TextChoices):
    """Where a restructuring puts what it takes off the next payments."""

    LATER = "later", pgettext_lazy("restructuring", "on the later payments")
    END = "end", pgettext_lazy("restructuring", "on extra payments at the end")


class AutopayState(TextChoices):
    ACTIVE = "active", pgettext_lazy("automatic payments", "Active")
    STOPPED = "stopped", pgettext_lazy("automatic payments", "Stopped")


class AutopayChange(TextChoices):
    ENROLLED = "enrolled", pgettext_lazy("automatic payments", "Set up")
    METHOD_CHANGED = "method_changed", pgettext_lazy("automatic payments", "Bank or card changed")
    STOPPED = "stopped", pgettext_lazy("automatic payments", "Stopped")
    STOP_PAYMENT = "stop_payment", pgettext_lazy("automatic payments", "Stop payment at the bank")
    STOP_LIFTED = "stop_lifted", pgettext_lazy("automatic payments", "Stop payment removed")


class ReturnOutcome(TextChoices):
    VOIDED = "voided", pgettext_lazy("return", "Contract voided; approval active again")
    AMENDED = "amended", pgettext_lazy("return", "Invoice corrected")
    OPENED = "opened", pgettext_lazy("return", "Return opened")


class DeliveryState(TextChoices):
    """The state of a message to a merchant's system."""

    PENDING = "pending", pgettext_lazy("webhook", "Waiting")
    SENDING = "sending", pgettext_lazy("webhook", "Sending")
    DELIVERED = "delivered", pgettext_lazy("webhook", "Delivered")
    FAILED = "failed", pgettext_lazy("webhook", "Not delivered")


class DeliveryError(TextChoices):
    """Why a merchant's system didn't accept a message."""

    ANSWER = "answer", pgettext_lazy("webhook", "Responded with an error")
    REDIRECT = (
        "redirect",
        pgettext_lazy("webhook", "Responded with a redirect, which we don’t follow"),
    )
    GONE = "gone", pgettext_lazy("webhook", "Responded that it’s gone; turned off")
    NOT_HTTP = "not_http", pgettext_lazy("webhook", "Response wasn’t HTTP")
    TIME_OUT = "time_out", pgettext_lazy("webhook", "No response in time")
    CONNECTION = "connection", pgettext_lazy("webhook", "Couldn’t connect")
    TLS = "tls", pgettext_lazy("webhook", "Certificate not accepted")
    DNS = "dns", pgettext_lazy("webhook", "Server not found (DNS)")
    ADDRESS = "address", pgettext_lazy("webhook", "Address isn’t public")
    OFF = "off", pgettext_lazy("webhook", "Turned off")
    FAULT = "fault", pgettext_lazy("webhook", "Couldn’t be created")
    INTERRUPTED = "interrupted", pgettext_lazy("webhook", "Interrupted while sending")


class ContactChannel(TextChoices):
    """What a customer may prefer to be contacted by."""

    EMAIL = "email", pgettext_lazy("contact wish", "Email")
    PHONE = "phone", pgettext_lazy("contact wish", "Phone")
    LETTER = "letter", pgettext_lazy("contact wish", "Letter")


class WishSource(TextChoices):
    """How we know what a customer wishes."""

    CALL = "call", pgettext_lazy("contact wish", "said on a call")
    WRITTEN = "written", pgettext_lazy("contact wish", "in writing")
    PORTAL = "portal", pgettext_lazy("contact wish", "chosen in the portal")
    STAFF = "staff", pgettext_lazy("contact wish", "entered by our team")


class LanguageSource(TextChoices):
    ASKED = "asked", _("requested on a call")
    PORTAL = "portal", _("chosen in the portal")
    APPLICATION = "application", _("from the application")
    IMPORTED = "imported", _("imported")


class IdentityTrait(TextChoices):
    """What an application has in common with a blocked identity."""

    PERSON = "person", pgettext_lazy("identity", "customer")
    EMAIL = "email", pgettext_lazy("identity", "email")
    PHONE = "phone", pgettext_lazy("identity", "phone")
    SSN = "ssn", pgettext_lazy("identity", "name and last 4 of the SSN")
