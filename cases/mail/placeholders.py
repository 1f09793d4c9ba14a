"""The `{names}` a mail's text may hold, and how they are filled in. Pure.

A text is only ever cut at these names: nothing in it is executed, no attribute is followed.
Literal braces are doubled.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.enums import TemplateKey

_CASE = (
    "customer_name", "case_number", "kind", "status", "who_acts", "due_day", "company",
    "portal_link",
)  # fmt: skip
_LEASE = ("customer_name", "account_number", "merchandise", "store", "company", "portal_link")
_EXPIRING = (*_LEASE, "expires_day", "expires_at")
_EXPIRED = (*_LEASE, "expired_day", "expired_at")
# Of a case, or of a lease whose plan it belongs to.
_PROMISE = ("customer_name", "matter", "promise", "promise_day", "company", "portal_link")
ALLOWED: Mapping[TemplateKey, tuple[str, ...]] = {
    TemplateKey.CASE_OPENED: (*_CASE, "agent_name"),
    TemplateKey.MESSAGE_ADDED: (*_CASE, "author_name", "message"),
    TemplateKey.STATUS_CHANGED: _CASE,
    TemplateKey.FOLLOW_UP: (*_CASE, "message"),
    TemplateKey.SIGN_IN_CODE: ("code", "minutes", "company"),
    TemplateKey.PASSWORD_RESET: ("customer_name", "link", "company"),
    TemplateKey.PASSWORD_CHANGED: ("staff_name", "changed_day", "company"),
    TemplateKey.ADDRESS_CHANGED: ("customer_name", "changed_day", "company"),
    TemplateKey.APPROVAL_EXPIRING: _EXPIRING,
    TemplateKey.APPROVAL_EXPIRED: _EXPIRED,
    TemplateKey.CONTRACTS_EXPIRING: _EXPIRING,
    TemplateKey.CONTRACTS_EXPIRED: _EXPIRED,
    TemplateKey.BUYOUT_QUOTE: (
        *_LEASE, "total", "tax", "cash_price", "cost_of_lease", "lease_total", "remaining",
        "saving", "as_of", "valid_until", "formula", "effect",
    ),
    TemplateKey.PAYMENT_HISTORY: (
        *_LEASE, "since", "until", "received", "arrears", "next_payment",
    ),
    TemplateKey.PLAN_AGREED: (*_LEASE, "plan_kind", "arrears", "agreed"),
    TemplateKey.PLAN_CANCELLED: (
        *_LEASE, "plan_kind", "agreed_day", "ended_day", "arrears", "next_payment",
    ),
    TemplateKey.AUTOPAY_CHANGED: (*_LEASE, "change", "method", "dates", "warning", "lead_days"),
    TemplateKey.DELIVERY_CONFIRMED: (
        *_LEASE, "delivered_day", "as_of", "due_total", "due_payments", "next_payment",
    ),
    TemplateKey.EVIDENCE_REQUESTED: (*_CASE, "evidence"),
    TemplateKey.EVIDENCE_RECEIVED: (*_CASE, "files", "received_at", "missing"),
    TemplateKey.EVIDENCE_UNREADABLE: (*_CASE, "file_name", "reason"),
    TemplateKey.PROMISE_CONFIRMED: (*_CASE, "promise", "promise_day"),
    TemplateKey.PROMISE_DUE: _PROMISE,
    TemplateKey.PROMISE_BROKEN: _PROMISE,
    TemplateKey.ESCALATED: _CASE,
    TemplateKey.RESOLVED: (*_CASE, "outcome"),
    TemplateKey.RETURN_STEPS: (*_CASE, "store", "merchandise"),
    TemplateKey.OUTSIDE_DEADLINE: (
        "staff_name", "case_number", "customer_name", "outside_body", "reference",
        "received_day", "answer_day", "time_left", "case_link", "company",
    ),
    TemplateKey.WEEKLY_REPORT: (
        "staff_name", "since", "until", "opened", "resolved", "open", "overdue", "escalated",
        "oldest_es", "oldest_en", "follow_ups", "uncertain", "parked", "queue_link", "company",
    ),
}  # fmt: skip
_NUMBER = frozenset({"case_number"})


def _body(*names: str) -> dict[str, frozenset[str]]:
    """A lease mail says which lease it is about, and what it is sent for."""
    return {"body": frozenset({"account_number", *names})}


def _case(*names: str) -> dict[str, frozenset[str]]:
    """A case mail carries its number, where the reader looks first and where it is kept."""
    return {"subject": _NUMBER, "body": _NUMBER | frozenset(names)}


_PROMISED = {"subject": frozenset({"matter"}), "body": frozenset({"matter", "promise"})}

REQUIRED: Mapping[TemplateKey, Mapping[str, frozenset[str]]] = {
    TemplateKey.CASE_OPENED: _case(),
    TemplateKey.MESSAGE_ADDED: _case("message"),
    TemplateKey.STATUS_CHANGED: _case("status"),
    TemplateKey.FOLLOW_UP: _case("message"),
    TemplateKey.SIGN_IN_CODE: {"body": frozenset({"code"})},
    TemplateKey.PASSWORD_RESET: {"body": frozenset({"link"})},
    TemplateKey.PASSWORD_CHANGED: {"body": frozenset({"changed_day"})},
    TemplateKey.ADDRESS_CHANGED: {"body": frozenset({"changed_day"})},
    TemplateKey.APPROVAL_EXPIRING: _body("expires_at"),
    TemplateKey.APPROVAL_EXPIRED: _body("expired_at"),
    TemplateKey.CONTRACTS_EXPIRING: _body("expires_at"),
    TemplateKey.CONTRACTS_EXPIRED: _body("expired_at"),
    TemplateKey.BUYOUT_QUOTE: _body(
        "total", "cash_price", "cost_of_lease", "lease_total", "saving", "formula", "effect",
        "valid_until",
    ),
    TemplateKey.PAYMENT_HISTORY: _body("since", "until", "received", "arrears"),
    TemplateKey.PLAN_AGREED: _body("agreed"),
    TemplateKey.PLAN_CANCELLED: _body("plan_kind", "ended_day", "arrears", "next_payment"),
    TemplateKey.AUTOPAY_CHANGED: _body("change", "dates", "warning"),
    TemplateKey.DELIVERY_CONFIRMED: _body(
        "delivered_day", "due_total", "due_payments", "next_payment"
    ),
    TemplateKey.EVIDENCE_REQUESTED: _case("evidence"),
    TemplateKey.EVIDENCE_RECEIVED: _case("files", "received_at"),
    TemplateKey.EVIDENCE_UNREADABLE: _case("file_name", "reason"),
    TemplateKey.PROMISE_CONFIRMED: _case("promise"),
    TemplateKey.PROMISE_DUE: _PROMISED,
    TemplateKey.PROMISE_BROKEN: _PROMISED,
    TemplateKey.ESCALATED: _case("due_day"),
    TemplateKey.RESOLVED: _case("outcome"),
    TemplateKey.RETURN_STEPS: _case("store"),
    TemplateKey.OUTSIDE_DEADLINE: _case("outside_body", "answer_day", "case_link"),
    TemplateKey.WEEKLY_REPORT: {
        "subject": frozenset({"since", "until"}),
        "body": frozenset({
            "opened", "resolved", "open", "overdue", "escalated", "oldest_es", "oldest_en",
        }),
    },
}  # fmt: skip
MEANING: Mapping[str, str | Promise] = {
    "customer_name": _("the customer's name"),
    "case_number": _("the case number, grouped for reading aloud"),
    "kind": _("the kind of case"),
    "status": _("the status in plain words"),
    "who_acts": _("who takes the next step"),
    "due_day": _("the day by which it is taken"),
    "company": _("the company's name"),
    "portal_link": _("the address of the case or lease in the customer portal"),
    "agent_name": _("the name of the agent who took the call"),
    "author_name": _("the name of who wrote the message"),
    "message": _("the message itself"),
    "code": _("the sign-in code"),
    "minutes": _("how many minutes the code is valid"),
    "link": _("the address where a new password is chosen"),
    "changed_day": _("the day on which it was changed"),
    "account_number": _("the account number of the lease"),
    "merchandise": _("the leased item"),
    "store": _("the store’s name"),
    "expires_day": _("the day on which it expires"),
    "expires_at": _("the day and time at which it expires, on the customer’s clock"),
    "expired_day": _("the day on which it expired"),
    "expired_at": _("the day and time at which it expired, on the customer’s clock"),
    "total": _("the price for buying early, tax included"),
    "tax": _("the tax in it"),
    "cash_price": _("the cash price"),
    "cost_of_lease": _("the cost of lease"),
    "lease_total": _("the total of all payments of the lease"),
    "remaining": _("what is left to pay without buying early"),
    "saving": _("what buying early saves"),
    "as_of": _("the day up to which payments were counted"),
    "valid_until": _("the last day on which the price holds"),
    "formula": _("how the price was calculated, in words"),
    "effect": _("what buying early does to the payment history"),
    "since": _("the first day of the period"),
    "until": _("the last day of the period"),
    "received": _("the payments received"),
    "arrears": _("what is past due, fees included"),
    "next_payment": _("day and amount of the next payment"),
    "plan_kind": _("the kind of plan"),
    "agreed_day": _("the day on which the plan was agreed"),
    "ended_day": _("the day from which the plan is no longer in force"),
    "agreed": _("every agreed payment with day and amount, one per line"),
    "change": _("what changed, in a sentence"),
    "method": _("what payments are charged to"),
    "dates": _("the next payments with day and amount, one per line"),
    "warning": _("the warning of an overdraft, or that payments are now made by hand"),
    "lead_days": _("how many business days before a payment a change must be asked for"),
    "delivered_day": _("the delivery date"),
    "due_total": _("the total due by that date"),
    "due_payments": _("each payment due by that date, one per line, or that none is due yet"),
    "evidence": _("what is asked for, one per line, with the agent's words below"),
    "files": _("the names of the files, one per line"),
    "received_at": _("the day and time at which they came, on the customer’s clock"),
    "missing": _("what was asked for and is not noted as received, or that nothing more is to do"),
    "file_name": _("the name of the file"),
    "reason": _("why it cannot be read"),
    "promise": _("who does what by when, one per line, in the words it was agreed in"),
    "promise_day": _("the agreed day"),
    "matter": _("the case number, or the account number where there is no case"),
    "outcome": _("what the agent wrote, or that all is done"),
    "staff_name": _("the name of the colleague it is sent to"),
    "outside_body": _("who outside asks for an answer"),
    "reference": _("their reference"),
    "received_day": _("the day on which it was sent to us"),
    "answer_day": _("the last day for the answer"),
    "time_left": _("how many days are left, in a sentence"),
    "case_link": _("the address of the case for staff"),
    "queue_link": _("the address of the queue"),
    "opened": _("how many cases were opened"),
    "resolved": _("how many cases were resolved"),
    "open": _("how many cases are open"),
    "overdue": _("how many cases are overdue"),
    "escalated": _("how many cases are escalated"),
    "oldest_es": _("the case that has waited longest for an answer in Spanish"),
    "oldest_en": _("the case that has waited longest for an answer in English"),
    "follow_ups": _("how many follow-ups are planned"),
    "uncertain": _("how many e-mails may or may not have arrived"),
    "parked": _("how many incoming e-mails wait for somebody"),
}
#: Addresses of our own; the only ones an HTML part turns into links.
LINKS = frozenset({"portal_link", "link", "case_link", "queue_link"})

_TOKEN = re.compile(r"\{\{|\}\}|\{(?P<name>[^{}]*)\}|[{}]|[^{}]+")


@dataclass(frozen=True)
class Name:
    """A placeholder's place in a text."""

    name: str


