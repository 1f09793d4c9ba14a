"""People, with their open work: no one leaves with open cases."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.access import signed_in
from accounts.admin import UserAdmin, UserForm
from accounts.enums import CASE_ROLES
from accounts.models import User
from cases import actions
from cases.queries.held import Held, held_by
from cases.queries.people import case_workers

NOBODY = "nobody"


class PersonForm(UserForm):
    """If a person stops working cases, the form asks who takes them over."""

    hand_to = forms.ChoiceField(label=_("Hand work over to"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.held = held_by(self.instance) if self.instance.works_cases else Held(0, 0, 0)
        if not self.held:
            del self.fields["hand_to"]
            return
        others = case_workers().exclude(pk=self.instance.pk)
        field = self.fields["hand_to"]
        field.choices = [  # type: ignore[attr-defined]
            ("", _("Choose someone if you’re deactivating this person")),
            (NOBODY, _("Unassigned")),
            *((str(each.pk), each.name) for each in others),
        ]
        field.help_text = _("Now assigned: %(held)s. Follow-ups move with their cases.") % {
            "held": self.held
        }

    def leaves(self) -> bool:
        """From now on they work no cases."""
        works = self.cleaned_data.get("role") in CASE_ROLES
        return bool(self.held) and not (works and self.cleaned_data.get("is_active"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.leaves() and not cleaned.get("hand_to") and "hand_to" not in self.errors:
            message = _("This person still has %(held)s. Choose who takes over, or “Unassigned.”")
            params = {"held": self.held}
            self.add_error("hand_to", ValidationError(message, code="hand_over", params=params))
        return cleaned

    def heir(self) -> User | None:
        chosen = str(self.cleaned_data.get("hand_to"))
        return None if chosen == NOBODY else case_workers().get(pk=int(chosen))


class PersonAdmin(UserAdmin):
    change_form = PersonForm

    def get_fields(self, request, obj=None):  # type: ignore[no-untyped-def]
        fields = super().get_fields(request, obj)  # type: ignore[no-untyped-call]
        has_work = obj is not None and obj.works_cases and held_by(obj)
        return [*fields, "hand_to"] if has_work else fields

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        """The work first: the same transaction still checks who takes it over."""
        if change and isinstance(form, PersonForm) and form.leaves():
            held = actions.hand_over(
                person=obj, to=form.heir(), by=signed_in(request), now=timezone.now()
            )
            messages.info(request, _("Handed over: %(held)s.") % {"held": held})
        super().save_model(request, obj, form, change)
