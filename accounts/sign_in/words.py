"""What allauth says while people sign in, in our words: some of its Spanish uses “tú”."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

ERRORS = {
    "email_password_mismatch": _("The email address or password is incorrect."),
    "enter_current_password": _("This isn’t your current password."),
    "incorrect_code": _("This code is incorrect or has expired. You can ask for a new one."),
    "incorrect_password": _("The password is incorrect."),
    "too_many_login_attempts": _("Too many attempts. Wait a few minutes, then try again."),
}
SECOND_FACTOR_ERRORS = {
    "cannot_generate_recovery_codes": _(
        "Set up an authenticator app or a security key first, then create recovery codes."
    ),
    # allauth says this of a security key too.
    "incorrect_code": _("That didn’t work. Check the code or the key and try again."),
}
#: Ways to confirm who you are, by allauth's id.
WAYS = {
    "reauthenticate": _("Use your password"),
    "mfa_reauthenticate": _("Use your authenticator app or a recovery code"),
    "mfa_reauthenticate:webauthn": _("Use a security key"),
}
