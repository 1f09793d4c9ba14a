from cases.forms.call.discard import DiscardForm
from cases.forms.call.form import CallForm

__all__ = ["CallForm", "DiscardForm"]
