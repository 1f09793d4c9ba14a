from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.mask_watch import noted
from accounts.models import User
from cases import deadlines
from cases.actions.call_entry import add_call_entry, settle_call_back, tell_who_called
from cases.actions.call_taken import (
    Call,
    begin_record,
    check_confirmation,
    confirmation_of,
    stands_after,
)
from cases.actions.caller import checked_caller
from cases.actions.case_contact import new_contact
from cases.actions.change import add_event, locked, refuse_past
from cases.actions.confirm_address import keep_own_address
from cases.actions.discard_call import refuse_discarded
from cases.actions.escalate import escalate
from cases.actions.evidence import Kept, Upload, attach, kept, without_twins
from cases.actions.identity_theft import blocks_identity, lock_identities
from cases.actions.kind_effects import carry_out
from cases.actions.represented import represent, without_known_letter, without_letter
from cases.actions.resolve_call import check_resolution, resolve
from cases.actions.revoke_authorization import revoked_now
from cases.actions.save_call import empty, refuse_unseen
from cases.actions.take_over_call import answered_by
from cases.enums import ItemState, Visibility
from cases.events import AutopayRevoked, CaseOpened, ChargesDisputed
from cases.kinds import AUTOPAY_REVOKED, IDENTITY_THEFT
from cases.mails.base import enqueue_case_mail, facts_now
from cases.mails.confirmation import kind_of
from cases.models import CallDraft, Case, CaseContact, CaseFlag, CaseKind, Entry, HeldUpload
from cases.models.case import HEADLINE
from cases.queries.flags import attorney_of
from cases.scripts.placeholders import refuse_gaps
from common.company_day import company_zone
from leases.actions import set_language
from leases.enums import LanguageSource
from leases.models import Customer


class _AlreadyOpened(Exception):
    def __init__(self, case: Case) -> None:
        self.case = case


def open_case(
    *,
    draft: CallDraft,
    call: Call,
    files: Sequence[Upload | HeldUpload] = (),
    by: User,
    now: datetime,
    saved: int | None = None,
) -> Case:
    """Creates the case of a logged call, under the number read aloud, with its entry, files and
    mail.

    Finishing the same call again (a double click) returns the case already made and keeps none of
    the repeated files. Another agent may finish it; the customer is told who took the call.
    `saved`: the version of the draft that its last window has seen (`refuse_unseen`).
    ValidationError `case_about_no_one`, `lease_and_contact`, those of `new_contact` and
    `checked_caller`, `script_gap` (see `refuse_gaps`), `day_past`, `call_discarded`,
    `call_changed`, `kind_not_offered`, those of `check_confirmation`, `check_resolution`,
    `resolve`, `begin_charges` and, for an attorney, `flag_case`.
    """
    if not by.works_cases:
        raise PermissionDenied
    contact = _contact_of(call)
    caller = checked_caller(call.caller)
    if call.visibility == Visibility.PUBLIC:
        refuse_gaps(call.summary)
    if call.due_on:
        refuse_past(call.due_on, now)
    check_confirmation(call, now)
    check_resolution(call)
    files, twins = without_twins(files)
    params = {"refused": twins} if twins else {}
    try:
        with kept(files) as stored:
            return _open(
                draft, replace(call, caller=caller), contact, stored, params, by, now, saved
            )
    except _AlreadyOpened as already:
        return already.case


def _contact_of(call: Call) -> CaseContact | None:
    if call.lease and call.contact:
        raise ValidationError(
            _("Choose a lease, or say why there’s none, but not both."), code="lease_and_contact"
        )
    if call.contact:
        return new_contact(call.contact, language=call.language)
    if call.lease is None:
        raise ValidationError(_("Which lease is it about?"), code="case_about_no_one")
    return None


@transaction.atomic
def _open(
    draft: CallDraft,
    call: Call,
    contact: CaseContact | None,
    files: Sequence[Kept],
    params: dict[str, Any],
    by: User,
    now: datetime,
    saved: int | None,
) -> Case:
    draft = _unfinished(draft, saved)
    if contact:
        contact.save(force_insert=True)
    if call.kind == IDENTITY_THEFT:
        lock_identities(call.lease, contact)
    _remember_language(call)
    case = _new_case(draft, call, contact, by, now)
    if call.own_address:
        keep_own_address(case, call.own_address, by=by, now=now)
    attach(add_call_entry(case, call, params, by, now), files)
    agent = answered_by(draft)
    happening = CaseOpened(taken_by="" if agent == by else agent.name)
    opened = add_event(case, happening, by=by, now=now, visibility=Visibility.PUBLIC)
    tell_who_called(draft, case, call, by=by, now=now)
    call = replace(call, items=_items(case, call))
    disputed = begin_record(case, call, by=by, now=now)
    case = _set_going(case, call, by, now)
    draft.case = case
    empty(draft)
    settle_call_back(draft, case, call, by=by, now=now)
    if call.is_confirmed:
        _confirm(case, call, agent, disputed, opened, now)
    return case


