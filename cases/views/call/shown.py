"""The page of a call being logged, panel by panel."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.forms.boundfield import BoundWidget
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from accounts.access import signed_in
from accounts.models import User
from cases import kinds
from cases.call_texts import about_whom
from cases.enums import ScriptMedium
from cases.forms import CallForm, DiscardForm
from cases.forms.call import TakeOverForm
from cases.forms.call.lease import case_without_lease
from cases.models import CallDraft, Case
from cases.queries.call_windows import texts_beside
from cases.queries.calls import takeover_of
from cases.queries.flags import NO_FLAGS, flags_of_people
from cases.queries.store_returns import with_way_back
from cases.scripts.facts import Facts
from cases.scripts.shown import Group, scripts_for
from cases.scripts.situations import OPENING, SCRIPT_OF
from cases.scripts.withheld import Withheld
from cases.views.call.about import about_lease
from cases.views.call.doubts import owed_still
from cases.views.call.goodbye import goodbye_of
from cases.views.call.hand import lend_hand
from cases.views.call.known_attorney import known_attorney
from cases.views.call.leases import MOST, Leases, leases_for
from cases.views.call.page_state import CallPageState
from cases.views.call.typed import begins_in, initial_of, unsearched
from cases.views.call.windows import beside_of, carried
from leases.queries.find import is_unusual_number, no_lease_matches
from leases.queries.glance import glance

TEMPLATE = "cases/call.html"
#: A part that stands inside others.
ABOUT, ABOUT_TEMPLATE = "about", "cases/call/_about_lease.html"
#: The session's: a call that someone came back to by logging one.
CONTINUED = "continued_call"
#: The button that shows the texts to insert, and what says that they're shown.
_WRITES = {"texts", "written"}
#: Reasons in view at once: the first ones, in the administrator's order.
IN_VIEW = 9


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
    hand = ""
    if not discard and not continued:
        hand = lend_hand(form, leases, is_unnamed=is_continued)
    state = CallPageState(
        beside=texts_beside(draft), continued=continued, waiting=waiting, discard=discard,
        taking=taking, hand=hand,
    )  # fmt: skip
    return call_page(request, draft, form, leases, state, status=status)


def call_page(
    request: HttpRequest,
    draft: CallDraft,
    form: CallForm,
    leases: Leases,
    state: CallPageState,
    *,
    status: int = 200,
) -> HttpResponse:
    """The whole form, or a part of it for htmx."""
    user, now = signed_in(request), timezone.now()
    who = _who(request, leases)
    name = str(form["caller_name"].value() or "")
    attorney = known_attorney(who["flags"].rows, leases, name)
    form.offer_letter(
        is_known=form.is_attorney and attorney is not None and not attorney.awaits_letter
    )
    about = about_lease(
        draft, leases, form, attorney, user=user, now=now, verifying=state.verifying
    )
    context = {
        "draft": draft,
        "form": form,
        "now": now,
        **_at_hand(request, draft, form, leases, state),
        **about,
        **who,
        **_what(form, leases),
        **_say(request, draft, form, leases, about["withheld"]),
        **goodbye_of(draft, form, leases, who["flags"].rows, about["checked"], now),
        "owed": owed_still(form, who["glance"]),
    }
    return render(request, _template(request, state.part), context, status=status)


def _template(request: HttpRequest, part: str) -> str:
    if not part or not request.headers.get("HX-Request"):
        return TEMPLATE
    return ABOUT_TEMPLATE if part == ABOUT else f"{TEMPLATE}#{part}"


def _at_hand(
    request: HttpRequest, draft: CallDraft, form: CallForm, leases: Leases, state: CallPageState
) -> dict[str, Any]:
    """Whose call it is, in which windows it's open, and what was refused."""
    user, beside = signed_in(request), state.beside
    return {
        "carried": carried(request, draft, beside=beside if state.is_ending else ()),
        "beside": beside_of(form, beside, user=user) if beside else None,
        "takeover": takeover_of(draft) if draft.agent != user else None,
        "continued": state.continued,
        "waiting": state.waiting,
        "hand": state.hand,
        "just_asked": state.just_asked,
        "follows": state.follows,
        "fills": state.fills,
        "follows_whom": _follows_whom(form, leases, user),
        "agrees": state.part == "agreed",
        "apart": state.part == ABOUT and "HX-Request" in request.headers,
        "due_days": form.due_days,
        "discard": state.discard or DiscardForm(),
        "taking": state.taking,
        "adding": state.adding,
    }


def _follows_whom(form: CallForm, leases: Leases, user: User) -> str:
    """The customer whose language the call took, as long as no one chose it; empty if it would have
    begun in it anyway.
    """
    if leases.chosen is None:
        return ""
    customer, language = leases.chosen.customer, form["language"].value()
    is_theirs = language == form["suggested_language"].value() == customer.language
    return customer.name if is_theirs and language != begins_in(user) else ""


