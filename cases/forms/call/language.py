"""The language of a call, asked about once if it isn't the customer's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.enums import LANGUAGE_CHOICES, Language
from cases.actions import may_change_language
from cases.callers import speaks_for_themselves
from cases.enums import Visibility
from cases.forms.language_asked import AsksLanguageForm, Said

#: By the customer's language; `name` is the customer.
_FOLLOWED = {
    Language.SPANISH: _(
        "%(name)s reads Spanish, so the call is now marked as Spanish. If you spoke English,"
        " choose it and save again."
    ),
    Language.ENGLISH: _(
        "%(name)s reads English, so the call is now marked as English. If you spoke Spanish,"
        " choose it and save again."
    ),
}
_OTHER = {
    Language.SPANISH: _(
        "%(name)s reads Spanish, and this call is marked as English. If that’s right, save again."
    ),
    Language.ENGLISH: _(
        "%(name)s reads English, and this call is marked as Spanish. If that’s right, save again."
    ),
}
_CHANGES = {
    Language.SPANISH: _(
        "From now on, we’d write to %(name)s in English instead of Spanish. If they asked for"
        " that, save again."
    ),
    Language.ENGLISH: _(
        "From now on, we’d write to %(name)s in Spanish instead of English. If they asked for"
        " that, save again."
    ),
}


class CallLanguageForm(AsksLanguageForm):
    language = forms.ChoiceField(
        label=_("Language of the call"), choices=LANGUAGE_CHOICES, widget=forms.RadioSelect
    )
    remember_language = forms.BooleanField(
        label=_("Write to the customer in this language from now on"),
        help_text=_("If the customer chose a language in the portal, that choice stays."),
        required=False,
    )
    # The language the page chose by itself: if it's unchanged, no one chose another.
    suggested_language = forms.CharField(
        widget=forms.HiddenInput, required=False, max_length=2, empty_value=""
    )

    def ask_about_call_language(self, cleaned: dict[str, Any]) -> None:
        """Asks once, before a call in the other language is saved or changes how we write."""
        language, lease = cleaned["language"], cleaned["lease"]
        customer = lease.customer
        if language == customer.language:
            return
        remembers = cleaned["remember_language"] and may_change_language(customer)
        question = f"{language}-{'always' if remembers else 'once'}-{lease.account_number}"
        if not self.is_first_time(question):
            return
        follows = speaks_for_themselves(cleaned.get("relation"))
        if follows and language == cleaned["suggested_language"]:
            self.put(language=customer.language, suggested_language=customer.language)
            message = _FOLLOWED[customer.language]
            code = "language_followed"
        else:
            message = (_CHANGES if remembers else _OTHER)[customer.language]
            code = "language_changes" if remembers else "language_other"
        self.add_error("language", ValidationError(message, code, {"name": customer.name}))

    def ask_about_words(self, cleaned: dict[str, Any], agreed: Sequence[str]) -> None:
        """What goes to a customer: the agent's paragraph is in their language, what was agreed on
        in the call's. A call in the other language keeps its words.
        """
        language, lease = cleaned["language"], cleaned.get("lease")
        theirs = lease.customer.language if lease else language
        said = [Said("message", cleaned.get("message", ""), theirs, "message")]
        if cleaned.get("visibility") == Visibility.PUBLIC:
            words = "summary" if language == theirs else ""
            said.append(Said("summary", cleaned.get("summary", ""), language, words))
        if agreed:
            said.append(Said("language", "\n".join(agreed), language))
        self.ask_about_language(*said)
