"""Numbers that were read aloud and aren't cases yet, or never will be."""

from __future__ import annotations

from django.db.models import CharField, F, Func, OuterRef, QuerySet, Subquery, Value
from django.db.models.expressions import Combinable
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Coalesce, Concat

from accounts.models import User
from cases import numbers
from cases.enums import Event
from cases.models import CallDraft, CallTakeover
from cases.models.call_draft import CallDraftQuerySet
from common.pages import Page, page
from leases.models import Lease
from leases.models.names import NameKey
from leases.queries.find import LAST_DIGITS
from leases.queries.said_people import begins_with, has_rare_letters
from leases.said import Said, understand

OWN = 5
#: What was typed has no index of its own: the newest unfinished calls are looked through, more of
#: them in the list than while someone types.
MOST_SEARCHED = 1_000
MOST_SUGGESTED = 150
WHOLE_NUMBER = 11  # digits, with the country's


def own_unfinished(user: User) -> list[CallDraft]:
    """The newest few, with the customer of each."""
    mine = CallDraft.objects.visible_to(user).unfinished().filter(agent=user)
    mine = mine.alias(chosen=_typed("lease")).annotate(
        customer_name=_customers("name"), customer_phone=_customers("phone")
    )
    return list(mine.order_by("-started_at")[:OWN])


def takeover_of(draft: CallDraft) -> CallTakeover | None:
    """How whoever has the call came by it; None if they began it."""
    return draft.takeovers.order_by("-pk").first()


def finished_by(draft: CallDraft) -> str:
    """Who ended this call: opened its case, added it to one, or discarded it."""
    if draft.case is None:
        return draft.discarded_by.name if draft.discarded_by else ""
    if draft.case.number == draft.number:
        return draft.case.opened_by.name
    # of one case, by entry_timeline
    added = draft.case.entries.filter(event=Event.CALL_ADDED, params__number=draft.number)
    return added.values_list("author__name", flat=True).first() or ""


def listed_calls(user: User, *, discarded: bool, after: str, text: str = "") -> Page[CallDraft]:
    """Everyone's, the newest first. `text`: what is known of whoever called."""
    listed, at = _listed(user, discarded=discarded)
    calls: QuerySet[CallDraft] = listed.alias(chosen=_typed("lease"))
    if text:
        read_aloud = calls.filter(number__in=numbers.within(text))
        newest = calls.order_by(f"-{at}", "-id")[:MOST_SEARCHED]
        calls = read_aloud if read_aloud.exists() else _about(calls, understand(text), newest)
    calls = calls.annotate(customer_name=_customers("name"))
    calls = calls.select_related("agent", "discarded_by")
    return page(calls, order=(f"-{at}", "-id"), after=after)


def are_all_searched(user: User, *, discarded: bool) -> bool:
    """Whether a name, phone or email is looked for in every call of the list."""
    listed, at = _listed(user, discarded=discarded)
    keys = listed.order_by(f"-{at}", "-id").values_list("pk", flat=True)
    return not keys[MOST_SEARCHED : MOST_SEARCHED + 1]


def _listed(user: User, *, discarded: bool) -> tuple[CallDraftQuerySet, str]:
    """And the time they're listed by."""
    seen = CallDraft.objects.visible_to(user)
    return (seen.discarded(), "discarded_at") if discarded else (seen.unfinished(), "started_at")


def begun_calls(said: Said, *, user: User) -> QuerySet[CallDraft]:
    """Unfinished calls of whoever is meant, the newest first."""
    calls = CallDraft.objects.visible_to(user).unfinished().alias(chosen=_typed("lease"))
    newest = calls.order_by("-started_at", "-id")
    found = _about(calls, said, newest[:MOST_SUGGESTED])
    found = found.annotate(customer_name=_customers("name")).select_related("agent")
    return found.order_by("-started_at", "-id")


def _about(
    calls: QuerySet[CallDraft], said: Said | None, newest: QuerySet[CallDraft]
) -> QuerySet[CallDraft]:
    """By name, phone or email of the caller, or of the lease's customer."""
    if said is None:
        return calls.none()
    calls = calls.filter(pk__in=newest.values("pk"))
    if said.email:
        written = _together(_typed("contact_email"), _typed("contract"), _customers("email"))
        return calls.alias(written=written).filter(written__icontains=said.email)
    if said.words and has_rare_letters(said.words):
        named = _together(_typed("contact_name"), _typed("contract"), _customers("name"))
        calls = calls.alias(named=NameKey(named)).filter(begins_with(said.words, "named"))
    elif not said.number:
        return calls.none()
    return _phoned(calls, said.digits) if said.number else calls


def _phoned(calls: QuerySet[CallDraft], digits: str) -> QuerySet[CallDraft]:
    """With a number that ends so, as it was typed or as the telephone system told it."""
    if not (len(digits) in LAST_DIGITS or len(digits) in range(10, WHOLE_NUMBER + 1)):
        return calls.none()
    ending = digits[-10:]
    heard: Combinable = Coalesce(F("phone_call__number"), Value(""))
    written = _together(_typed("contact_phone"), Value(";"), _typed("contract"), Value(";"))
    numbered = _together(written, heard, Value(";"), _customers("phone"), Value(";"))
    only = Func(
        numbered, Value("[^0-9;]"), Value(""), Value("g"),
        function="regexp_replace", output_field=CharField(),
    )  # fmt: skip
    return calls.alias(numbered=only).filter(numbered__contains=f"{ending};")


def _typed(name: str) -> Combinable:
    return Coalesce(KeyTextTransform(name, "typed"), Value(""), output_field=CharField())


def _customers(field: str) -> Combinable:
    """Of the lease that the call is about: the one it began with, or the one chosen since."""
    chosen = Lease.objects.filter(account_number=OuterRef("chosen")).values(f"customer__{field}")
    of_chosen = Subquery(chosen[:1])
    return Coalesce(of_chosen, F(f"lease__customer__{field}"), Value(""), output_field=CharField())


def _together(*parts: Combinable) -> Combinable:
    spaced = [each for part in parts for each in (part, Value(" "))]
    return Concat(*spaced, output_field=CharField())
