from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import case_workers_only, signed_in
from accounts.enums import Language
from accounts.models import User
from accounts.sent_forms import repeatable
from cases import actions
from cases.enums import ScriptMedium, ScriptSituation
from cases.forms import CallForm, DiscardForm
from cases.forms.contact import CONTACT_FIELDS
from cases.forms.evidence import Holding, hold_good_files
from cases.models import CallDraft, Case
from cases.scripts.facts import Facts
from cases.scripts.shown import scripts_for
from cases.views.call_list import calls_page, discarded_page
from cases.views.case.language import doubt_language
from common.company_day import business_day
from common.form_errors import try_action
from leases.models import Lease
from leases.queries.find import find_leases, is_unusual_number, leases_numbered

#: What a draft keeps: everything typed except files, which a browser doesn't give back.
KEPT = (
    "language",
    "contract",
    "lease",
    "kind",
    "channel",
    "summary",
    "visibility",
    "due_on",
    "remember_language",
    "suggested_language",
    "asked",
    "untranslated",
    *CONTACT_FIELDS,
)
#: Buttons used during the call, and the part of the page that each changes.
PARTS = {"find": "contract", "choose": "scripts"}


@require_http_methods(["GET", "HEAD", "POST"])
@case_workers_only
def calls(request: HttpRequest) -> HttpResponse:
    """Starts logging a call, from anywhere; from a lease's page, with that lease selected."""
    if request.method != "POST":
        return calls_page(request)
    user = signed_in(request)
    lease = None
    if account_number := request.POST.get("lease"):
        lease = get_object_or_404(leases_numbered(account_number, user=user))
    draft = actions.start_call(by=user, now=timezone.now(), lease=lease)
    return redirect("call", number=draft.number)


def found_draft(user: User, number: str) -> CallDraft:
    drafts = CallDraft.objects.visible_to(user)
    return get_object_or_404(
        drafts.select_related("lease__customer", "case", "agent", "discarded_by"), number=number
    )


@require_http_methods(["GET", "HEAD", "POST"])
@case_workers_only
def call(request: HttpRequest, number: str) -> HttpResponse:
    user = signed_in(request)
    now = timezone.now()
    draft = found_draft(user, number)
    if draft.case:
        return redirect("case", number=draft.case.number)
    if draft.discarded_at:
        return discarded_page(request, draft)
    if request.method != "POST":
        form = CallForm(user=user, now=now, initial=_initial(draft, user, now))
        return _page(request, draft, form, _contract(draft))
    holding = Holding(user, request.path)
    sent = CallForm(request.POST, request.FILES, user=user, now=now, holding=holding)
    part = next((PARTS[name] for name in PARTS if name in request.POST), "")
    if part:
        # Looking up a contract doesn't end the call: nothing is checked, everything is kept.
        typed = _typed(request)
        found, chosen = _leases(user, typed["contract"], typed["lease"])
        followed = _in_customers_language(typed, _numbered(chosen, found))
        actions.save_draft(draft=draft, typed=followed, by=user)
        form = CallForm(user=user, now=now, initial=followed)
        if not request.headers.get("HX-Request"):
            _keep_files(request, sent, form)
        return _page(
            request,
            draft,
            form,
            typed["contract"],
            part=part,
            leases=(found, chosen),
            follows=followed["language"] != typed["language"],
        )
    form = sent
    if not form.is_valid():
        return _refused(request, draft, form)
    try:
        case = actions.open_case(
            draft=draft, call=form.call(), files=form.cleaned_data["evidence"], by=user, now=now
        )
    except ValidationError as error:
        form.add_error("summary", error)
        return _refused(request, draft, form)
    doubt_language(
        request, case, text=form.cleaned_data["summary"], language=form.cleaned_data["language"]
    )
    return redirect("case", number=case.number)


def _keep_files(request: HttpRequest, sent: CallForm, form: CallForm) -> None:
    """A page without scripts comes back whole; a browser sends its files only once."""
    for problem in sent.look_at_files():
        messages.error(request, problem)
    hold_good_files(sent, timezone.now())
    form.show_files_of(sent)


def _refused(request: HttpRequest, draft: CallDraft, form: CallForm) -> HttpResponse:
    actions.save_draft(draft=draft, typed=_typed(request), by=signed_in(request))
    hold_good_files(form, timezone.now())
    return _page(request, draft, form, request.POST.get("contract", ""), status=422)


