"""Codes that are stored, with the labels people read."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(TextChoices):
    LATE_PAYMENT = "late_payment", _("Late payment")
    CHARGE_DISPUTE = "charge_dispute", _("Charge dispute")
    CHARGE_QUESTION = "charge_question", _("Charge clarification")
    FRAUD = "fraud", _("Fraud")
    RETURN = "return", _("Return")
    EXCHANGE = "exchange", _("Exchange")
    DEFECTIVE = "defective", _("Defective item")
    NON_DELIVERY = "non_delivery", _("Non-delivery")
    PAYMENT = "payment", _("Payment")
    STATEMENT = "statement", _("Account statement")
    BUYOUT = "buyout", _("Early purchase (buyout)")
    CANCELLATION = "cancellation", _("Cancellation")
    OTHER = "other", _("Other")


class CaseStatus(TextChoices):
    OPEN = "open", pgettext_lazy("case status", "Open")
    IN_PROGRESS = "in_progress", pgettext_lazy("case status", "In progress")
    WAITING_CUSTOMER = "waiting_customer", pgettext_lazy("case status", "Waiting for the customer")
    WAITING_STORE = "waiting_store", pgettext_lazy("case status", "Waiting for the store")
    ESCALATED = "escalated", pgettext_lazy("case status", "Escalated")
    RESOLVED = "resolved", pgettext_lazy("case status", "Resolved")
    CLOSED = "closed", pgettext_lazy("case status", "Closed")


class Party(TextChoices):
    """Who must act."""

    COMPANY = "company", pgettext_lazy("party", "Us")
    CUSTOMER = "customer", pgettext_lazy("party", "The customer")
    STORE = "store", pgettext_lazy("party", "The store")
    NOBODY = "nobody", pgettext_lazy("party", "Nobody")


class Channel(TextChoices):
    PHONE = "phone", pgettext_lazy("channel", "Phone")
    WEB = "web", pgettext_lazy("channel", "Web")
    EMAIL = "email", pgettext_lazy("channel", "E-mail")
    STORE = "store", pgettext_lazy("channel", "Store")
    LETTER = "letter", pgettext_lazy("channel", "Letter")


class EntryKind(TextChoices):
    CALL = "call", pgettext_lazy("entry", "Call")
    NOTE = "note", pgettext_lazy("entry", "Internal note")
    MESSAGE = "message", pgettext_lazy("entry", "Message")
    EVIDENCE = "evidence", pgettext_lazy("entry", "Evidence")
    EVENT = "event", pgettext_lazy("entry", "Event")


class Visibility(TextChoices):
    INTERNAL = "internal", pgettext_lazy("visibility", "Internal")
    PUBLIC = "public", pgettext_lazy("visibility", "Visible to the customer")


class Event(TextChoices):
    """What an event entry says; `cases.events` words it for each reader."""

    OPENED = "opened", _("Case opened")
    STATUS_CHANGED = "status_changed", _("Status changed")
    DUE_CHANGED = "due_changed", _("Next step moved")
    ASSIGNED = "assigned", _("Assigned")
    ESCALATED = "escalated", _("Escalated")
    FOLLOW_UP_SET = "follow_up_set", _("Follow-up set")
    FOLLOW_UP_CANCELLED = "follow_up_cancelled", _("Follow-up cancelled")
    FOLLOW_UP_SENT = "follow_up_sent", _("Follow-up sent")
    PLAN_AGREED = "plan_agreed", _("Plan agreed")
    PLAN_CANCELLED = "plan_cancelled", _("Plan cancelled")


class EmailState(TextChoices):
    PENDING = "pending", pgettext_lazy("mail state", "Waiting to be sent")
    CLAIMED = "claimed", pgettext_lazy("mail state", "About to be sent")
    SENDING = "sending", pgettext_lazy("mail state", "Being sent")
    SENT = "sent", pgettext_lazy("mail state", "Sent")
    FAILED = "failed", pgettext_lazy("mail state", "Not delivered")
    UNCERTAIN = "uncertain", pgettext_lazy("mail state", "Uncertain")
    # Its reason was gone before it was sent.
    WITHDRAWN = "withdrawn", pgettext_lazy("mail state", "Withdrawn")


class TemplateKey(TextChoices):
    """The mails there are. Their texts are edited by administrators."""

    CASE_OPENED = "case_opened", _("Case opened")
    MESSAGE_ADDED = "message_added", _("Message added")
    STATUS_CHANGED = "status_changed", _("Status changed")
    FOLLOW_UP = "follow_up", _("Follow-up")
    SIGN_IN_CODE = "sign_in_code", _("Sign-in code")
    PASSWORD_RESET = "password_reset", _("New password")
    APPROVAL_EXPIRING = "approval_expiring", _("Approval about to expire")
    APPROVAL_EXPIRED = "approval_expired", _("Approval expired")
    CONTRACTS_EXPIRING = "contracts_expiring", _("Contract about to expire")
    CONTRACTS_EXPIRED = "contracts_expired", _("Contract expired")
    BUYOUT_QUOTE = "buyout_quote", _("Early purchase quote")
    PAYMENT_HISTORY = "payment_history", _("Payment history")
    PLAN_AGREED = "plan_agreed", _("Plan agreed")
    PLAN_CANCELLED = "plan_cancelled", _("Plan cancelled")
    AUTOPAY_CHANGED = "autopay_changed", _("Automatic payments changed")
