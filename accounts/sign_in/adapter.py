"""What allauth calls. The emails come from a room above (ACCOUNT_ADAPTER)."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from accounts.limits import give_back, take
from accounts.models import User
from accounts.paces import PASSWORD
from accounts.sign_in import device, tries
from accounts.sign_in.mails import mails
from accounts.sign_in.words import ERRORS, WAYS

#: allauth's names for the email after a password was set by a link or changed while signed in.
PASSWORD_CHANGED = ("account/email/password_reset", "account/email/password_changed")


#: The session's, until a page has looked for what they were in the middle of.
JUST_SIGNED_IN = "just_signed_in"


class SignInAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    error_messages = DefaultAccountAdapter.error_messages | ERRORS

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        """Count the attempt before checking the password; a correct one doesn't count."""
        subject = str(credentials.get("email", ""))
        limits = tries.of_person("password", PASSWORD, request=request, subject=subject)
        if take(limits, now=timezone.now()):
            raise self.validation_error("too_many_login_attempts")
        user: AbstractBaseUser | None = super().authenticate(request, **credentials)
        if user is not None:
            give_back(limits)
        return user

    def get_reauthentication_methods(self, user: User) -> list[dict[str, Any]]:
        ways: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        return [way | {"description": WAYS[way["id"]]} for way in ways]

    def send_notification_mail(
        self, template_prefix: str, user: User, context: Any = None, email: str | None = None
    ) -> None:
        """Tell the owner, whether by link or while signed in."""
        if template_prefix in PASSWORD_CHANGED:
            mails().mail_password_changed(user, now=timezone.now())

    def post_login(self, request: HttpRequest, user: User, **how: Any) -> HttpResponse:
        response: HttpResponse = super().post_login(request, user, **how)
        if user.works_cases:
            request.session[JUST_SIGNED_IN] = True
        device.remember(request, response, user.email, f"user {user.pk}")
        return response
