"""The page of a case: its rows for this person, with a refused form still filled in."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.access import case_workers_only, signed_in
from accounts.models import User
from cases import kinds, lifecycle, translator
from cases.enums import CALL_RESULTS, ScriptMedium
from cases.forms import (
    AssignmentForm,
    CallMadeForm,
    EscalationForm,
    FollowUpForm,
    MoveForm,
    UpdateForm,
)
from cases.mails.attorneys import recipient_of
from cases.models import Case, FollowUp
from cases.queries.attempts import count_of, newest_of
from cases.queries.follow_ups import follow_ups_of, mails_of
from cases.queries.next_step import next_step
from cases.queries.numbered import case_numbered
from cases.queries.outcomes import outcomes_of
from cases.queries.people import case_workers
from cases.queries.phone_calls import phone_calls_of
from cases.queries.timeline import timeline
from cases.scripts.facts import Facts
from cases.scripts.shown import scripts_for
from cases.views.case.answer_panel import answer_panel
from cases.views.case.call_done import saved_call
from cases.views.case.flag_panel import flag_panel
from cases.views.case.identity_panel import identity_panel
from cases.views.case.panels import record_panels
from cases.views.case.refused import NONE_REFUSED, RefusedCaseForm
from cases.views.case.verification_panel import verification_panel
from common.company_day import business_day
from leases.exchanges import Exchange
from leases.models import BuyoutQuote, Lease
from leases.money import ZERO
from leases.queries.buyout import quote_today
from leases.queries.clock_line import clock_of
from leases.queries.ledger import exchange_of
from leases.queries.plans import past_due_besides, promises_in_force
from mail.models import Email
from mail.outbound.suppression import suppressed
from mail.queries.outbox import alert_after


def told(found: Case, words: str) -> str:
    """`words` promise that `%(name)s` gets it in writing, or their attorney; without an address no
    one does.
    """
    due = recipient_of(found)
    if due.to:
        return words % {"name": due.care_of or found.person.name}
    if due.care_of:
        return _("Saved. We have no email for %(name)s, the attorney: call and tell them.") % {
            "name": due.care_of
        }
    return _("Saved. We have no email for %(name)s: call and tell them.") % named(found)


def named(found: Case) -> dict[str, str]:
    """For a message that says what its customer will get."""
    return {"name": found.person.name}


def found_case(user: User, number: str) -> Case:
    """404 for a case this person may not see."""
    cases = (
        Case.objects.visible_to(user).with_parties().select_related("opened_by", "lease__program")
    )
    found = case_numbered(number, cases)
    if found is None:
        raise Http404
    return found


@require_safe
@case_workers_only
def case(request: HttpRequest, number: str) -> HttpResponse:
    found = found_case(signed_in(request), number)
    if found.number != number:  # that of a call added to it
        return redirect("case", number=found.number)
    return case_page(request, found)


#: What came of a call, in one key (static/js/keys.js).
RESULT_KEYS = list(zip(CALL_RESULTS, "rnmbw", strict=True))


def _exchange(found: Case, now: datetime) -> Exchange | None:
    """Whether the merchant's program has exchanges, if that matters."""
    if not found.kind.goes_back or not found.is_active or not found.lease:
        return None
    return exchange_of(found.lease, now)


def _buyout(found: Case, now: datetime) -> BuyoutQuote | None:
    if not found.kind.offers_buyout or not found.is_active or not found.lease:
        return None
    try:
        return quote_today(found.lease, now)
    except ValidationError:
        return None  # not delivered, or nothing left to buy: the lease's page says which


def _of_lease(lease: Lease | None, now: datetime) -> dict[str, Any]:
    """What the page shows of it, if there is one."""
    if lease is None:
        return {}
    agreed, promises = promises_in_force(lease, business_day(now))
    return {
        "lease": lease,
        "clock": clock_of(lease, now),
        "agreed": agreed,
        "promises": promises,
        "past_due_besides": past_due_besides(agreed) if agreed else ZERO,
        "promise_missed": any(each.missed for each in promises),
    }