@repeatable
@require_POST
@case_workers_only
def draft(request: HttpRequest, number: str) -> HttpResponse:
    """Saves what was typed so far."""
    user = signed_in(request)
    if not actions.save_draft(draft=found_draft(user, number), typed=_typed(request), by=user):
        raise Http404
    return HttpResponse(status=204)


@require_POST
@case_workers_only
def discards(request: HttpRequest, number: str) -> HttpResponse:
    """Discards a number that was read aloud and will never become a case."""
    user, now = signed_in(request), timezone.now()
    draft = found_draft(user, number)
    form = DiscardForm(request.POST)
    if form.is_valid() and try_action(
        form,
        lambda: actions.discard_call(
            draft=draft, reason=form.cleaned_data["reason"], by=user, now=now
        ),
    ):
        messages.success(
            request, _("Call %(number)s was discarded.") % {"number": draft.spoken_number}
        )
        return redirect("calls")
    if draft.case or draft.discarded_at:
        return redirect("call", number=number)  # which says what became of it
    typed = CallForm(user=user, now=now, initial=_initial(draft, user, now))
    return _page(request, draft, typed, _contract(draft), discard=form, status=422)


def _typed(request: HttpRequest) -> dict[str, Any]:
    typed = {name: request.POST.get(name, "") for name in KEPT}
    return {name: value.replace("\x00", "") for name, value in typed.items()}


def _initial(draft: CallDraft, user: User, now: datetime) -> dict[str, Any]:
    """What was typed, except for a day that has since passed."""
    if draft.typed:
        typed = dict(draft.typed)
        with suppress(KeyError, ValueError):
            if date.fromisoformat(typed["due_on"]) < business_day(now):
                del typed["due_on"]
        return typed
    language = user.language or Language.SPANISH.value
    initial: dict[str, Any] = {"language": language, "suggested_language": language}
    if draft.lease:
        initial["lease"] = draft.lease.account_number
    return _in_customers_language(initial, draft.lease)


def _in_customers_language(typed: dict[str, Any], lease: Lease | None) -> dict[str, Any]:
    """A call's language is its customer's until the agent chooses one."""
    if lease is None or typed["language"] != typed["suggested_language"]:
        return typed
    language = lease.customer.language
    return typed | {"language": language, "suggested_language": language}


def _leases(user: User, searched: str, chosen: str) -> tuple[list[Lease], str]:
    """Those to choose from, and the account number of the selected one; a single result is
    selected.
    """
    found = find_leases(searched, user=user) if searched else []
    if chosen and _numbered(chosen, found) is None:
        return [*leases_numbered(chosen, user=user), *found], chosen
    return found, chosen or (found[0].account_number if len(found) == 1 else "")


def _numbered(account_number: str, found: Sequence[Lease]) -> Lease | None:
    return next((lease for lease in found if lease.account_number == account_number), None)


def _contract(draft: CallDraft) -> str:
    return str(draft.typed.get("contract", ""))


def _page(
    request: HttpRequest,
    draft: CallDraft,
    form: CallForm,
    searched: str,
    *,
    part: str = "",
    leases: tuple[list[Lease], str] | None = None,
    follows: bool = False,
    discard: DiscardForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The whole form, or a part of it for htmx. `follows`: it just took the customer's language."""
    user, now = signed_in(request), timezone.now()
    found, chosen = leases or _leases(user, searched, str(form["lease"].value() or ""))
    # The call may be about an open case.
    active = list(Case.objects.visible_to(user).active().filter(lease__in=found).order_by("pk"))
    template = "cases/call.html"
    if part and request.headers.get("HX-Request"):
        template += f"#{part}"
    return render(
        request,
        template,
        {
            "draft": draft,
            "form": form,
            "searched": searched,
            "found": [
                {"lease": lease, "cases": [case for case in active if case.lease_id == lease.pk]}
                for lease in found
            ],
            "chosen": chosen,
            "follows": follows,
            "discard": discard or DiscardForm(),
            "scripts": scripts_for(
                Facts.of_call(
                    draft, _numbered(chosen, found), by=user, now=now, due_on=form.next_step
                ),
                kind=str(form["kind"].value() or ""),
                media=[ScriptMedium.CALL],
                first=[ScriptSituation.OPENING],
            ),
            "is_unusual": not found and is_unusual_number(searched),
            "now": now,
        },
        status=status,
    )
