"""A buyout quote in words, in the active language: the formula with its figures, the effect.

The figures come from the snapshot (`leases.buyout.snapshot`) and are never computed again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from common.formats import money
from leases.buyout import Stage
from leases.enums import BuyoutRule
from leases.money import ZERO

Inputs = Mapping[str, Any]


def formula(rule: str, inputs: Inputs) -> str:
    """How the total was computed: the formula as a line of named figures, then limit and tax."""
    words = [_line(inputs)]
    if inputs["is_capped"]:
        words.append(
            _("That’s more than what’s left to pay, so the price is only what’s left: %s.")
            % money(_of(inputs, "total_before_tax"))
        )
    if _of(inputs, "tax"):
        words.append(
            _("Plus %(rate)s%% sales tax (%(tax)s): %(total)s in total.")
            % {
                "rate": _plain(_of(inputs, "tax_rate")),
                "tax": _money(inputs, "tax"),
                "total": _money(inputs, "total"),
            }
        )
    return " ".join(words)


def limit(inputs: Inputs) -> str:
    """What the contract alone would charge, if the state's rule charges less."""
    own, ceiling = inputs["contract"], inputs["ceiling"]
    if not ceiling or Decimal(ceiling["amount"]) >= Decimal(own["amount"]):
        return ""
    return _(
        "The state’s rule limits the price. Under the contract alone, it would be %s."
    ) % money(Decimal(own["amount"]))


def effect() -> str:
    """What buying does to the payment history; promises nothing beyond our own records."""
    return _(
        "This payment pays off the lease early, and no more payments will be due. It "
        "appears in the payment history with its date. What was recorded before, "
        "including late payments, stays in the history unchanged."
    )


def rule_name(rule: str, inputs: Inputs) -> str:
    """The rule behind the figure; the 90-day option turns into another one when it ends."""
    stage = Stage(inputs["stage"])
    if stage == Stage.EVERYTHING:
        return pgettext("buyout rule", "Everything left to pay")
    return str(BuyoutRule.DISCOUNT.label if stage == Stage.DISCOUNT else BuyoutRule(rule).label)


def _line(inputs: Inputs) -> str:
    """For example: Past due $43.46 + 75% of the payments to come ($1,192.34) = $937.72."""
    signed = _TERMS[Stage(inputs["stage"])](_Words(inputs))
    terms = [f" {sign} {words}" for sign, words in signed if words]
    amount = Decimal(_used(inputs)["amount"])
    line = capfirst("".join(terms).removeprefix(" + "))
    is_the_amount = len(terms) == 1 and line.endswith(money(amount))  # an equation would be empty
    line = f"{line}." if is_the_amount else f"{line} = {money(amount)}."
    if amount:
        return line
    floor = _("The price is never less than zero.")
    return f"{line} {floor}"


def _used(inputs: Inputs) -> Mapping[str, str]:
    """The result of the rule behind the figure."""
    own, ceiling = inputs["contract"], inputs["ceiling"]
    used: Mapping[str, str] = own
    if ceiling and Decimal(ceiling["amount"]) < Decimal(own["amount"]):
        used = ceiling
    return used


class _Words:
    """The terms of the formulas. Those that may be missing are empty if they are zero."""

    def __init__(self, inputs: Inputs) -> None:
        self.inputs = inputs

    def cash_price(self) -> str:
        return pgettext("formula", "cash price %s") % self._money("C")

    def option_fee(self) -> str:
        return self._if_any("fee", pgettext("formula", "option fee %s"))

    def received(self) -> str:
        return self._if_any("paid", pgettext("formula", "lease payments received %s"))

    def half_received(self) -> str:
        return self._if_any("paid", pgettext("formula", "half of the lease payments received (%s)"))

    def unpaid_fees(self) -> str:
        return self._if_any("fees", pgettext("formula", "unpaid fees %s"))

    def past_due(self) -> str:
        return self._if_any("arrears", pgettext("formula", "past due %s"))

    def to_come(self) -> str:
        return pgettext("formula", "upcoming payments %s") % self._money("future")

    def share_to_come(self) -> str:
        return pgettext("formula", "%(rate)s%% of the upcoming payments (%(future)s)") % {
            "rate": _plain(_of(self.inputs, "rate") * 100),
            "future": self._money("future"),
        }

    def share_of_price(self) -> str:
        return pgettext("formula", "cash price %(price)s × %(left)s of %(count)s payments") % {
            "price": self._money("C"),
            "left": _plain(_of(self.inputs, "left")),
            "count": self.inputs["N"],
        }

    def share_or_payment(self) -> str:
        C, left, N, P = (_of(self.inputs, name) for name in ("C", "left", "N", "P"))
        if C * left / N >= P:
            return self.share_of_price()
        return pgettext("formula", "one payment, the minimum under this rule, %s") % self._money(
            "P"
        )

    def price_ratio(self) -> str:
        words = pgettext(
            "formula",
            "upcoming payments %(future)s × cash price %(price)s ÷ total of payments %(total)s",
        )
        return words % {
            "future": self._money("future"),
            "price": self._money("C"),
            "total": self._money("T"),
        }

    def _money(self, name: str) -> str:
        return money(_of(self.inputs, name))

    def _if_any(self, name: str, words: str) -> str:
        return words % self._money(name) if _of(self.inputs, name) else ""


def _option(of: _Words) -> list[tuple[str, str]]:
    credited = _of(of.inputs, "paid") + _of(of.inputs, "past_due")
    if _of(of.inputs, "C") + _of(of.inputs, "fee") <= credited:  # the price is paid
        paid = pgettext("formula", "the cash price is already paid: %s") % money(ZERO)
        return [("+", of.past_due() or paid)]
    return [
        ("+", of.cash_price()), ("+", of.option_fee()), ("−", of.received()),
        ("+", of.unpaid_fees()),
    ]  # fmt: skip


_TERMS: dict[Stage, Callable[[_Words], list[tuple[str, str]]]] = {
    Stage.OPTION: _option,
    Stage.DISCOUNT: lambda of: [("+", of.past_due()), ("+", of.share_to_come())],
    Stage.EVERYTHING: lambda of: [("+", of.past_due()), ("+", of.to_come())],
    Stage.SHARE: lambda of: [("+", of.past_due()), ("+", of.share_of_price())],
    Stage.SHARE_OR_PAYMENT: lambda of: [("+", of.past_due()), ("+", of.share_or_payment())],
    Stage.FIRST_MONTHS: lambda of: [
        ("+", of.cash_price()), ("+", of.unpaid_fees()), ("−", of.received()),
    ],
    Stage.HALF_OF_PAID: lambda of: [("+", of.cash_price()), ("−", of.half_received())],
    Stage.PRICE_RATIO: lambda of: [("+", of.past_due()), ("+", of.price_ratio())],
}  # fmt: skip


def _of(inputs: Inputs, name: str) -> Decimal:
    return Decimal(inputs[name])


def _money(inputs: Inputs, name: str) -> str:
    return money(_of(inputs, name))


def _plain(number: Decimal) -> str:
    """32.00 as 32, 31.50 as 31.5."""
    return f"{number.normalize():f}"


class QuoteWords(NamedTuple):
    language: str
    rule: str
    formula: str
    limit: str
    effect: str


def in_language(language: str, rule: str, inputs: Inputs) -> QuoteWords:
    """All of it, for a reader of that language."""
    with translation.override(language):
        return QuoteWords(
            language, rule_name(rule, inputs), formula(rule, inputs), limit(inputs), effect()
        )
