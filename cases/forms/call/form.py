from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases import kinds
from cases.actions import Call, letters
from cases.enums import ItemState
from cases.forms.call.checklist import states
from cases.forms.call.goodbye import CallGoodbyeForm
from cases.forms.call.language import CallLanguageForm
from cases.forms.call.lease import CallersLeaseForm
from cases.forms.caller import CALLER_FIELDS, CallerForm
from cases.forms.charge_choice import ChargeChoice, charge_choice, read_amounts
from cases.forms.contact import CONTACT_FIELD_OF, CONTACT_FIELDS, ContactForm
from cases.forms.represented import REPRESENTED_FIELD_OF
from cases.queries.flags import NO_FLAGS, flags_of_people
from leases.models import Lease


class CallForm(CallersLeaseForm, CallerForm, ContactForm, CallLanguageForm, CallGoodbyeForm):
    """A call being logged, in the order of its panels: who, what, goodbye."""

    field_order = (
        "language", "remember_language", "contract", "lease", *CALLER_FIELDS, *CONTACT_FIELDS,
        "kind", "channel",
    )  # fmt: skip
    FIELD_OF: ClassVar = {
        **CONTACT_FIELD_OF, **REPRESENTED_FIELD_OF, "day_past": "due_on", "script_gap": "summary",
        "kind_not_offered": "kind", "outcome_missing": "outcome", "outcome_asks": "outcome",
        "outcome_unconfirmed": "outcome", "references_many": "reference",
        "status_reason": "message", "outcome_untold": "told_how",
    }  # fmt: skip

    #: Of the transactions chosen; None is all of one.
    amounts: dict[int, Decimal | None]

    def __init__(self, *args: Any, user: User, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, user=user, now=now, **kwargs)
        # So that who listens to the page hears what was typed in its own voice.
        self.fields["summary"].widget.attrs["lang"] = self["language"].value() or ""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        self.check_agreements()
        self._check_charges()
        self.check_answers()
        if self.is_about_a_contact:
            self._check_there_is_no_lease(cleaned)
        elif not cleaned.get("lease") and "lease" not in self.errors:
            self.find_lease(cleaned)
        if cleaned.get("lease") and cleaned.get("language"):
            self.ask_about_call_language(cleaned)
        if cleaned.get("lease") and self.SILENT not in self.data:
            self._check_own_address(cleaned["lease"])
        if cleaned.get("language"):
            self.ask_about_words(cleaned, [each.what for each in self.agreed()])
        return cleaned

    @property
    def disputes_charges(self) -> bool:
        """Whether the reason has transactions to choose."""
        row = kinds.kinds().get(self.chosen_kind)
        return row is not None and row.disputes_charges

    def charges(self, lease: Lease | None) -> ChargeChoice | None:
        """Of the lease found; None if the reason has none."""
        if lease is None or not self.disputes_charges:
            return None
        return charge_choice(lease, self.typed, today=self.today)

    def chosen_amounts(self) -> dict[int, Decimal | None]:
        """Before anything is checked: none as long as one is no amount."""
        try:
            return read_amounts(self.typed) if self.disputes_charges else {}
        except ValidationError:
            return {}

    def items(self) -> dict[str, ItemState]:
        """What became of the checklist and of an attorney's letter, before anything is checked."""
        return states(self.chosen_kind, self.typed) | letters(self.represented())

    def _check_charges(self) -> None:
        try:
            self.amounts = read_amounts(self.typed)
        except ValidationError as error:
            self.add_error(None, error)

    def doubted_address(self, lease: Lease | None) -> str:
        """Of a lease made with a stolen identity: it may be the thief's. Empty once the caller said
        that it's theirs, and if there's nothing to doubt.
        """
        if lease is None or self.chosen_kind != kinds.IDENTITY_THEFT:
            return ""
        email = lease.customer.email
        return "" if self["own_address"].value() == email else email

    def _check_own_address(self, lease: Lease) -> None:
        """Nothing is sent to it unseen; what goes to an attorney doesn't go there."""
        if not (email := self.doubted_address(lease)):
            return
        told = self.represented()
        customer = lease.customer
        flags = flags_of_people([customer], user=self.user).get(customer.pk, NO_FLAGS)
        if flags.attorney or (told and told.goes_through):
            return
        message = _(
            "Ask the caller if %(email)s is theirs, and say so here. If it isn’t, correct their"
            " details first, or save without sending."
        )
        self.add_error("own_address", ValidationError(message, "address_doubted", {"email": email}))

    def _check_there_is_no_lease(self, cleaned: dict[str, Any]) -> None:
        if cleaned.get("lease"):
            self.add_error(
                "why",
                ValidationError(
                    _("Choose a lease, or say why there’s none, but not both."),
                    code="lease_and_contact",
                ),
            )

    def call(self) -> Call:
        cleaned = self.cleaned_data
        return Call(
            lease=cleaned["lease"],
            contact=self.contact() if self.is_about_a_contact else None,
            kind=cleaned["kind"],
            channel=cleaned["channel"],
            language=cleaned["language"],
            summary=cleaned["summary"],
            visibility=cleaned["visibility"],
            remember_language=cleaned["remember_language"],
            due_on=cleaned["due_on"],
            caller=self.caller(),
            items=self.items(),
            agreements=self.agreed(),
            charges=self.amounts if self.disputes_charges and cleaned["lease"] else {},
            answers=self.answers(cleaned["lease"].store if cleaned["lease"] else None),
            message=cleaned["message"],
            outcome=cleaned["outcome"],
            reference=cleaned["reference"],
            told_how=cleaned["told_how"],
            is_confirmed=self.SILENT not in self.data,
        )
