from leases.models.customer import Customer
from leases.models.lease import Lease
from leases.models.merchant import Merchant, Store
from leases.models.status_event import StatusEvent

__all__ = ["Customer", "Lease", "Merchant", "StatusEvent", "Store"]
