"""What the confirmation of a call puts in writing: the agent's words, what was agreed on, what is
asked for.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from cases import kinds
from cases.actions import Agreed
from cases.enums import ItemState, ToldHow
from cases.forms.call.agreements import CallAgreementForm, Problem, agreed_in, agreement_forms
from cases.forms.call.answers import CallAnswersForm
from cases.forms.call.checklist import Row, checklist
from cases.forms.call.due import CallDueForm
from cases.models import CaseOutcome
from cases.scripts.placeholders import refuse_gaps
from common.form_fields import WordsField


class CallGoodbyeForm(CallAnswersForm, CallDueForm):
    #: The button that sends no confirmation.
    SILENT = "silent"
    message = WordsField(
        label=_("Your own words in the email"),
        validators=[refuse_gaps],
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2, "data-inserts": True}),
    )

    outcome = forms.ChoiceField(
        label=_("How does the call end?"),
        help_text=_(
            "Choose an outcome only if nothing is left to do: the case is resolved at once."
        ),
        required=False,
        error_messages={"invalid_choice": _("Choose how the case ended.")},
    )

    told_how = forms.ChoiceField(
        label=_("How will they hear the outcome?"),
        choices=ToldHow.choices,
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Choose one of the two.")},
    )

    #: The address that the caller says is theirs: another one is asked about anew.
    own_address = forms.CharField(required=False, max_length=254)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outcome"].choices = [  # type: ignore[attr-defined]
            ("", _("The case stays open")),
            *((each.key, each.name) for each in self._outcomes()),
        ]

    def _outcomes(self) -> list[CaseOutcome]:
        """Those offered, and the one already chosen: it isn't lost from the page."""
        kept = [str(self["outcome"].value() or "")]
        return kinds.outcomes_for(self.chosen_kind, kept=kept) if self.chosen_kind else []

    def clean_outcome(self) -> str:
        key: str = self.cleaned_data["outcome"]
        row = kinds.outcomes().get(key)
        if row and not row.is_offered:
            raise ValidationError(
                _("“%(name)s” is no longer offered. Choose another outcome."),
                code="outcome_not_offered",
                params={"name": row.name},
            )
        return key

    @property
    def chosen_outcome(self) -> str:
        """Empty while the case stays open, or if the reason doesn’t offer it."""
        key = str(self["outcome"].value() or "")
        return key if key in dict(self.fields["outcome"].choices) else ""  # type: ignore[attr-defined]

    @cached_property
    def checklist(self) -> list[Row]:
        return checklist(self.chosen_kind, self.typed)

    def unasked(self) -> list[Row]:
        """What this reason usually needs and no one has said anything about: the email of a case
        that stays open doesn't ask for it.
        """
        return [each for each in self._asked_by_key() if not each.state]

    def asked_by_key(self) -> list[Row]:
        """What the same key takes back, once nothing is left to ask for."""
        rows = self._asked_by_key()
        asked = [each for each in rows if each.state == ItemState.ASKED]
        return asked if all(each.state for each in rows) else []

    def _asked_by_key(self) -> list[Row]:
        if self.chosen_outcome:
            return []
        return [each for each in self.checklist if each.is_asked_by_key]

    def agreements(self, customer: str = "") -> list[CallAgreementForm]:
        """`customer`: their name, once they are found."""
        return agreement_forms(
            self.typed,
            is_sent=self.is_bound,
            customer=customer,
            first=self.today,
            default=self.kind_rule,
        )

    def agreed(self) -> list[Agreed]:
        return agreed_in(
            self.typed,
            is_sent=self.is_bound,
            first=self.today,
            default=self.kind_rule,
            language=str(self["language"].value() or ""),
        )

    def unread(self) -> list[Problem]:
        """Of the agreements that aren't in the confirmation yet."""
        return [each.problem for each in self.agreements() if each.problem]

    def check_agreements(self) -> None:
        for each in self.unread():
            told = f"“{each.what}”: {each.told}" if each.what else each.told
            self.add_error(None, ValidationError(told, "agreement"))
