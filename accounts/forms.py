"""Sign-in for customers by a mailed code; staff use allauth's own form and second factor."""

from __future__ import annotations

from allauth.account.forms import RequestLoginCodeForm, ResetPasswordForm
from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.enums import Language
from accounts.models import User


class CodeSignInForm(RequestLoginCodeForm):  # type: ignore[misc]
    """Codes are for customers: staff must not get past their second factor with a mailbox.

    A staff address is answered exactly like an unknown one.
    """

    _user: User | None

    def clean_email(self) -> str:
        email: str = super().clean_email()
        if self._user is not None and not self._user.is_customer:
            self._user = None
        return email


class NewPasswordForm(ResetPasswordForm):  # type: ignore[misc]
    """For staff: customers have no password. Their addresses are answered like unknown ones."""

    users: list[User]

    def clean_email(self) -> str:
        email: str = super().clean_email()
        self.users = [user for user in self.users if not user.is_customer]
        return email


class LanguageForm(forms.Form):
    language = forms.ChoiceField(label=_("Language"), choices=Language.choices)
    next = forms.CharField(required=False, max_length=2000)
