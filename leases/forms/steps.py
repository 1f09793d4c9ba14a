"""The steps of a lease, as merchant services enters them for a store."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from common.form_fields import AmountField, DayField
from common.formats import money
from common.relative_days import Toward
from leases.actions import AgreedTerms, InvoiceItem, ReturnedItem
from leases.enums import BuyoutRule, Frequency
from leases.forms.decisions import LateReasonField, ReasonField
from leases.models import Lease
from leases.money import ZERO

MOST_PIECES = 32767


def _decimal() -> forms.TextInput:
    return forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})


class InvoiceForm(forms.Form):
    """Asks how the customer pays if a program offers a choice."""

    number = forms.CharField(label=_("Invoice number"), max_length=40)
    total = AmountField(label=_("Invoice total"))
    frequency = forms.ChoiceField(label=_("Payment frequency"))
    first_due_on = DayField(
        label=_("First payment due date"),
        required=False,
        help_text=_("If blank, one week after delivery."),
    )

    def __init__(self, *args: Any, lease: Lease, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if lease.program is None:
            del self.fields["frequency"], self.fields["first_due_on"]
            return
        # What was agreed stays valid even if the program no longer offers it.
        agreed = [lease.terms.frequency] if hasattr(lease, "terms") else []
        offered = [Frequency(each) for each in dict.fromkeys(lease.program.frequencies + agreed)]
        self.fields["frequency"].choices = [  # type: ignore[attr-defined]
            (each.value, each.label) for each in offered
        ]


class TermsForm(forms.Form):
    """The terms of a contract that no program defines; the action knows what is allowed."""

    cash_price = AmountField(label=_("Cash price"))
    total = AmountField(label=_("Total of payments"))
    payments = forms.IntegerField(
        label=_("Number of payments"), widget=forms.NumberInput(attrs={"inputmode": "numeric"})
    )
    frequency = forms.ChoiceField(label=_("Payment frequency"), choices=Frequency.choices)
    first_due_on = DayField(
        label=_("First payment due date"),
        required=False,
        help_text=_("If blank, one week after delivery."),
    )
    state = forms.CharField(
        label=_("State where it was signed"),
        max_length=2,
        help_text=_("Two letters, for example, TX."),
    )
    buyout_rule = forms.ChoiceField(label=_("Early purchase rule"), choices=BuyoutRule.choices)
    discount_rate = forms.DecimalField(
        label=_("Share of the remaining payments due at early purchase"),
        required=False,
        help_text=_("For example, 0.75 or 0.65."),
        widget=_decimal(),
    )
    option_fee = AmountField(label=_("90-day option fee"), required=False)
    tax_rate = forms.DecimalField(
        label=_("Sales tax percentage"), required=False, widget=_decimal()
    )

    def clean_state(self) -> str:
        return str(self.cleaned_data["state"]).upper()

    def agreed(self) -> AgreedTerms:
        typed = self.cleaned_data
        zero = {name: typed[name] or ZERO for name in ("option_fee", "tax_rate")}
        return AgreedTerms(**typed | zero)


class SignatureForm(forms.Form):
    confirm = forms.BooleanField(label=_("The customer signed the lease agreement"))
    signed_on = DayField(
        toward=Toward.LAST,
        label=_("Signing date"),
        required=False,
        help_text=_("Leave blank for today."),
    )
    reason = LateReasonField()


class DeliveryForm(forms.Form):
    delivered_on = DayField(toward=Toward.LAST, label=_("Delivery date"))
    shipping_provider = forms.CharField(label=_("Shipping provider"), required=False, max_length=60)
    tracking_id = forms.CharField(label=_("Tracking number"), required=False, max_length=80)
    reason = LateReasonField()


class LateDeliveryForm(DeliveryForm):
    """After the deadline; asks for the day of the signature if none is on record."""

    signed_on = DayField(toward=Toward.LAST, label=_("Signing date"))
    field_order = ("signed_on", "delivered_on", "shipping_provider", "tracking_id", "reason")

    def __init__(self, *args: Any, lease: Lease, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"] = ReasonField(label=_("Why is it being recorded only now?"))
        if lease.signed_at is not None:
            del self.fields["signed_on"]


class LateDecisionForm(forms.Form):
    """A supervisor's decision; the button says which."""

    FIELD_OF: ClassVar = {"refusal_reason": "note", "account_number": "note"}

    note = ReasonField(
        label=_("Note"),
        required=False,
        help_text=_("Required to reject. Saved in the lease’s history."),
    )


class ReturnForm(forms.Form):
    """The whole order or a part: how many of each line, or the new total if there are no lines."""

    WHOLE, PART = "whole", "part"

    returned_on = DayField(toward=Toward.LAST, label=_("Return date"))
    what = forms.ChoiceField(
        label=_("What’s coming back"),
        choices=[(WHOLE, _("The whole order")), (PART, _("Part of the order"))],
        widget=forms.RadioSelect,
    )
    invoice_total = AmountField(
        label=_("New invoice total"), required=False, help_text=_("Only for a partial return.")
    )
    reason = ReasonField()
    # How many returns there were when the page was made.
    earlier = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, lines: Sequence[InvoiceItem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = lines
        for line in lines:
            self.fields[f"quantity_{line.line_number}"] = forms.IntegerField(
                label=format_lazy(
                    _("Quantity returned: {item}"), item=line.description or line.sku
                ),
                help_text=format_lazy(
                    _("{count} on the invoice at {price} each. Only for a partial return."),
                    count=line.quantity,
                    price=money(line.price_each),
                ),
                required=False,
                min_value=0,
                max_value=MOST_PIECES,
                widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
            )
        if lines:
            del self.fields["invoice_total"]
        self.order_fields(["returned_on", "what", *(f"quantity_{n.line_number}" for n in lines)])

    def items(self) -> list[ReturnedItem]:
        typed = (
            (line, self.cleaned_data.get(f"quantity_{line.line_number}")) for line in self.lines
        )
        return [ReturnedItem(line.line_number, count) for line, count in typed if count]

    def clean(self) -> dict[str, Any]:
        """No one should void a contract just by forgetting to say which part came back."""
        cleaned: dict[str, Any] = super().clean() or {}
        said = bool(self.items() or cleaned.get("invoice_total"))
        if cleaned.get("what") == self.WHOLE and said:
            message = _("For the whole order, leave the quantities and the new total blank.")
            self.add_error("what", ValidationError(message, code="return_what"))
        if cleaned.get("what") == self.PART and not said and not self.errors:
            if self.lines:
                message, code = _("Enter how many of each line are coming back."), "return_items"
            else:
                message, code = _("Enter the new invoice total."), "return_total"
            self.add_error(None if self.lines else "invoice_total", ValidationError(message, code))
        return cleaned


class CloseReturnForm(forms.Form):
    note = ReasonField(
        label=_("What was the outcome?"),
        help_text=_("For example: credited on November 20."),
        error_messages={"required": _("Enter how the return ended.")},
    )


class ReapplicationForm(forms.Form):
    confirm = forms.BooleanField(label=_("The customer wants to apply again"))
