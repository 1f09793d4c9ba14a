from telephone.models.phone_call import PhoneCall, PhoneCallRing
from telephone.models.phone_event import PhoneEvent
from telephone.models.phone_line import PhoneLine

__all__ = ["PhoneCall", "PhoneCallRing", "PhoneEvent", "PhoneLine"]
