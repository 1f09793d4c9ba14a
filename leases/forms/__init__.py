from leases.forms.decisions import DecisionForm, ReviewForm
from leases.forms.steps import (
    CloseReturnForm,
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
    "CloseReturnForm",
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
