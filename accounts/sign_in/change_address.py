from __future__ import annotations

import logging
from datetime import datetime

from allauth.account.models import EmailAddress
from django.db import transaction

from accounts.models import User
from accounts.sign_in.codes import let_die
from accounts.sign_in.mails import mails

log = logging.getLogger(__name__)


@transaction.atomic
def change_address(*, user: User, email: str, by: User | None, now: datetime) -> bool:
    """Change the address that a customer or staff member signs in with. False if it's the same.

    Pending codes and links to the old one stop working, all sessions end because they're derived
    from the address (`User.get_session_auth_hash`), and both addresses are told. ValidationError
    from the model's own checks; `unique` if the address is in use.
    """
    old = User.objects.select_for_update().get(pk=user.pk).email
    user.email = email
    user.full_clean(exclude=["password"])
    if user.email == old:
        return False
    user.save(update_fields=["email"])
    # allauth would still recognize the old one by it
    EmailAddress.objects.filter(user=user).delete()
    let_die(user, now=now)
    mails().mail_address_changed(user, old=old, now=now)
    log.info("address_changed user=%s by=%s", user.pk, by.pk if by else "-")
    return True
