"""What happens to calls. Everything outside comes in here."""

from telephone.actions.record_event import Recorded, record_event
from telephone.actions.set_lines import set_lines
from telephone.actions.settle_call import settle_call
from telephone.actions.settle_returned import settle_returned

__all__ = ["Recorded", "record_event", "set_lines", "settle_call", "settle_returned"]
