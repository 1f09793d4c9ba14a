from leases.actions.accept_signed import accept_signed
from leases.actions.api_keys import create_api_key, revoke_api_key
from leases.actions.apply import apply
from leases.actions.apply_again import apply_again
from leases.actions.ask_engine import (
    Applicant,
    ask_about,
    ask_again,
    ask_engine,
    take_answer,
)
from leases.actions.charge_late_fees import charge_late_fees
from leases.actions.close_return import close_return
from leases.actions.confirm_delivery import confirm_delivery
from leases.actions.decide import decide
from leases.actions.decide_pending import decide_pending
from leases.actions.enter_terms import AgreedTerms, enter_terms
from leases.actions.expire_due import expire_due
from leases.actions.expire_leases import expire_leases
from leases.actions.identity_blocks import (
    block_identity,
    lift_identity_block,
    lock_block,
)
from leases.actions.identity_locks import lock_identities
from leases.actions.late_reports import decide_late_report, report_late_delivery
from leases.actions.notify_expiring import notify_expiring
from leases.actions.receive_application import receive_application, record_application
from leases.actions.register_customer import register_customer
from leases.actions.remind_of_payments import remind_of_payments
from leases.actions.return_merchandise import lines_left, return_merchandise
from leases.actions.returned_items import ReturnedItem
from leases.actions.review import end_review, place_in_review
from leases.actions.revise_customer import revise_customer
from leases.actions.set_language import set_language
from leases.actions.set_wishes import set_wishes
from leases.actions.sign import sign
from leases.actions.ssn_digits import keep_ssn_digits
from leases.actions.submit_invoice import InvoiceItem, submit_invoice
from leases.queries.returns import return_availability

__all__ = [
    "AgreedTerms",
    "Applicant",
    "InvoiceItem",
    "ReturnedItem",
    "accept_signed",
    "apply",
    "apply_again",
    "ask_about",
    "ask_again",
    "ask_engine",
    "block_identity",
    "charge_late_fees",
    "close_return",
    "confirm_delivery",
    "create_api_key",
    "decide",
    "decide_late_report",
    "decide_pending",
    "end_review",
    "enter_terms",
    "expire_due",
    "expire_leases",
    "keep_ssn_digits",
    "lift_identity_block",
    "lines_left",
    "lock_block",
    "lock_identities",
    "notify_expiring",
    "place_in_review",
    "receive_application",
    "record_application",
    "register_customer",
    "remind_of_payments",
    "report_late_delivery",
    "return_availability",
    "return_merchandise",
    "revise_customer",
    "revoke_api_key",
    "set_language",
    "set_wishes",
    "sign",
    "submit_invoice",
    "take_answer",
]
