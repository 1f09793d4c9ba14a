"""What an attorney on the telephone is asked; their name is the caller's."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.enums import LANGUAGE_CHOICES
from cases.actions import Represented
from cases.enums import CallerRelation, ItemState
from leases.phones import phone_to_keep

#: Whose name, firm and addresses the page filled in: the flag's key.
OFFERED = "attorney_offered"
#: Of a letter that was accepted in an earlier call; whoever else calls is asked for theirs.
KNOWN_LETTER = "known"
#: What a draft keeps of them.
REPRESENTED_FIELDS = (
    "attorney_firm", "attorney_phone", "attorney_email", "attorney_language", "attorney_letter",
    "attorney_flag", OFFERED,
)  # fmt: skip
#: Where the refusals of `flag_case` belong.
REPRESENTED_FIELD_OF = {
    "flag_email_customer": "attorney_email",
    "address_suppressed": "attorney_email",
    "flag_twice": "attorney_flag",
}

LETTERS = [
    (ItemState.ASKED.value, pgettext_lazy("item of a checklist", "Ask for it")),
    (ItemState.ACCEPTED.value, pgettext_lazy("item of a checklist", "Received")),
    (KNOWN_LETTER, pgettext_lazy("letter of representation", "Already accepted")),
]


class RepresentedForm(forms.Form):
    attorney_firm = forms.CharField(label=_("Law firm"), max_length=120, required=False)
    # In the form people type: longer than the column.
    attorney_phone = forms.CharField(label=_("Attorney’s phone"), max_length=40, required=False)
    attorney_email = forms.EmailField(label=_("Attorney’s email"), required=False)
    attorney_language = forms.ChoiceField(
        label=_("We write to them in"),
        choices=[("", pgettext_lazy("language", "The language of this call")), *LANGUAGE_CHOICES],
        required=False,
    )
    attorney_letter = forms.ChoiceField(
        label=_("Letter of representation"),
        choices=LETTERS,
        initial=ItemState.ASKED,
        required=False,
        widget=forms.RadioSelect,
    )
    attorney_flag = forms.BooleanField(
        label=_("From now on, contact goes through the attorney"),
        help_text=_(
            "Nothing in the case is deleted, and supervisors are told. Until we accept the letter,"
            " emails wait."
        ),
        initial=True,
        required=False,
    )
    attorney_offered = forms.CharField(
        widget=forms.HiddenInput, required=False, max_length=20, empty_value=""
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("attorney_firm", "attorney_phone", "attorney_email"):
            self.fields[name].widget.attrs["autocomplete"] = "off"

    @property
    def is_attorney(self) -> bool:
        return str(self["relation"].value()) == CallerRelation.ATTORNEY

    def offer_letter(self, *, is_known: bool) -> None:
        """Only of an attorney whose letter we have, it can be said that we have it."""
        if not is_known:
            self.fields["attorney_letter"].choices = [  # type: ignore[attr-defined]
                each for each in LETTERS if each[0] != KNOWN_LETTER
            ]

    def clean_attorney_phone(self) -> str:
        """As said by the action, at its own field; no one else's counts."""
        phone: str = self.cleaned_data["attorney_phone"].strip()
        return phone_to_keep(phone) if phone and self.is_attorney else ""

    def represented(self) -> Represented | None:
        """As far as it can be read, whether or not the form was sent."""
        if not self.is_attorney:
            return None
        said = {name: self._read(name) for name in REPRESENTED_FIELDS}
        if said["attorney_letter"] == KNOWN_LETTER:
            # Not asked for again of the attorney on record; of anyone else it is.
            said["attorney_letter"] = ItemState.ASKED
        return Represented(
            firm=said["attorney_firm"] or "",
            phone=said["attorney_phone"] or "",
            email=said["attorney_email"] or "",
            language=said["attorney_language"] or str(self["language"].value() or ""),
            goes_through=bool(said["attorney_flag"]),
            letter=ItemState(said["attorney_letter"]) if said["attorney_letter"] else None,
        )

    def _read(self, name: str) -> Any:
        try:
            return self.fields[name].clean(self[name].value())
        except ValidationError:
            return ""
