from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.fields import PasswordField, SetPasswordField
from allauth.account.forms import ChangePasswordForm, LoginForm, ResetPasswordKeyForm
from allauth.core import context
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.core.validators import EmailValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.enums import Language
from accounts.limits import give_back, take
from accounts.paces import PASSWORD
from accounts.sign_in import tries
from accounts.way_back import way_back


class AddressForm(forms.Form):
    """Doesn't check whether anyone has this address."""

    email = forms.EmailField(
        label=_("Your email address"),
        widget=forms.EmailInput({"autocomplete": "email", "autofocus": True}),
    )

    def clean_email(self) -> str:
        """Some letters become two in lower case, and the address may no longer fit its column."""
        address = str(self.cleaned_data["email"]).lower()
        if len(address) > self.fields["email"].max_length:  # type: ignore[attr-defined]
            raise forms.ValidationError(EmailValidator.message, code=EmailValidator.code)
        return address


class CodeForm(forms.Form):
    code = forms.CharField(label=_("Code"), max_length=32)


class StaffSignInForm(LoginForm):  # type: ignore[misc]
    """The hand is in the first empty field for who comes back to a page of staff or was refused;
    anyone else may be a customer, whose field stands before it.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        goes_back = self.request and way_back(self.request.GET.get(REDIRECT_FIELD_NAME))
        if goes_back or self.is_bound:
            name = "password" if self["login"].value() else "login"  # which is never shown again
            self.fields[name].widget.attrs["autofocus"] = True


class NewPassword(forms.Form):
    password1 = SetPasswordField(label=_("New password"))
    password2 = PasswordField(label=_("New password, again"), autocomplete="new-password")


class NewPasswordForm(NewPassword, ResetPasswordKeyForm):  # type: ignore[misc]
    """By the link in an email."""


class CountedChangePasswordForm(NewPassword, ChangePasswordForm):  # type: ignore[misc]
    oldpassword = PasswordField(
        label=_("Current password"), show_reset_help=True, autocomplete="current-password"
    )

    def clean_oldpassword(self) -> Any:
        """Limited, so that someone at an unlocked screen can't guess forever."""
        limits = tries.of_person(
            "password", PASSWORD, request=context.request, subject=self.user.email
        )
        if take(limits, now=timezone.now()):
            raise get_adapter().validation_error("too_many_login_attempts")
        password = super().clean_oldpassword()
        give_back(limits)
        return password


class AddKeyForm(AddWebAuthnForm):  # type: ignore[misc]
    name = forms.CharField(label=_("Name of the key"), required=False)


class RenameKeyForm(EditWebAuthnForm):  # type: ignore[misc]
    name = forms.CharField(label=_("Name of the key"))


class LanguageForm(forms.Form):
    language = forms.ChoiceField(label=_("Language"), choices=Language.choices)
    next = forms.CharField(required=False, max_length=2000)
