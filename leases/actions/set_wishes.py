from __future__ import annotations

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common.weekdays import WEEKDAYS
from leases.contact_wishes import Wishes
from leases.enums import ContactChannel, WishSource
from leases.models import ContactWish, Customer
from leases.queries.contact import newest_wish, wishes_of


@transaction.atomic
def set_wishes(
    *,
    customer: Customer,
    wishes: Wishes,
    source: WishSource,
    asked_by: str = "",
    said_in: str = "",
    seen: int | None = None,
    by: User,
    now: datetime,
) -> ContactWish | None:
    """How a customer wants to be contacted from now on. None if they said so before.

    `asked_by`: who asked, if it wasn't the customer; `said_in`: the number of the call or the case;
    `seen`: the newest ContactWish on the page these were chosen on, 0 for none.
    ValidationError `wish_hours` (only one of the two, or they end before they begin),
    `wish_channel`, `wish_calls` (calls preferred and refused), `wish_changed` (others since).
    """
    if not (by.works_cases or by.sees_leases or by == customer.user):
        raise PermissionDenied
    _check(wishes)
    customer = Customer.objects.select_for_update(no_key=True).get(pk=customer.pk)
    days = tuple(day for day in WEEKDAYS if day in wishes.days)
    wishes = wishes._replace(days=() if len(days) == len(WEEKDAYS) else days)
    if wishes == wishes_of(customer):
        return None
    if seen is not None and seen != newest_wish(customer):
        raise ValidationError(
            _("Someone changed these wishes in the meantime. Check them, then save again."),
            code="wish_changed",
        )
    _write(customer, wishes)
    customer.save(update_fields=list(_columns(wishes)))
    return ContactWish.objects.create(
        customer=customer,
        no_calls=wishes.no_calls,
        not_at_work=wishes.not_at_work,
        phone_at_work=wishes.at_work,
        channel=wishes.channel,
        days=list(wishes.days),
        start=wishes.start,
        end=wishes.end,
        source=source,
        asked_by=" ".join(asked_by.split()),
        said_in=said_in,
        by=by,
        at=now,
    )


def _columns(wishes: Wishes) -> dict[str, object]:
    return {
        "no_calls": wishes.no_calls,
        "not_at_work": wishes.not_at_work,
        "phone_at_work": wishes.at_work,
        "contact_channel": wishes.channel,
        "available_days": list(wishes.days),
        "available_from": wishes.start,
        "available_to": wishes.end,
    }


def _write(customer: Customer, wishes: Wishes) -> None:
    for name, value in _columns(wishes).items():
        setattr(customer, name, value)


def _check(wishes: Wishes) -> None:
    if (wishes.start is None) != (wishes.end is None):
        raise ValidationError(_("Enter both hours, or none."), code="wish_hours")
    if wishes.start and wishes.end and wishes.start >= wishes.end:
        raise ValidationError(
            _("These hours end before they begin. Check both."), code="wish_hours"
        )
    if wishes.channel not in {"", *ContactChannel.values}:
        raise ValidationError(_("Choose one of the channels."), code="wish_channel")
    if wishes.channel == ContactChannel.PHONE and not wishes.allow_calls:
        raise ValidationError(
            _("Calls can’t be both preferred and unwanted. Choose one."), code="wish_calls"
        )