def parts(text: str) -> Iterator[str | Name]:
    """The text cut into literal pieces and placeholders.

    ValidationError: `placeholder_braces` for a brace that neither belongs to a placeholder nor is
    doubled.
    """
    for part in _cut(text):
        if isinstance(part, ValidationError):
            raise part
        yield part


def _cut(text: str) -> Iterator[str | Name | ValidationError]:
    for token in _TOKEN.finditer(text):
        found = token.group()
        if token["name"] is not None:
            yield Name(token["name"])
        elif found in {"{{", "}}"}:
            yield found[0]
        elif found in {"{", "}"}:
            yield ValidationError(
                _(
                    "A brace is alone in line %(line)s. Write placeholders like {case_number},"
                    " other braces doubled."
                ),
                code="placeholder_braces",
                params={"line": text.count("\n", 0, token.start()) + 1},
            )
        else:
            yield found


def check(key: TemplateKey, field: str, text: str) -> None:
    """`field` is subject or body; raises what `check_names` raises."""
    check_names(text, allowed=ALLOWED[key], required=REQUIRED[key].get(field, ()))


def check_names(text: str, *, allowed: Collection[str], required: Collection[str]) -> None:
    """ValidationError: all `placeholder_braces` and `placeholder_unknown`, else all
    `placeholder_missing`: a name that was only mistyped is not said to be missing as well.
    """
    cut = list(_cut(text))
    problems = [part for part in cut if isinstance(part, ValidationError)]
    used = dict.fromkeys(part.name for part in cut if isinstance(part, Name))
    problems += [_unknown(name, allowed) for name in used if name not in allowed]
    problems = problems or [
        ValidationError(
            _("The placeholder {%(name)s} must be in this text."),
            code="placeholder_missing",
            params={"name": name},
        )
        for name in sorted(set(required).difference(used))
    ]
    if problems:
        raise ValidationError(problems)


def _unknown(name: str, allowed: Collection[str]) -> ValidationError:
    close = get_close_matches(name.strip().lower(), allowed, n=1)
    if close:
        message = _("There is no placeholder {%(name)s} here. Did you mean {%(close)s}?")
    else:
        message = _("There is no placeholder {%(name)s} here.")
    params = {"name": name, "close": "".join(close)}
    return ValidationError(message, code="placeholder_unknown", params=params)


def fill(text: str, values: Mapping[str, str]) -> str:
    """KeyError for a name without a value; a value is never looked into for placeholders."""
    return "".join(part if isinstance(part, str) else values[part.name] for part in parts(text))
