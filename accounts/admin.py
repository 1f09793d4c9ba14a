from __future__ import annotations

from typing import Any, ClassVar

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django import forms
from django.contrib import admin, messages
from django.contrib.auth import logout
from django.contrib.auth.forms import BaseUserCreationForm, UserChangeForm
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from accounts.access import signed_in
from accounts.admin_columns import yes_or_no
from accounts.administrators import check_not_the_last
from accounts.enums import Role
from accounts.large_lists import LargeList
from accounts.models import SecondStep, User
from accounts.named_lists import NamedList
from accounts.sign_in.change_address import change_address
from common.formats import moment

# Roles replace groups, a person has one address, and two-step verification is secret.
admin.site.unregister([Group, EmailAddress, Authenticator])


#: Customers come with a lease; no one adds them by hand.
STAFF_ROLES = [each for each in Role.choices if each[0] != Role.CUSTOMER]


class NewUserForm(BaseUserCreationForm[User]):
    role = forms.ChoiceField(label=capfirst(_("role")), choices=STAFF_ROLES)

    class Meta:
        model = User
        fields = ("email", "name", "role", "language", "time_zone")


class UserForm(UserChangeForm[User]):
    #: Shown when an administrator is about to remove their own access.
    leave = forms.BooleanField(
        label=_("Yes, that’s what I want"), required=False, widget=forms.HiddenInput
    )
    by: ClassVar[User | None] = None  # the administrator who fills in the form

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance != self.by:
            del self.fields["leave"]
        if not self.instance.is_customer:
            self.fields["role"].choices = STAFF_ROLES  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for field in {"email", "name", "role"}.intersection(self.changed_data):
            if self.instance.is_customer:
                self.add_error(
                    field,
                    ValidationError(
                        _("Change a customer’s name or email address on the customer’s own page."),
                        code="customers_own",
                    ),
                )
        is_kept = cleaned.get("is_active") and cleaned.get("role") == Role.ADMINISTRATOR
        if self.instance.is_superuser and not is_kept:
            field = "role" if cleaned.get("is_active") else "is_active"
            try:
                check_not_the_last(self.instance)
            except ValidationError as refused:
                self.add_error(field, refused)
            else:
                self._ask_who_leaves(cleaned)
        return cleaned

    def _ask_who_leaves(self, cleaned: dict[str, Any]) -> None:
        if self.instance != self.by or cleaned.get("leave"):
            return
        self.fields["leave"].widget = forms.CheckboxInput()
        asked = (
            _(
                "You’ll no longer be an administrator. Only another administrator can undo this."
                " Check the box and save again if that’s what you want."
            )
            if cleaned.get("is_active")
            else _(
                "You’re deactivating your own account: you’ll be signed out right away, and only"
                " another administrator can let you back in. Check the box and save again if"
                " that’s what you want."
            )
        )
        self.add_error("leave", ValidationError(asked, code="leaves_themself"))


@admin.register(User)
class UserAdmin(NamedList, LargeList[User]):
    list_display = ("name", "email", "role", "language", yes_or_no("is_active", _("active")))
    list_filter = ("role", "language", "is_active")
    search_fields = ("email__exact",)
    search_help_text = _("Email address, or part of the name of someone who works here")
    ordering = ("name_sort",)
    readonly_fields = ("last_login", "created_at")
    change_form: type[UserForm] = UserForm

    def found_by(self, text: str) -> list[QuerySet[User]]:
        staff = User.objects.exclude(role=Role.CUSTOMER)
        return [*super().found_by(text), staff.filter(name__icontains=text)]

    def get_form(self, request, obj=None, change=False, **kwargs):  # type: ignore[no-untyped-def]
        kwargs["form"] = self.change_form if change else NewUserForm
        form = super().get_form(request, obj, change=change, **kwargs)
        form.by = signed_in(request)  # type: ignore[attr-defined]
        return form

    def get_fields(self, request, obj=None):  # type: ignore[no-untyped-def]
        shown = ["email", "name", "role", "language", "time_zone"]
        if obj is None:
            return [*shown, "password1", "password2"]
        own = ["leave"] if obj == request.user else []
        return [*shown, "is_active", *own, "last_login", "created_at"]

    def save_model(
        self, request: HttpRequest, obj: User, form: forms.ModelForm[User], change: bool
    ) -> None:
        if not change or "email" not in form.changed_data:
            return super().save_model(request, obj, form, change)
        typed, obj.email = obj.email, form.initial["email"]
        super().save_model(request, obj, form, change)
        change_address(user=obj, email=typed, by=signed_in(request), now=timezone.now())

    def response_change(self, request: HttpRequest, obj: User) -> HttpResponse:
        """An administrator who gave up their own access is sent out of the administration."""
        if obj != request.user or (obj.is_superuser and obj.is_active):
            return super().response_change(request, obj)
        if obj.is_active:
            messages.success(request, _("You’re no longer an administrator."))
            return redirect("home")
        logout(request)
        messages.success(request, _("Your account is deactivated, and you’re signed out."))
        return redirect("account_login")

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return False  # deactivate instead: people stay in the history


class KindOfStep(admin.ChoicesFieldListFilter):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.title = _("kind")


@admin.register(SecondStep)
class SecondStepAdmin(LargeList[SecondStep]):
    """Only for removing what someone lost; its secret is never shown."""

    list_display = ("person", "kind", "added", "last_used")
    list_select_related = ("user",)
    list_filter = (("type", KindOfStep),)
    search_fields = ("user__email__exact",)
    search_help_text = _("Email address")
    fields = ("person", "kind", "added", "last_used")
    readonly_fields = fields

    @admin.display(description=_("user"), ordering="user__name_sort")
    def person(self, step: SecondStep) -> User:
        return step.user

    @admin.display(description=_("kind"), ordering="type")
    def kind(self, step: SecondStep) -> str:
        return str(step.get_type_display())

    @admin.display(description=_("created"), ordering="created_at")
    def added(self, step: SecondStep) -> str:
        return moment(step.created_at, short=True)

    @admin.display(description=_("last used"), ordering="last_used_at")
    def last_used(self, step: SecondStep) -> str:
        return moment(step.last_used_at, short=True)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: SecondStep | None = None) -> bool:
        return False
