"""Before the agent hangs up: what is missing, and the confirmation in both languages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import NamedTuple

from accounts.enums import Language
from cases import kinds
from cases.actions import (
    THE_CUSTOMER,
    Call,
    Caller,
    answered_by,
    attorney_after,
    check_of,
    chosen_soon,
    confirmation_of,
    revoked_soon,
    stands_after,
    without_known_letter,
    without_letter,
)
from cases.callers import Checked
from cases.enums import CallerRelation, ItemState, WithoutLease
from cases.events import AutopayRevoked, ChargesDisputed
from cases.forms import CallForm
from cases.mails.base import CaseFacts
from cases.mails.case_opened import CaseOpenedParams
from cases.mails.confirmation import preview_confirmation
from cases.models import CallDraft, CaseContact, CaseFlag
from cases.views.call.doubts import stop_doubted
from cases.views.call.leases import Leases
from cases.views.call.needed import Reader, has_no_way, needed_for
from mail.outbound.render import Rendered
from mail.outbound.suppression import suppressed

#: What the confirmation says until the reason is known.
OTHER = "other"


class Letter(NamedTuple):
    language: str
    mail: Rendered
    is_sent: bool


def goodbye_of(
    draft: CallDraft,
    form: CallForm,
    leases: Leases,
    flags: Sequence[CaseFlag],
    checked: Checked,
    now: datetime,
) -> dict[str, object]:
    """`flags`: the customer's; what is written goes to whoever speaks for them."""
    name, told = str(form["caller_name"].value() or "").strip(), form.represented()
    items = without_known_letter(form.items(), flags, name, told)
    reader = _instead(_reader(form, leases), attorney_after(flags, name, told, now))
    if told is not None and told.goes_through and not name:
        reader = reader._replace(name="")  # until the attorney has one, no one knows who reads it
    if told is not None and reader.awaits_letter:
        items = without_letter(items)
    needed = needed_for(form, leases, reader)
    revoked = _revoked(form, leases, now)
    return {
        "needed": needed,
        "is_complete": not any(each.is_missing for each in needed),
        "unread": form.unread(),
        "unasked": [each.label for each in form.unasked()],
        "asked_for": [each.label for each in form.asked_by_key()],
        "unanswered": form.unanswered(),
        "asks_how": has_no_way(form, reader),
        "checks": [] if reader.attorney else _checks(form, leases, now),
        "reader": reader,
        "nothing_sent": bool(reader.name and not reader.email and not reader.attorney),
        "is_doubted": reader.email and not reader.attorney and _uses_identity(form, leases),
        "takes_no_mail": bool(reader.email and suppressed([reader.email])),
        "blocks": reader.name if _blocks(form, leases, reader) else "",
        "stops": stop_doubted(form, leases.chosen, checked, flags, revoked, now),
        "letters": _letters(draft, form, leases, reader, items, revoked, now)
        if reader.name
        else [],
    }


def _uses_identity(form: CallForm, leases: Leases) -> bool:
    """Someone made this lease with it."""
    return form.chosen_kind == kinds.IDENTITY_THEFT and leases.chosen is not None


def _blocks(form: CallForm, leases: Leases, reader: Reader) -> bool:
    """Whether new applications of theirs aren't taken from then on
    (`actions.identity_theft.block_identities`).
    """
    if leases.chosen or form.chosen_kind != kinds.IDENTITY_THEFT:
        return _uses_identity(form, leases)
    can_be_told = reader.email or form["contact_phone"].value()
    return bool(can_be_told and form["why"].value() == WithoutLease.IDENTITY)


def _checks(form: CallForm, leases: Leases, now: datetime) -> list[tuple[str, date]]:
    """What the customer promised, and the day we call about it."""
    if form.chosen_outcome:
        return []
    person = (
        leases.chosen.customer
        if leases.chosen
        else CaseContact(phone=str(form["contact_phone"].value() or ""))
    )
    checks = [(each.what, check_of(each, person, now)) for each in form.agreed()]
    return [(what, check.on) for what, check in checks if check]


