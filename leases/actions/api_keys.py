from __future__ import annotations

import hashlib
import secrets
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from leases.actions.who import only_administrators
from leases.models import ApiKey, Merchant, Store


def digest(secret: str) -> str:
    """No salt and no slow hash are needed: the secret is as long and random as a hash."""
    return hashlib.sha256(secret.encode()).hexdigest()


@transaction.atomic
def create_api_key(
    *, merchant: Merchant, store: Store | None, name: str, by: User, now: datetime
) -> tuple[ApiKey, str]:
    """Returns the key and, only this once, what the merchant's system sends: `<prefix>.<secret>`.

    PermissionDenied for anyone but an administrator. ValidationError: `api_key_store` (another
    merchant's store), and by field what the model checks.
    """
    only_administrators(by)
    if store is not None and store.merchant_id != merchant.pk:
        raise ValidationError(
            _("This store belongs to another partner merchant."), code="api_key_store"
        )
    secret = secrets.token_urlsafe(32)
    key = ApiKey(
        merchant=merchant,
        store=store,
        name=name.strip(),
        prefix=f"pk_{secrets.token_hex(6)}",
        digest=digest(secret),
        created_by=by,
        created_at=now,
    )
    key.full_clean()
    key.save()
    return key, f"{key.prefix}.{secret}"


@transaction.atomic
def revoke_api_key(*, key: ApiKey, by: User, now: datetime) -> ApiKey:
    """Refuses it from its next request on; if it was revoked before, time and person stay as they
    were.
    """
    only_administrators(by)
    key = ApiKey.objects.select_for_update().get(pk=key.pk)
    if key.revoked_at is None:
        key.revoked_at, key.revoked_by = now, by
        key.save(update_fields=["revoked_at", "revoked_by"])
    return key
