"""What happens to calls. Everything outside comes in here."""

from telephone.actions.record_event import Recorded, record_event
from telephone.actions.settle_call import settle_call

__all__ = ["Recorded", "record_event", "settle_call"]
