from leases.actions.api_keys import create_api_key, revoke_api_key
from leases.actions.apply import apply
from leases.actions.confirm_delivery import confirm_delivery
from leases.actions.expire_due import expire_due
from leases.actions.register_customer import register_customer
from leases.actions.review import end_review, place_in_review
from leases.actions.revise_customer import revise_customer
from leases.actions.set_language import set_language
from leases.actions.sign import sign
from leases.actions.submit_invoice import submit_invoice

__all__ = [
    "apply",
    "confirm_delivery",
    "create_api_key",
    "end_review",
    "expire_due",
    "place_in_review",
    "register_customer",
    "revise_customer",
    "revoke_api_key",
    "set_language",
    "sign",
    "submit_invoice",
]
