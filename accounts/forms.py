"""Sign-in forms: staff by password and second factor, customers by a mailed code."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import LoginForm, RequestLoginCodeForm
from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.enums import Language
from accounts.models import User


class PasswordSignInForm(LoginForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["remember"]  # sessions end after their hours for everybody
        self.fields["password"].help_text = ""


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


class LanguageForm(forms.Form):
    language = forms.ChoiceField(label=_("Language"), choices=Language.choices)
    next = forms.CharField(required=False, max_length=2000)
