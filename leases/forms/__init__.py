from leases.forms.decisions import DecisionForm, ReviewForm
from leases.forms.steps import (
    DeliveryForm,
    InvoiceForm,
    ReapplicationForm,
    ReturnForm,
    SignatureForm,
    TermsForm,
)

__all__ = [
    "DecisionForm",
    "DeliveryForm",
    "InvoiceForm",
    "ReapplicationForm",
    "ReturnForm",
    "ReviewForm",
    "SignatureForm",
    "TermsForm",
]