def _reader(form: CallForm, leases: Leases) -> Reader:
    if lease := leases.chosen:
        customer = lease.customer
        language = customer.language
        if form["remember_language"].value():
            language = str(form["language"].value())
        return Reader(customer.name, customer.email, language, signs_in=True)
    email = str(form["contact_email"].value() or "").strip()
    language = str(form["language"].value() or "")
    return Reader(form.contact_named, email, language, signs_in=False)


def _instead(reader: Reader, attorney: CaseFlag | None) -> Reader:
    if attorney is None:
        return reader
    return reader._replace(
        email=attorney.address,
        attorney=attorney.name,
        language=attorney.language or reader.language,
        awaits_letter=attorney.awaits_letter,
    )


def _letters(
    draft: CallDraft,
    form: CallForm,
    leases: Leases,
    reader: Reader,
    items: dict[str, ItemState],
    revoked: tuple[AutopayRevoked, ...],
    now: datetime,
) -> list[Letter]:
    """Only the one that is sent has the agent's paragraph: no one translated it."""
    said = _said(draft, form, leases, reader, items, revoked, now)
    texts = {each: replace(said, message="") for each in Language.values}
    texts[reader.language] = said
    return [
        Letter(
            each,
            preview_confirmation(text, each, now, care_of=reader.attorney),
            is_sent=text is said,
        )
        for each, text in sorted(texts.items(), key=lambda pair: pair[0] != reader.language)
    ]


def _said(
    draft: CallDraft,
    form: CallForm,
    leases: Leases,
    reader: Reader,
    items: dict[str, ItemState],
    revoked: tuple[AutopayRevoked, ...],
    now: datetime,
) -> CaseOpenedParams:
    call = _call(form, leases, items)
    facts: CaseFacts = {
        "customer_name": reader.name,
        "case_number": draft.number,
        "kind": call.kind,
        "signs_in": reader.signs_in,
        **stands_after(call, form.next_day, now),
    }
    return confirmation_of(
        call,
        facts,
        agent_name=answered_by(draft).name,
        send_by=form.send_by,
        blocks=_blocks(form, leases, reader),
        disputed=_disputed(form, leases, now),
        revoked=revoked,
    )


def _call(form: CallForm, leases: Leases, items: dict[str, ItemState]) -> Call:
    """As much of it as the mail says."""
    return Call(
        lease=leases.chosen,
        kind=form.chosen_kind or OTHER,
        channel="",
        language=str(form["language"].value() or ""),
        summary="",
        items=items,
        agreements=form.agreed(),
        message=str(form["message"].value() or ""),
        outcome=form.chosen_outcome,
        escalation=str(form["escalation"].value() or "").strip(),
        caller=_caller(form, leases),
    )


def _revoked(form: CallForm, leases: Leases, now: datetime) -> tuple[AutopayRevoked, ...]:
    if leases.chosen is None or form.chosen_kind != kinds.AUTOPAY_REVOKED:
        return ()
    return revoked_soon(leases.chosen, form.answers(), now=now)


def _caller(form: CallForm, leases: Leases) -> Caller:
    """As far as it's known. Without a lease, who gets the mail called, unless another is named."""
    relation = str(form["relation"].value() or "")
    name = "" if form.is_about_the_caller else str(form["caller_name"].value() or "").strip()
    named = leases.chosen or name
    is_known = named and relation in CallerRelation.values
    return Caller(relation=relation) if is_known else THE_CUSTOMER


def _disputed(form: CallForm, leases: Leases, now: datetime) -> ChargesDisputed | None:
    if leases.chosen is None or not (amounts := form.chosen_amounts()):
        return None
    pauses_fees = kinds.kinds()[form.chosen_kind].pauses_fees
    return chosen_soon(leases.chosen, amounts, pauses_fees=pauses_fees, now=now)
