from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from accounts.enums import CASE_ROLES, Language, Role
from accounts.masked_fields import MaskedJSON
from accounts.sign_in import rows as rows  # models too
from accounts.time_zones import validate_time_zone
from common.sort_keys import sort_key_column


class UserManager(BaseUserManager["User"]):
    def create_user(
        self, email: str, password: str | None = None, *, role: str, **fields: Any
    ) -> User:
        """Without a password, the person signs in with emailed codes only."""
        user = self.model(email=email.strip().lower(), role=role, **fields)
        user.set_password(password)
        user.full_clean(exclude=["password"])
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        fields["role"] = Role.ADMINISTRATOR
        return self.create_user(email, password, **fields)

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email=(username or "").strip().lower())  # as all addresses are stored


class User(AbstractBaseUser):
    """Someone who signs in with an email address. Their one role decides what they may do."""

    email = models.EmailField(
        _("email address"),
        error_messages={"unique": _("Someone already signs in with this email address.")},
    )
    name = models.CharField(_("name"), max_length=120)
    name_sort = sort_key_column()
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    language = models.CharField(
        _("interface language"),
        max_length=2,
        choices=Language.choices,
        blank=True,
        help_text=_("Leave blank to use the browser’s language."),
    )
    time_zone = models.CharField(
        _("time zone"),
        max_length=40,
        blank=True,
        validators=[validate_time_zone],
        help_text=_("For example, America/Chicago."),
    )
    is_active = models.BooleanField(
        _("active"),
        default=True,
        help_text=_(
            "Uncheck this instead of deleting the account, so that the history stays readable."
        ),
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        indexes = [
            # cases/queries/people.py, admin.py: the few staff among all users
            models.Index(
                fields=["name_sort", "id"], name="user_staff", condition=~Q(role="customer")
            ),
            # cases/queries/calendar.py: follow-ups whose owner is inactive
            models.Index(fields=["id"], name="user_inactive", condition=Q(is_active=False)),
            # admin.py: everyone, by name
            models.Index(fields=["name_sort", "-id"], name="user_by_name"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["email"], name="user_email_once"),
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")), name="user_email_lower_case"
            ),
            models.CheckConstraint(
                condition=models.Q(role__in=Role.values), name="user_role_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        self.email = self.email.lower()

    def get_session_auth_hash(self) -> str:
        return self._session_hash(None)

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        for old in settings.SECRET_KEY_FALLBACKS:
            yield self._session_hash(old)

    def _session_hash(self, secret: str | bytes | None) -> str:
        """A new password or address ends the sessions that began with the old one."""
        said = f"{self.password}\n{self.email}"
        return salted_hmac("accounts.session", said, secret=secret, algorithm="sha256").hexdigest()

    def get_short_name(self) -> str:
        return self.name.split(" ")[0]

    @property
    def is_customer(self) -> bool:
        return self.role == Role.CUSTOMER

    @property
    def works_cases(self) -> bool:
        """Logs calls and answers customers."""
        return self.role in CASE_ROLES

    @property
    def supervises(self) -> bool:
        """Decides about escalated cases."""
        return self.role in {Role.SUPERVISOR, Role.ADMINISTRATOR}

    @property
    def sees_leases(self) -> bool:
        return self.works_cases or self.role == Role.MERCHANT_SERVICES

    @property
    def decides_leases(self) -> bool:
        """Reviews leases and answers pending applications."""
        return self.role == Role.MERCHANT_SERVICES

    # Django's administration calls these; only administrators get in.
    @property
    def is_staff(self) -> bool:
        return self.is_superuser

    @property
    def is_superuser(self) -> bool:
        return self.is_active and self.role == Role.ADMINISTRATOR

    def has_perm(self, perm: str, obj: object = None) -> bool:
        return self.is_superuser

    def has_perms(self, perm_list: list[str], obj: object = None) -> bool:
        return self.is_superuser

    def has_module_perms(self, app_label: str) -> bool:
        return self.is_superuser


class SecondStep(Authenticator):  # type: ignore[misc]
    """allauth's authenticators, under our name in the administration."""

    user: User

    class Meta:
        proxy = True
        verbose_name = _("two-step verification method")
        verbose_name_plural = _("two-step verification methods")


class Draft(models.Model):
    """What someone typed into a form and hasn't sent, in the window that saved last. Only they can
    see it. What their other windows have of the same form stands beside it (DraftWindow).
    """

    writer = models.ForeignKey(
        User,
        models.CASCADE,
        related_name="drafts",
        db_index=False,  # draft_one_per_form starts with it
    )
    #: The form's address; with #1 for the second form sent there from the same page.
    form = models.CharField(max_length=250)
    typed = MaskedJSON(default=dict)
    #: The token of the page whose words these are.
    token = models.CharField(max_length=40, default="unknown")
    #: The token of a page whose form was sent: later saves from it are ignored.
    spent = models.CharField(max_length=40, blank=True)
    saved_at = models.DateTimeField()

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")
        constraints = [
            models.UniqueConstraint(fields=["writer", "form"], name="draft_one_per_form"),
        ]
        indexes = [
            models.Index(fields=["saved_at"], name="draft_old"),  # sweep_drafts
        ]

    def __str__(self) -> str:
        return self.form


class DraftWindow(models.Model):
    """What a window had typed into a form when another one's words became the draft."""

    draft = models.ForeignKey(
        Draft,
        models.CASCADE,
        related_name="windows",
        db_index=False,  # draft_window_once starts with it
    )
    token = models.CharField(max_length=40)
    typed = MaskedJSON(default=dict)
    saved_at = models.DateTimeField()

    class Meta:
        verbose_name = _("window of a draft")
        verbose_name_plural = _("windows of a draft")
        constraints = [
            models.UniqueConstraint(fields=["draft", "token"], name="draft_window_once"),
        ]
        indexes = [
            models.Index(fields=["saved_at"], name="draft_window_old"),  # sweep_drafts
        ]

    def __str__(self) -> str:
        return f"{self.draft} {self.saved_at:%Y-%m-%d}"


class SentForm(models.Model):
    """A form that someone sent, by its key; kept for some days (accounts/sent_forms.py)."""

    user = models.ForeignKey(
        User,
        models.CASCADE,
        related_name="+",
        db_index=False,  # sent_form_once starts with it
    )
    path = models.CharField(max_length=500)  # sent_forms.LONGEST_PATH
    key = models.UUIDField()
    fingerprint = models.CharField(max_length=64)
    sent_at = models.DateTimeField()
    # Where the answer redirected; empty while it's being processed.
    location = models.TextField(blank=True)  # as long as our longest address

    class Meta:
        verbose_name = _("submitted form")
        verbose_name_plural = _("submitted forms")
        constraints = [
            models.UniqueConstraint(fields=["user", "key", "path"], name="sent_form_once"),
        ]
        indexes = [
            models.Index(fields=["sent_at"], name="sent_form_age"),  # forget_sent_forms
        ]

    def __str__(self) -> str:
        return f"{self.path} {self.sent_at:%Y-%m-%d}"
