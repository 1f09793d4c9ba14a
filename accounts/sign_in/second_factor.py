"""Two-step verification: encrypted secrets, limited attempts."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from allauth.account.adapter import get_adapter
from allauth.account.internal.stagekit import unstash_login
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts import sealing
from accounts.limits import give_back, take
from accounts.models import User
from accounts.paces import SECOND_FACTOR
from accounts.sign_in import tries
from accounts.sign_in.words import SECOND_FACTOR_ERRORS

log = logging.getLogger(__name__)

#: For example when ENCRYPTION_KEYS no longer has its key.
LOST = _(
    "We can’t check your codes anymore. Ask an administrator to remove your two-step verification,"
    " then set it up again."
)

_owner: ContextVar[int | None] = ContextVar("owner", default=None)


@contextmanager
def secrets_of(user_id: int) -> Iterator[None]:
    """Outside a request: the person whose secrets are encrypted and decrypted."""
    token = _owner.set(user_id)
    try:
        yield
    finally:
        _owner.reset(token)


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    error_messages = DefaultMFAAdapter.error_messages | SECOND_FACTOR_ERRORS

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:
        """What a new security key is called until its owner says otherwise."""
        so_far = Authenticator.objects.filter(user=user, type=type).count()
        return gettext("Security key %(number)s") % {"number": so_far + 1}

    def encrypt(self, text: str) -> str:
        return sealing.seal(text, row=row_of(_whose()))

    def decrypt(self, encrypted_text: str) -> str:
        if not sealing.is_sealed(encrypted_text):  # until `manage.py seal_secrets` has run
            return encrypted_text
        return sealing.opened(encrypted_text, row=row_of(_whose()))


def has_second_factor(user: User) -> bool:
    """An app or a security key; recovery codes alone don't count."""
    kinds = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    return bool(Authenticator.objects.filter(user=user, type__in=kinds).exists())


def row_of(user_id: int) -> str:
    return f"authenticator:{user_id}"


#: In an authenticator's data. A security key's is public.
SECRETS = ("secret", "seed")


@transaction.atomic
def seal_again(pk: int) -> bool:
    """Encrypt it with the current key. False if it already is."""
    kept = Authenticator.objects.select_for_update().filter(pk=pk).first()
    stale = {} if kept is None else {
        name: text
        for name in SECRETS
        if (text := kept.data.get(name)) and not sealing.is_current(text)
    }  # fmt: skip
    if kept is None or not stale:
        return False
    with secrets_of(kept.user_id):
        adapter = MFAAdapter()
        kept.data |= {name: adapter.encrypt(adapter.decrypt(stale[name])) for name in stale}
    kept.save(update_fields=["data"])
    return True


def _whose() -> int:
    """Who is signed in or signing in: allauth doesn't say whose secret it is."""
    if (owner := _owner.get()) is not None:
        return owner
    request = context.request
    if request.user.is_authenticated:
        return int(request.user.pk)
    login = unstash_login(request, peek=True)
    if login is None or login.user is None:
        raise sealing.CannotOpenError("no one is signing in")
    return int(login.user.pk)


class _Counted:
    user: User

    def clean_code(self) -> str:
        subject = f"user {self.user.pk}"
        limits = tries.of_person(
            "second_factor", SECOND_FACTOR, request=context.request, subject=subject
        )
        if take(limits, now=timezone.now()):
            raise get_adapter().validation_error("too_many_login_attempts")
        try:
            code: str = super().clean_code()  # type: ignore[misc]
        except sealing.CannotOpenError as error:
            log.error("second_factor_not_opened user=%s error=%s", self.user.pk, error)
            raise ValidationError(LOST, code="second_factor_lost") from error
        give_back(limits)
        return code


class CountedAuthenticateForm(_Counted, AuthenticateForm):  # type: ignore[misc]
    """When signing in."""


class CountedReauthenticateForm(_Counted, ReauthenticateForm):  # type: ignore[misc]
    """Before a change."""
