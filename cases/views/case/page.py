"""The page of a case: its rows for this person, with a refused form still filled in."""

from __future__ import annotations

from datetime import datetime
from typing import Any

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
from cases.enums import CaseStatus, ScriptMedium, Visibility
from cases.forms import UpdateForm
from cases.mails.attorneys import reader_of, recipient_of
from cases.models import Case
from cases.queries.attempts import count_of
from cases.queries.doubted import confirmed_address, is_doubted
from cases.queries.flags import Flags, flags_in
from cases.queries.last_words import last_words
from cases.queries.merges import merges_of
from cases.queries.numbered import case_numbered
from cases.queries.open_work import OpenWork, Work, open_work
from cases.queries.outcomes import outcomes_of
from cases.queries.phone_calls import phone_calls_of
from cases.queries.tags import tags_of
from cases.queries.timeline import timeline
from cases.queries.timeline_parts import newest_in, parts_of
from cases.scripts.facts import Facts
from cases.scripts.shown import scripts_for
from cases.views.case.answer_panel import answer_panel
from cases.views.case.call_done import saved_call
from cases.views.case.history import days_of, tabs_of
from cases.views.case.lease_panel import lease_panel
from cases.views.case.live import ask_address, key_in
from cases.views.case.open_list import open_list, waits_in_words
from cases.views.case.opened import Asked, opened
from cases.views.case.panels import may_dispute
from cases.views.case.refused import NONE_REFUSED, RefusedCaseForm
from cases.views.case.verification_panel import verification
from common.company_day import business_day
from mail.outbound.suppression import suppressed


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
    return case_page(request, found, seen=key_in(request, "since"))


def _outcome(found: Case) -> str:
    key = outcomes_of([found]).get(found.pk)
    return kinds.outcome_name(key) if key else ""


def _linked_entry(request: HttpRequest) -> int | None:
    """That a search result leads to: it may be on a later page of the timeline."""
    return key_in(request, "entry")


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
    user, now = signed_in(request), timezone.now()
    flags, work = flags_in(found), open_work(found, user=user)
    reader = reader_of(found, flags.attorney)
    context = {
        **_of_case(found, user, flags, work, now),
        **_of_customer(found, user, now),
        **lease_panel(found, now),
        "written_to": reader,
        **_of_words(request, found, reader.language, words, now),
        "things": open_list(found, work, user=user, today=business_day(now)),
        "phones": phone_calls_of(found, user=user),
        "problem": problem,
        "seen": seen,
        **opened(request, Asked(found, user, flags, refused, now)),
        **refused.context(),
        **saved_call(request, found),
    }
    return render(request, "cases/case.html", context, status=status)


def _of_case(
    found: Case, user: User, flags: Flags, work: OpenWork, now: datetime
) -> dict[str, Any]:
    merged_into, merged = merges_of(found)
    return {
        "case": found,
        "step": work.step(found),
        "flags": flags,
        "attorney": flags.attorney,
        "is_blocked": any(not each.at for each in work.of(Work.BLOCK)),
        "has_blocks": bool(work.of(Work.BLOCK)),
        "owed_back": work.of(Work.REFUND),
        "has_charges": bool(work.of(Work.CHARGE)) or may_dispute(found),
        "references": work.of(Work.REFERENCE),
        "merged_into": merged_into,
        "merged": merged,
        "may_merge": found.status in lifecycle.MERGEABLE,
        "may_resolve": CaseStatus.RESOLVED
        in lifecycle.moves(found.status, supervises=user.supervises),
        "may_escalate": found.status in lifecycle.ESCALATABLE,
        "may_reopen": not (found.is_active or merged_into),
        "may_snooze": found.status in lifecycle.SNOOZABLE,
        "snoozed_on": found.snoozed_until and business_day(found.snoozed_until),
        "may_agree": found.status != CaseStatus.CLOSED,
        "tags": tags_of(found),
        "outcome": _outcome(found),
        # Where the language switch and links to panels lead from a refused form that has its own
        # address.
        "page_address": reverse("case", args=[found.number]),
        "now": now,
        "today": business_day(now),
        "sends_letter": found.is_active and found.kind_id == kinds.PAID_OFF_LETTER,
    }


def _of_customer(found: Case, user: User, now: datetime) -> dict[str, Any]:
    customer = found.person
    return {
        "customer": customer,
        "is_doubted": is_doubted(found),
        "own_address": confirmed_address(found),
        "takes_no_mail": bool(customer.email and suppressed([customer.email])),
        "attempts": count_of(found, now=now),
        **answer_panel(found),
        **verification(found, user=user, now=now),
    }


def _part(request: HttpRequest, found: Case) -> str:
    """Of the timeline. A link to an entry leads to it among all the others."""
    asked = request.GET.get("part", "")
    return asked if asked in parts_of(found) and _linked_entry(request) is None else ""


def _of_words(
    request: HttpRequest, found: Case, language: str, words: str, now: datetime
) -> dict[str, Any]:
    """What was written, and what to write with. `language`: its reader's; `words`: begun."""
    user = signed_in(request)
    after, linked = request.GET.get("after", ""), _linked_entry(request)
    part = _part(request, found)
    entries = timeline(found, user=user, after=after, entry=linked, part=part)
    begun: dict[str, Any] = {
        "version": found.version,
        "seen": entries.rows[0].pk if entries.rows else 0,
        "language": language,
        "body": words,
    }
    if request.GET.get("reply"):
        begun["visibility"] = Visibility.PUBLIC
    return {
        "entries": entries,
        "newest": newest_in(entries.rows),
        "live_address": ask_address(request, found),
        "days": days_of(entries.rows, today=timezone.localtime(now).date()),
        "tabs": tabs_of(entries.rows, part=part),
        "part": part,
        "last": last_words(found, user=user, entries=None if part else entries),
        "silent": waits_in_words(found.customer_wrote_at, now),
        "translation_host": translator.host(),
        "composer": UpdateForm(case=found, user=user, initial=begun),
        "scripts": scripts_for(
            Facts.of_case(found, by=user, now=now),
            kind=found.kind_id,
            media=[ScriptMedium.EMAIL, ScriptMedium.CALL],
        ),
    }