def _unfinished(draft: CallDraft, saved: int | None) -> CallDraft:
    """Locked. _AlreadyOpened if someone was faster."""
    # Not joined with its case: after waiting for the lock, PostgreSQL reads the row again, but a
    # joined row stays as it was before.
    draft = CallDraft.objects.select_for_update().get(pk=draft.pk)
    if draft.case is not None:
        raise _AlreadyOpened(draft.case)
    refuse_discarded(draft)
    refuse_unseen(draft, saved)
    return draft


def _remember_language(call: Call) -> None:
    if call.lease and call.remember_language and may_change_language(call.lease.customer):
        set_language(
            customer=call.lease.customer, language=call.language, source=LanguageSource.ASKED
        )


def _new_case(
    draft: CallDraft, call: Call, contact: CaseContact | None, by: User, now: datetime
) -> Case:
    kind = _offered(call.kind)
    return Case.objects.create(
        number=draft.number,
        lease=call.lease,
        contact=contact,
        kind=kind,
        channel=call.channel,
        language=call.language,
        headline=headline(call.summary),
        opened_by=by,
        opened_at=now,
        assignee=by,
        due_on=call.due_on or deadlines.next_update(now, company_zone(), kind.due_days),
        changed_at=now,
    )


def _set_going(case: Case, call: Call, by: User, now: datetime) -> Case:
    """What follows from its kind, its caller and its outcome. The case as it is then."""
    carry_out(case, is_new=True, by=by, now=now)  # after its questions were answered
    if call.caller.represents:
        represent(case, call.caller.name, call.caller.represents, by=by, now=now)
        case = locked(case)
    if call.escalation:  # the confirmation says so
        case = escalate(case=case, reason=call.escalation, by=by, now=now, is_told=False).case
    if call.outcome:  # to whoever is written to by now
        resolve(case, call, by=by, now=now)
    return case


def _confirm(
    case: Case,
    call: Call,
    agent: User,
    disputed: ChargesDisputed | None,
    opened: Entry,
    now: datetime,
) -> None:
    facts = facts_now(case, now)
    if call.caller.represents and (attorney := attorney_of(case)) and attorney.awaits_letter:
        call = replace(call, items=without_letter(call.items))
        facts = {**facts, **stands_after(call, case.due_on, now)}
    said = confirmation_of(
        call,
        facts,
        agent_name=agent.name,
        send_by=deadlines.send_by(case.due_on, now, company_zone()),
        blocks=call.kind == IDENTITY_THEFT and blocks_identity(case.lease, case.contact),
        disputed=disputed,
        revoked=_revoked(case),
    )
    kind = kind_of(said)
    enqueue_case_mail(kind, said, case, key=f"{kind.key}:{case.pk}", entry=opened, now=now)


def _items(case: Case, call: Call) -> dict[str, ItemState]:
    told = call.caller.represents
    known = CaseFlag.objects.attorneys_for(case) if told else ()
    return without_known_letter(call.items, known, call.caller.name, told)


def _revoked(case: Case) -> tuple[AutopayRevoked, ...]:
    return revoked_now(case) if case.kind_id == AUTOPAY_REVOKED else ()


def _offered(key: str) -> CaseKind:
    """It may have been switched off while the call was being written down."""
    kind: CaseKind | None = CaseKind.objects.filter(key=key).first()
    if kind is None or not kind.is_offered:
        raise ValidationError(
            _("“%(name)s” is no longer offered. Choose another reason."),
            code="kind_not_offered",
            params={"name": kind or key},
        )
    return kind


def may_change_language(customer: Customer) -> bool:
    """A language the customer chose in the portal is changed there."""
    return customer.language_source != LanguageSource.PORTAL


def headline(text: str) -> str:
    """The first line, cut at a word if it's long. Half a card number wouldn't be recognized
    as one.
    """
    line = " ".join(noted(text).strip().split("\n", 1)[0].split())
    if len(line) <= HEADLINE:
        return line
    return line[: HEADLINE - 1].rsplit(" ", 1)[0][: HEADLINE - 1] + "…"
