"""The day of the next step: by the rule of the reason, until the agent chooses another."""

from __future__ import annotations

from copy import copy
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from cases import deadlines, kinds
from cases.enums import Party
from cases.forms.call.agreements import agreed_in
from cases.forms.call.checklist import asks_for_something
from cases.forms.call.days import days_again
from cases.forms.call.kind import CallKindForm
from cases.forms.call.words import CallWordsForm
from common.company_day import company_zone


class CallDueForm(CallKindForm, CallWordsForm):
    # The day the page proposed: while it stands unchanged, it follows the reason.
    suggested_due_on = forms.CharField(
        widget=forms.HiddenInput, required=False, max_length=10, empty_value=""
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = days_again(self.initial)
        #: Of the reason alone.
        self.kind_rule = deadlines.next_update(self.now, company_zone(), self.due_days)
        self.rule = max(self.kind_rule, self._after_agreed() or self.kind_rule)
        #: The page said another day before.
        self.has_new_day = not self.is_bound and self._is_suggested(self.initial.get("due_on"))
        if self.has_new_day:
            self.initial = {**self.initial, "due_on": self.rule}
        self.initial = {**self.initial, "suggested_due_on": self.rule.isoformat()}
        self.fields["due_on"].initial = self.rule

    @property
    def waits_for_agreement(self) -> bool:
        """We have nothing to do before what was agreed on."""
        return self.rule > self.kind_rule

    def _after_agreed(self) -> date | None:
        """Our day after the first that someone else agreed to; None if the reason doesn't wait, we
        agreed to something ourselves, or look at what is asked for before that.
        """
        row = kinds.kinds().get(self.chosen_kind)
        if row is None or not row.waits_for_agreement or asks_for_something(self.typed):
            return None
        agreed = agreed_in(
            self.typed, is_sent=self.is_bound, first=self.today, default=self.kind_rule
        )
        if not agreed or any(each.party == Party.COMPANY for each in agreed):
            return None
        return deadlines.after_agreed(min(each.due_on for each in agreed))

    @property
    def next_day(self) -> date:
        """As the case will have it if it's saved as it stands."""
        return self.next_step or self.rule

    @property
    def send_by(self) -> date:
        """Theirs, for what they are asked for."""
        return deadlines.send_by(self.next_day, self.now, company_zone())

    @property
    def day_to_say(self) -> date | None:
        """None while what was typed can't be read: no other day is read aloud."""
        return self.next_step if self["due_on"].value() else self.rule

    @property
    def rule_name(self) -> str:
        """Of the reason, whose rule it is; empty until there is one."""
        return kinds.kind_name(self.chosen_kind) if self.chosen_kind else ""

    def _is_suggested(self, typed: Any) -> bool:
        """`typed` is the day that the page proposed, and the rule is another by now."""
        shown = str((self.data if self.is_bound else self.initial).get("suggested_due_on") or "")
        try:
            day: date | None = self.fields["due_on"].to_python(typed)
        except ValidationError:
            return False
        return day is not None and day.isoformat() == shown and day != self.rule

    def clean_due_on(self) -> Any:
        if not self._is_suggested(self.cleaned_data["due_on"]):
            return super().clean_due_on() or self.rule
        self.data = copy(self.data)  # a QueryDict keeps its lists
        for name in ("due_on", "suggested_due_on"):
            self.data[self.add_prefix(name)] = self.rule.isoformat()  # type: ignore[index]
        return self.rule
