"""The page of a call being logged, panel by panel."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from accounts.access import signed_in
from cases.call_texts import about_whom
from cases.enums import ScriptMedium
from cases.forms import CallForm, DiscardForm
from cases.forms.call import AddCallForm, TakeOverForm
from cases.forms.caller import VerificationForm
from cases.models import CallDraft, Case
from cases.queries.call_windows import WindowText, texts_beside
from cases.queries.calls import takeover_of
from cases.queries.flags import NO_FLAGS, flags_of_people
from cases.scripts.facts import Facts
from cases.scripts.shown import Group, scripts_for
from cases.scripts.situations import ATTORNEY, OPENING
from cases.scripts.withheld import Withheld
from cases.views.call.about import about_lease
from cases.views.call.goodbye import goodbye_of
from cases.views.call.leases import MOST, Leases, leases_for
from cases.views.call.typed import initial_of, unsearched
from cases.views.call.windows import beside_of, carried
from leases.queries.find import is_unusual_number
from leases.queries.glance import glance

TEMPLATE = "cases/call.html"
#: A part that stands inside others.
ABOUT = "about"
#: The session's: a call that someone came back to by logging one.
CONTINUED = "continued_call"
#: Reasons in view at once: the first ones, in the administrator's order.
IN_VIEW = 8


def begun_page(
    request: HttpRequest,
    draft: CallDraft,
    now: datetime,
    *,
    discard: DiscardForm | None = None,
    taking: TakeOverForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The call as it was left."""
    user = signed_in(request)
    initial = initial_of(draft, user, now)
    waiting = unsearched(initial)
    if waiting:  # no lease stands as the one that these words are about
        initial["lease"] = ""
    form = CallForm(user=user, now=now, initial=initial)
    searched = "" if waiting else str(draft.typed.get("contract", ""))
    leases = leases_for(user, searched, str(form["lease"].value() or ""))
    is_continued = request.session.get(CONTINUED) == draft.number
    if is_continued:  # told once
        del request.session[CONTINUED]
    continued = _who_called(draft, leases) if is_continued else None
    if not leases.chosen and not discard and not continued:
        form.fields["contract"].widget.attrs["autofocus"] = True
    return call_page(
        request, draft, form, leases, discard=discard, taking=taking, beside=texts_beside(draft),
        continued=continued, waiting=waiting, status=status,
    )  # fmt: skip


def call_page(
    request: HttpRequest,
    draft: CallDraft,
    form: CallForm,
    leases: Leases,
    *,
    part: str = "",
    follows: bool = False,
    discard: DiscardForm | None = None,
    taking: TakeOverForm | None = None,
    adding: AddCallForm | None = None,
    verifying: VerificationForm | None = None,
    beside: Sequence[WindowText] = (),
    is_ending: bool = False,
    continued: str | None = None,
    waiting: str = "",
    status: int = 200,
) -> HttpResponse:
    """The whole form, or a part of it for htmx. `follows`: it just took the customer's language.
    `beside`: what other windows have; `is_ending`: looked at before the call ends.
    `continued`: whose call they came back to, empty if no one's yet; None if they didn't come back.
    `waiting`: who was typed in and not looked for.
    """
    who = _who(request, leases)
    about = about_lease(
        draft, leases, form, user=signed_in(request), now=timezone.now(), verifying=verifying
    )
    context = {
        "carried": carried(request, draft, beside=beside if is_ending else ()),
        "beside": beside_of(form, beside, user=signed_in(request)) if beside else None,
        "draft": draft,
        "form": form,
        "follows": follows,
        "agrees": part == "agreed",
        "due_days": form.due_days,
        "discard": discard or DiscardForm(),
        "taking": taking,
        "adding": adding,
        "continued": continued,
        "takeover": takeover_of(draft) if draft.agent != signed_in(request) else None,
        "waiting": waiting,
        **about,
        **who,
        **_what(form, leases),
        **_say(request, draft, form, leases, about["withheld"]),
        **goodbye_of(draft, form, leases, who["flags"].rows, timezone.now()),
    }
    template = TEMPLATE
    if part == ABOUT and request.headers.get("HX-Request"):
        template, context["apart"] = "cases/call/_about_lease.html", True
    elif part and request.headers.get("HX-Request"):
        template += f"#{part}"
    return render(request, template, context, status=status)


def _who_called(draft: CallDraft, leases: Leases) -> str:
    return str(leases.chosen.customer.name) if leases.chosen else about_whom(draft.typed)


def _who(request: HttpRequest, leases: Leases) -> dict[str, Any]:
    """The leases found, each with its open cases: the call may be about one of them. Of the one
    chosen, what is flagged about its customer.
    """
    cases = Case.objects.visible_to(signed_in(request)).active()
    active = list(cases.filter(lease__in=leases.found).select_related("kind").order_by("pk"))
    flags = flags_of_people((each.customer for each in leases.found), user=signed_in(request))
    return {
        "searched": leases.searched,
        "found": [
            {
                "lease": lease,
                "cases": [case for case in active if case.lease_id == lease.pk],
                "flags": flags.get(lease.customer_id, NO_FLAGS),
            }
            for lease in leases.found
        ],
        "most_found": MOST if leases.is_cut else 0,
        "chosen": leases.account_number,
        "flags": flags.get(leases.chosen.customer_id, NO_FLAGS) if leases.chosen else NO_FLAGS,
        "person": leases.chosen.customer if leases.chosen else None,
        "glance": glance(leases.chosen, timezone.now()) if leases.chosen else None,
        "is_unusual": not leases.found and is_unusual_number(leases.searched),
    }


def _what(form: CallForm, leases: Leases) -> dict[str, object]:
    choices = list(form["kind"])
    customer = leases.chosen.customer.name if leases.chosen else ""
    store = leases.chosen.store if leases.chosen else None
    return {
        "kinds": choices[:IN_VIEW],
        "other_kinds": choices[IN_VIEW:],
        "answers": form.answers_form(store),
        "answers_kept": [*form.answers_kept(), *form.suggested_answers(store)],
        "checklist": form.checklist(),
        "agreements": form.agreements(customer),
        "choice": form.charges(leases.chosen),
    }


def _say(
    request: HttpRequest,
    draft: CallDraft,
    form: CallForm,
    leases: Leases,
    withheld: Withheld | None,
) -> dict[str, object]:
    """The scripts that fit, and those opened by hand; the others come when they're opened."""
    now = timezone.now()
    facts = Facts.of_call(
        draft,
        leases.chosen,
        by=signed_in(request),
        now=now,
        due_on=form.next_step,
        withheld=withheld,
    )
    kind = str(form["kind"].value() or "")
    opened = request.POST.get("script", "")
    groups = scripts_for(
        facts,
        kind=kind,
        media=[ScriptMedium.CALL],
        callers=[ATTORNEY] if form.is_attorney else [],
        first=[OPENING],
        only={opened, *request.POST.getlist("read")},
    )
    return {
        "scripts": groups,
        "group": next((each for each in groups if each.situation == opened), None),
        "texts": _texts(facts, kind) if "texts" in request.POST else [],
    }


def _texts(facts: Facts, kind: str) -> list[Group]:
    """What to write: for the words of the call, for the email, for what is agreed on."""
    groups = scripts_for(facts, kind=kind, media=[ScriptMedium.EMAIL])
    return [each for each in groups if each.scripts]
