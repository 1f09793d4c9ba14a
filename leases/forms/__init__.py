from leases.forms.decisions import DecisionForm, ReviewForm
from leases.forms.steps import (
    DeliveryForm,
    InvoiceForm,
    LateDecisionForm,
    LateDeliveryForm,
    ReapplicationForm,
    ReturnForm,
    SignatureForm,
    TermsForm,
)

__all__ = [
    "DecisionForm",
    "DeliveryForm",
    "InvoiceForm",
    "LateDecisionForm",
    "LateDeliveryForm",
    "ReapplicationForm",
    "ReturnForm",
    "ReviewForm",
    "SignatureForm",
    "TermsForm",
]
