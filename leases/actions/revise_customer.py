from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import User
from accounts.sign_in.change_address import change_address
from leases.models import Customer


@transaction.atomic
def revise_customer(*, customer: Customer, by: User | None, now: datetime) -> None:
    """Saves a customer's changed details, and the sign-in that belongs to them.

    The registered email address is the sign-in; see `change_address`. ValidationError from the
    sign-in's own checks, `unique` for an address in use.
    """
    user = customer.user
    user.name = customer.name
    user.full_clean(exclude=["password"])
    user.save(update_fields=["name"])
    change_address(user=user, email=customer.email, by=by, now=now)
    customer.save()
