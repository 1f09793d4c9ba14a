from cases.forms.call.add import AddCallForm
from cases.forms.call.discard import DiscardForm
from cases.forms.call.form import CallForm
from cases.forms.call.take_over import TakeOverForm

__all__ = ["AddCallForm", "CallForm", "DiscardForm", "TakeOverForm"]
