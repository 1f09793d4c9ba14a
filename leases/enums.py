"""Codes that are stored, with the labels people read. API names are the English labels."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


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


class Rule(TextChoices):
    """Why a status changed: the trigger column of the transition table."""

    APPLICATION = "application", pgettext_lazy("rule", "Application")
    INVOICE = "invoice", pgettext_lazy("rule", "Invoice submitted")
    SIGNATURE = "signature", pgettext_lazy("rule", "Lease agreement signed electronically")
    ACCEPTANCE = "acceptance", pgettext_lazy("rule", "Accepted after signing")
    DELIVERY = "delivery", pgettext_lazy("rule", "Delivery confirmed")
    APPROVAL_AGE = "approval_age", pgettext_lazy("rule", "Days since approval are over")
    CONTRACTS_AGE = "contracts_age", pgettext_lazy("rule", "Days since the invoice are over")
    REVIEW = "review", pgettext_lazy("rule", "Placed in review by merchant services")
    REVIEW_ENDED = "review_ended", pgettext_lazy("rule", "Review ended")
    OPT_IN = "opt_in", pgettext_lazy("rule", "Opt-in data received")
    MORE_INFORMATION = "more_information", pgettext_lazy("rule", "More information received")
    ENGINE_BACK = "engine_back", pgettext_lazy("rule", "Decision engine available again")
    WHOLE_RETURN = "whole_return", pgettext_lazy("rule", "Whole order returned before delivery")


class Actor(TextChoices):
    PERSON = "person", pgettext_lazy("actor", "Person")
    MERCHANT = "merchant", pgettext_lazy("actor", "Merchant")
    CLOCK = "clock", pgettext_lazy("actor", "Clock")


class LanguageSource(TextChoices):
    ASKED = "asked", _("asked for in a call")
    PORTAL = "portal", _("chosen in the portal")
    APPLICATION = "application", _("from the application")
    IMPORTED = "imported", _("imported")


class Weekday(TextChoices):
    MONDAY = "mon", _("Monday")
    TUESDAY = "tue", _("Tuesday")
    WEDNESDAY = "wed", _("Wednesday")
    THURSDAY = "thu", _("Thursday")
    FRIDAY = "fri", _("Friday")
    SATURDAY = "sat", _("Saturday")
    SUNDAY = "sun", _("Sunday")


#: By `date.weekday()`.
WEEKDAYS = tuple(Weekday.values)
