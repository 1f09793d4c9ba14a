from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases import kinds
from cases.actions import Call, Contact, letters
from cases.enums import CallerRelation, ItemState
from cases.forms.call.checklist import states
from cases.forms.call.goodbye import CallGoodbyeForm
from cases.forms.call.language import CallLanguageForm
from cases.forms.call.lease import CallersLeaseForm
from cases.forms.caller import ABOUT_THEMSELVES, CALLER_FIELDS
from cases.forms.charge_choice import ChargeChoice, charge_choice, read_amounts
from cases.forms.contact import CONTACT_FIELD_OF, CONTACT_FIELDS, ContactForm
from cases.forms.represented import REPRESENTED_FIELD_OF
from cases.queries.flags import NO_FLAGS, flags_of_people
from leases.models import Lease


class CallForm(CallersLeaseForm, ContactForm, CallLanguageForm, CallGoodbyeForm):
    """A call being logged, in the order of its panels: who, what, goodbye."""

    field_order = (
        "language", "remember_language", "contract", "lease", *CALLER_FIELDS, *CONTACT_FIELDS,
        "kind", "channel",
    )  # fmt: skip
    FIELD_OF: ClassVar = {
        **CONTACT_FIELD_OF, **REPRESENTED_FIELD_OF, "day_past": "due_on", "script_gap": "summary",
        "kind_not_offered": "kind", "outcome_missing": "outcome", "outcome_asks": "outcome",
        "outcome_unconfirmed": "outcome", "references_many": "reference",
        "status_reason": "message", "outcome_escalated": "escalation", "outcome_untold": "told_how",
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
        if self.is_about_a_contact and cleaned.get("lease"):
            self._let_lease_count(cleaned)
        elif not (self.is_about_a_contact or cleaned.get("lease") or "lease" in self.errors):
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
        return states(self.checklist) | letters(self.represented())

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

    def _own_address(self, lease: Lease | None) -> str:
        if lease is None or self.chosen_kind != kinds.IDENTITY_THEFT:
            return ""
        return "" if self.doubted_address(lease) else lease.customer.email

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

    @property
    def is_about_the_caller(self) -> bool:
        """Who then is named once, in either field."""
        return bool(self["why"].value()) and self["relation"].value() in ABOUT_THEMSELVES

    @property
    def is_unnamed(self) -> bool:
        """Someone else than the customer calls, and no one is named."""
        relation = self["relation"].value() or CallerRelation.CUSTOMER
        names = (str(self[name].value() or "") for name in ("caller_name", "contact_name"))
        return relation != CallerRelation.CUSTOMER and not any(map(str.strip, names))

    @property
    def contact_named(self) -> str:
        """Who it's about without a lease."""
        names = ["contact_name", *(["caller_name"] if self.is_about_the_caller else [])]
        typed = (str(self[name].value() or "").strip() for name in names)
        return next(filter(None, typed), "")

    def contact(self) -> Contact:
        return replace(super().contact(), name=self.contact_named)

    def _check_contact(self) -> None:
        """Beside a lease it isn't saved."""
        if not self.cleaned_data.get("lease"):
            super()._check_contact()

    def _let_lease_count(self, cleaned: dict[str, Any]) -> None:
        """It does, and says so once before words that no case gets are gone."""
        lease = cleaned["lease"]
        if self.is_first_time(f"lease-{lease.account_number}"):
            message = _(
                "The case will be about %(name)s’s lease, and what you filled in here won’t be"
                " saved. If that’s right, save again."
            )
            params = {"name": lease.customer.name}
            self.add_error("why", ValidationError(message, "lease_and_contact", params))
        else:
            cleaned["why"] = ""

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
            escalation=cleaned["escalation"],
            told_how=cleaned["told_how"],
            is_confirmed=self.SILENT not in self.data,
            own_address=self._own_address(cleaned["lease"]),
        )
