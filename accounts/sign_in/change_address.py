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
    """The address somebody signs in with, of customers and staff alike. False: it is the same.

    Codes and links on their way to the old one are worth nothing any more, all sessions end with
    the address they are made from (`User.get_session_auth_hash`), and both addresses are told.
    ValidationError from the model's own checks, `unique` for an address in use.
    """
    old = User.objects.select_for_update().get(pk=user.pk).email
    user.email = email
    user.full_clean(exclude=["password"])
    if user.email == old:
        return False
    user.save(update_fields=["email"])
    EmailAddress.objects.filter(user=user).delete()  # by which allauth would still know the old one
    let_die(user, now=now)
    mails().mail_address_changed(user, old=old, now=now)
    log.info("address_changed user=%s by=%s", user.pk, by.pk if by else "-")
    return True
