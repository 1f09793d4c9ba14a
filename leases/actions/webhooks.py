"""Merchants' endpoints, and messages that are sent again. Administrators only."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from leases.actions.who import only_administrators
from leases.enums import DeliveryState
from leases.models import Merchant, WebhookDelivery, WebhookEndpoint
from leases.webhooks.addresses import check_address
from leases.webhooks.signature import new_secret

MOST_AT_ONCE = 100
_UNDER_WAY = [DeliveryState.PENDING, DeliveryState.SENDING]


@transaction.atomic
def add_endpoint(*, merchant: Merchant, url: str, by: User, now: datetime) -> WebhookEndpoint:
    """Its `secret` is shown only this once.

    ValidationError: those of `addresses.check_address`, and by field what the model checks.
    """
    only_administrators(by)
    check_address(url)
    endpoint = WebhookEndpoint(
        merchant=merchant, url=url, secret=new_secret(), created_by=by, created_at=now
    )
    endpoint.full_clean()
    endpoint.save()
    return endpoint


@transaction.atomic
def revise_endpoint(
    *, endpoint: WebhookEndpoint, url: str, is_active: bool, by: User
) -> WebhookEndpoint:
    """Waiting messages go to the new address. If it's switched off, each is given up when its turn
    comes.
    """
    only_administrators(by)
    if url != endpoint.url or is_active:
        check_address(url)
    endpoint = WebhookEndpoint.objects.select_for_update().get(pk=endpoint.pk)
    endpoint.url, endpoint.is_active, endpoint.paused_until = url, is_active, None
    endpoint.full_clean()
    endpoint.save(update_fields=["url", "is_active", "paused_until"])
    return endpoint


@transaction.atomic
def renew_secret(*, endpoint: WebhookEndpoint, by: User) -> WebhookEndpoint:
    """Replaces a lost or leaked secret; the new one signs everything from now on."""
    only_administrators(by)
    endpoint = WebhookEndpoint.objects.select_for_update().get(pk=endpoint.pk)
    endpoint.secret = new_secret()
    endpoint.save(update_fields=["secret"])
    return endpoint


@transaction.atomic
def send_again(*, deliveries: Sequence[UUID], by: User, now: datetime) -> int:
    """Sends ended messages again as new ones; returns how many. The old rows stay as they are.

    Skips messages under way and those whose endpoint is switched off, so asking twice sends once.
    ValidationError: `too_many`.
    """
    only_administrators(by)
    if len(deliveries) > MOST_AT_ONCE:
        raise ValidationError(
            _("You can resend up to %(most)d messages at a time. Choose fewer."),
            code="too_many",
            params={"most": MOST_AT_ONCE},
        )
    # The endpoints are locked, so the second of two requests at the same moment finds it under way.
    endpoints = WebhookEndpoint.objects.filter(deliveries__in=deliveries, is_active=True)
    locked = WebhookEndpoint.objects.filter(pk__in=endpoints.values("pk")).order_by("pk")
    active = [each.pk for each in locked.select_for_update(no_key=True)]
    under_way = WebhookDelivery.objects.filter(state__in=_UNDER_WAY, replay_of__in=deliveries)
    ended = (
        WebhookDelivery.objects.filter(pk__in=deliveries, endpoint__in=active)
        .exclude(state__in=_UNDER_WAY)
        .exclude(pk__in=under_way.values("replay_of"))
    )
    again = [
        WebhookDelivery(
            endpoint_id=each.endpoint_id,
            event_id=each.event_id,
            replay_of=each,
            next_attempt_at=now,
            created_at=now,
        )
        for each in ended
    ]
    WebhookDelivery.objects.bulk_create(again)
    WebhookEndpoint.objects.filter(pk__in=active).update(paused_until=None)
    return len(again)