def _outcome(found: Case) -> str:
    key = outcomes_of([found]).get(found.pk)
    return kinds.outcome_name(key) if key else ""


class FollowUpRow(NamedTuple):
    """A follow-up; the forms only while it's pending, its mail once there is one."""

    follow_up: FollowUp
    mail: Email | None
    move: MoveForm | None
    made: CallMadeForm | None


def _planned(found: Case, today: date, refused: RefusedCaseForm) -> list[FollowUpRow]:
    follow_ups = follow_ups_of(found)
    mails = mails_of(follow_ups)
    return [
        _one_planned(each, today, refused)
        if each.is_pending
        else FollowUpRow(each, mails.get(each.pk), None, None)
        for each in follow_ups
    ]


def _one_planned(follow_up: FollowUp, today: date, refused: RefusedCaseForm) -> FollowUpRow:
    move, made = MoveForm(follow_up=follow_up, today=today), CallMadeForm(follow_up=follow_up)
    if refused.moving and refused.moving.follow_up == follow_up:
        move = refused.moving
    if refused.calling and refused.calling.follow_up == follow_up:
        made = refused.calling
    return FollowUpRow(follow_up, None, move, made)


def _linked_entry(request: HttpRequest) -> int | None:
    """That a search result leads to: it may be on a later page of the timeline."""
    asked = request.GET.get("entry", "")
    return int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 19 else None


def case_page(
    request: HttpRequest,
    found: Case,
    *,
    status: int = 200,
    seen: int | None = None,
    words: str = "",
    refused: RefusedCaseForm = NONE_REFUSED,
    problem: ValidationError | None = None,
) -> HttpResponse:
    """`words`: text begun for the composer. `problem`: why a button without a form did nothing."""
    user = signed_in(request)
    now = timezone.now()
    entries = timeline(
        found, user=user, after=request.GET.get("after", ""), entry=_linked_entry(request)
    )
    newest = entries.rows[0].pk if entries.rows else 0
    customer = found.person
    panels = record_panels(found, user=user, now=now, refused=refused)
    return render(
        request,
        "cases/case.html",
        {
            "case": found,
            "outcome": _outcome(found),
            # Where the language switch leads from a refused form that has its own address.
            "page_address": reverse("case", args=[found.number]),
            "customer": customer,
            "takes_no_mail": bool(customer.email and suppressed([customer.email])),
            **_of_lease(found.lease, now),
            "buyout": _buyout(found, now),
            "exchange": _exchange(found, now),
            "today": business_day(now),
            "step": next_step(found, is_missing=any(each.is_missing for each in panels["items"])),
            "now": now,
            "problem": problem,
            "sends_letter": found.is_active and found.kind_id == "paid_off_letter",
            "entries": entries,
            "phones": phone_calls_of(found, user=user),
            "translation_host": translator.host(),
            "seen": seen,
            "composer": UpdateForm(
                case=found,
                user=user,
                initial={
                    "version": found.version,
                    "seen": newest,
                    "language": customer.language,
                    "body": words,
                },
            ),
            "assignment": AssignmentForm(people=case_workers(), initial={"to": found.assignee_id}),
            "escalation": EscalationForm(),
            "may_escalate": found.status in lifecycle.ESCALATABLE,
            "escalations": found.escalations.select_related("by")[:5],
            "follow_up": FollowUpForm(case=found, now=now),
            "follow_ups": _planned(found, business_day(now), refused),
            "late_before": now - alert_after(),
            "scripts": scripts_for(
                Facts.of_case(found, by=user, now=now),
                kind=found.kind_id,
                media=[ScriptMedium.EMAIL, ScriptMedium.CALL],
            ),
            **panels,
            "attempts": count_of(found, now=now),
            "newest_attempts": newest_of(found),
            "call_results": RESULT_KEYS,
            **answer_panel(found),
            **verification_panel(found, user=user, now=now, refused=refused.verifying),
            **flag_panel(found, user=user, refused=refused),
            "blocked": identity_panel(found, user=user, refused=refused.unblocking),
            **refused.context(),
            **saved_call(request, found),
        },
        status=status,
    )
