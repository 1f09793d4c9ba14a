from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from accounts.enums import Language, Role
from accounts.time_zones import validate_time_zone


class UserManager(BaseUserManager["User"]):
    def create_user(
        self, email: str, password: str | None = None, *, role: str, **fields: Any
    ) -> User:
        """Without a password the person signs in with mailed codes only."""
        user = self.model(email=email.strip().lower(), role=role, **fields)
        user.set_password(password)
        user.full_clean(exclude=["password"])
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        fields["role"] = Role.ADMINISTRATOR
        return self.create_user(email, password, **fields)

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """Somebody who signs in with an e-mail address; one role says what they may do."""

    email = models.EmailField(
        _("e-mail address"),
        unique=True,
        error_messages={"unique": _("Somebody already signs in with this e-mail address.")},
    )
    name = models.CharField(_("name"), max_length=120)
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    language = models.CharField(
        _("interface language"),
        max_length=2,
        choices=Language.choices,
        blank=True,
        help_text=_("Empty: the language of the browser."),
    )
    time_zone = models.CharField(
        _("time zone"),
        max_length=40,
        blank=True,
        validators=[validate_time_zone],
        help_text=_("For example America/Chicago."),
    )
    is_active = models.BooleanField(
        _("active"),
        default=True,
        help_text=_("Untick instead of deleting: history stays readable."),
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = [
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

    def get_short_name(self) -> str:
        return self.name.split(" ")[0]

    @property
    def is_customer(self) -> bool:
        return self.role == Role.CUSTOMER

    @property
    def works_cases(self) -> bool:
        """Logs calls and answers customers."""
        return self.role in {Role.AGENT, Role.SUPERVISOR, Role.ADMINISTRATOR}

    @property
    def supervises(self) -> bool:
        """Decides about what was escalated."""
        return self.role in {Role.SUPERVISOR, Role.ADMINISTRATOR}

    @property
    def sees_leases(self) -> bool:
        return self.works_cases or self.role == Role.MERCHANT_SERVICES

    @property
    def decides_leases(self) -> bool:
        """Reviews leases and answers applications that are still open."""
        return self.role == Role.MERCHANT_SERVICES

    # Django's admin asks these; only administrators enter it.
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


class Draft(models.Model):
    """What somebody has typed into a form and not sent: for their own eyes only."""

    writer = models.ForeignKey(User, models.CASCADE, related_name="drafts")
    #: Its address; with #1 the second form that is sent there, from the same page.
    form = models.CharField(max_length=250)
    typed = models.JSONField(default=dict)
    #: The page whose form was sent: what else comes from it is late.
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