def _who_called(draft: CallDraft, leases: Leases) -> str:
    return str(leases.chosen.customer.name) if leases.chosen else about_whom(draft.typed)


def _who(request: HttpRequest, leases: Leases) -> dict[str, Any]:
    """The leases found, each with its open cases: the call may be about one of them. Of the one
    chosen, what is flagged about its customer.
    """
    cases = Case.objects.visible_to(signed_in(request)).active().filter(lease__in=leases.found)
    active = list(with_way_back(cases).select_related("kind").order_by("-opened_at"))
    of_chosen = [each for each in active if leases.chosen and each.lease_id == leases.chosen.pk]
    flags = flags_of_people((each.customer for each in leases.found), user=signed_in(request))
    now = timezone.now()
    return {
        "searched": leases.searched,
        "found": [
            {
                "lease": lease,
                "status": lease.status_at(now),
                "cases": [case for case in active if case.lease_id == lease.pk],
                "flags": flags.get(lease.customer_id, NO_FLAGS),
                "attorney": leases.attorneys.get(lease.customer_id),
            }
            for lease in leases.found
        ],
        "most_found": MOST if leases.is_cut else 0,
        "chosen": leases.account_number,
        "flags": flags.get(leases.chosen.customer_id, NO_FLAGS) if leases.chosen else NO_FLAGS,
        "person": leases.chosen.customer if leases.chosen else None,
        "on_way_back": next(
            (each for each in of_chosen if getattr(each, "went_back_on", None)), None
        ),
        "glance": glance(leases.chosen, now) if leases.chosen else None,
        "not_found": "" if leases.found or not leases.searched else _not_found(leases),
        "is_unusual": not leases.found and is_unusual_number(leases.searched),
    }


def _not_found(leases: Leases) -> str:
    case = next(iter(leases.cases), None)
    error = case_without_lease(case) if case else no_lease_matches(leases.searched)
    return str(error.messages[0])


def _what(form: CallForm, leases: Leases) -> dict[str, object]:
    choices = [_with_hint(each) for each in form["kind"]]
    customer = leases.chosen.customer.name if leases.chosen else ""
    store = leases.chosen.store if leases.chosen else None
    return {
        "kinds": choices[:IN_VIEW],
        "other_kinds": choices[IN_VIEW:],
        "answers": form.answers_form(store),
        "words_kept": form.words_kept(),
        "answers_kept": [*form.answers_kept(), *form.suggested_answers(store)],
        "checklist": form.checklist,
        "agreements": form.agreements(customer),
        "choice": form.charges(leases.chosen),
    }


def _with_hint(choice: BoundWidget) -> tuple[BoundWidget, str]:
    """What the reason is for, told while the hand is on it."""
    row = kinds.kinds().get(str(choice.data["value"]))
    hint = row.hint if row else ""
    if hint:
        choice.data["attrs"]["aria-describedby"] = f"{choice.id_for_label}_hint"
    return choice, hint


def _say(
    request: HttpRequest,
    draft: CallDraft,
    form: CallForm,
    leases: Leases,
    withheld: Withheld | None,
) -> dict[str, object]:
    """The scripts that fit, and those opened by hand; the others come when they're opened."""
    by, now = signed_in(request), timezone.now()
    facts = Facts.of_call(
        draft,
        leases.chosen,
        by=by,
        now=now,
        due_on=form.day_to_say,
        contact=form.known_contact(),
        withheld=withheld,
        lacks_address=_lacks_address(form, leases),
    )
    kind = str(form["kind"].value() or "")
    opened = request.POST.get("script", "")
    groups = scripts_for(
        facts,
        kind=kind,
        media=[ScriptMedium.CALL],
        callers=SCRIPT_OF.get(str(form["relation"].value()), ()),
        first=[OPENING],
        only={opened, *request.POST.getlist("read")},
        is_ours=draft.is_made_by_us,
    )
    return {
        "scripts": groups,
        "group": next((each for each in groups if each.situation == opened), None),
        "texts": _texts(facts, kind) if _WRITES & request.POST.keys() else [],
    }


def _lacks_address(form: CallForm, leases: Leases) -> bool:
    """Whoever the call is about is known, and has no address; a store or an attorney is asked for
    their own.
    """
    person = leases.chosen.customer if leases.chosen else form.known_contact()
    return person is not None and not person.email and form["relation"].value() not in SCRIPT_OF


def _texts(facts: Facts, kind: str) -> list[Group]:
    """What to write: for the words of the call, for the email, for what is agreed on."""
    groups = scripts_for(facts, kind=kind, media=[ScriptMedium.EMAIL])
    return [each for each in groups if each.scripts]
