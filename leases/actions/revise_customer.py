from __future__ import annotations

from django.db import transaction

from leases.models import Customer


@transaction.atomic
def revise_customer(*, customer: Customer) -> None:
    """Save the changed details of a customer, and the sign-in that goes with them.

    The registered e-mail address is the sign-in: with a new one, whoever came in by the old one is
    signed out. ValidationError from the sign-in's own checks, `unique` for an address in use.
    """
    user = customer.user
    if user.email != customer.email:
        user.email = customer.email
        user.set_unusable_password()  # a new one, which ends all sessions
    user.name = customer.name
    user.full_clean(exclude=["password"])
    user.save(update_fields=["email", "name", "password"])
    customer.save()
