"""Forms for attorneys, statutes and legal holds."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.enums import LANGUAGE_CHOICES
from cases.actions import Attorney
from cases.enums import FlagKind
from cases.models import CaseFlag
from common.form_fields import WordsField


class FlagForm(forms.Form):
    """One kind of flag; `told` is what the action is told of it."""

    kind: ClassVar[FlagKind]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": f"flag_{self.kind}_%s"} | kwargs)

    @property
    def told(self) -> dict[str, Any]:
        return {"kind": self.kind}


class AttorneyForm(FlagForm):
    kind = FlagKind.ATTORNEY
    FIELD_OF: ClassVar[dict[str, str]] = {
        "flag_name": "name",
        "flag_email_customer": "email",
        "address_suppressed": "email",
        "phone": "phone",
        "phone_area_code": "phone",
        "phone_extension": "phone",
    }

    name = forms.CharField(label=_("Attorney’s name"), max_length=120)
    firm = forms.CharField(label=_("Law firm"), max_length=120, required=False)
    # In the form people type: longer than the column.
    phone = forms.CharField(label=_("Phone"), max_length=40, required=False)
    email = forms.EmailField(
        label=_("Email"),
        required=False,
        help_text=_("Emails go here instead of to the customer. Without one, they’re held."),
    )
    language = forms.ChoiceField(
        label=_("We write to them in"),
        choices=[("", pgettext_lazy("language", "The customer’s language")), *LANGUAGE_CHOICES],
        required=False,
    )

    @property
    def told(self) -> dict[str, Any]:
        return super().told | {"attorney": Attorney(**self.cleaned_data)}


class StatuteForm(FlagForm):
    kind = FlagKind.STATUTE
    FIELD_OF: ClassVar[dict[str, str]] = {"flag_statute": "statute"}

    statute = forms.CharField(
        label=_("Law, as it was cited"),
        max_length=120,
        help_text=_("In the customer’s words: “FDCPA,” “the Fair Credit law,” “15 USC 1692.”"),
    )

    @property
    def told(self) -> dict[str, Any]:
        return super().told | self.cleaned_data


class HoldForm(FlagForm):
    kind = FlagKind.LEGAL_HOLD


FLAG_FORMS: dict[str, type[FlagForm]] = {
    each.kind.value: each for each in (AttorneyForm, StatuteForm, HoldForm)
}


class LiftForm(forms.Form):
    FIELD_OF: ClassVar[dict[str, str]] = {"reason": "reason"}

    reason = WordsField(
        label=_("Why is it removed?"), widget=forms.Textarea(attrs={"rows": 2}), max_length=500
    )

    def __init__(self, *args: Any, flag: CaseFlag, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": f"lift_{flag.pk}_%s"} | kwargs)
        self.flag = flag
