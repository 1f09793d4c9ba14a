"""Numbers that were read aloud and aren't cases yet, or never will be."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import timedelta

from django.db.models import BooleanField, CharField, F, OuterRef, QuerySet, Subquery, Value
from django.db.models.expressions import Combinable, RawSQL
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Coalesce

from accounts.models import User
from cases import numbers
from cases.enums import Event
from cases.models import CallDraft, CallTakeover
from cases.models.call_draft import CallDraftQuerySet
from common.pages import Page, page
from leases.models import Customer, Lease
from leases.queries.find import LAST_DIGITS
from leases.queries.said_people import has_rare_letters
from leases.said import Said, understand

OWN = 5
BESIDE = 3
#: A call of one's own begun longer ago isn’t the one on the line.
SHIFT = timedelta(hours=12)
WHOLE_NUMBER = 11  # digits, with the country's


def own_unfinished(user: User) -> list[CallDraft]:
    """The newest few, with the customer of each."""
    mine = CallDraft.objects.visible_to(user).unfinished().filter(agent=user)
    mine = mine.alias(chosen=_typed("lease")).annotate(
        customer_name=_customers("name"), customer_phone=_customers("phone")
    )
    return list(mine.order_by("-started_at")[:OWN])


def begun_beside(draft: CallDraft, customer: Customer, *, user: User) -> list[CallDraft]:
    """Other unfinished calls of the same customer or from the same phone, the newest few; of one's
    own, those of this shift.
    """
    told = draft.phone_call.number if draft.phone_call else ""
    phones = {_ends(re.sub(r"\D", "", each)) for each in (customer.phone, told)} - {""}
    calls = CallDraft.objects.visible_to(user).unfinished().exclude(pk=draft.pk)
    calls = calls.filter(_is_of(customer, sorted(phones)))
    calls = calls.exclude(agent=user, started_at__lt=draft.started_at - SHIFT)
    return list(calls.select_related("agent").order_by("-started_at", "-id")[:BESIDE])


def _is_of(customer: Customer, phones: list[str]) -> RawSQL:
    """By the index of customers and that of trigrams, each alone: PostgreSQL would look through
    all calls for an OR of both.
    """
    found = """cases_calldraft.id = ANY(ARRAY(
        SELECT draft_id FROM cases_callkey WHERE customer_id = %s
        UNION ALL
        SELECT called FROM unnest(%s::text[]) AS phone, puente_called('{}', phone, '') AS called
    ))"""
    return RawSQL(found, [customer.pk, phones], output_field=BooleanField())  # noqa: S611 - given apart


def takeover_of(draft: CallDraft) -> CallTakeover | None:
    """How whoever has the call came by it; None if they began it."""
    return draft.takeovers.order_by("-pk").first()


def finished_by(draft: CallDraft) -> User | None:
    """Who ended this call: opened its case, added it to one, or discarded it."""
    if draft.case is None:
        return draft.discarded_by
    if draft.case.number == draft.number:
        return draft.case.opened_by
    # of one case, by entry_timeline
    added = draft.case.entries.filter(event=Event.CALL_ADDED, params__number=draft.number)
    entry = added.select_related("author").first()
    return entry.author if entry else None


def listed_calls(user: User, *, discarded: bool, after: str, text: str = "") -> Page[CallDraft]:
    """Everyone's, the newest first. `text`: what is known of whoever called."""
    listed, at = _listed(user, discarded=discarded)
    calls: QuerySet[CallDraft] = listed.alias(chosen=_typed("lease"))
    if text:
        read_aloud = calls.filter(number__in=numbers.within(text))
        calls = read_aloud if read_aloud.exists() else _about(calls, understand(text))
    calls = calls.annotate(customer_name=_customers("name"))
    calls = calls.select_related("agent", "discarded_by")
    return page(calls, order=(f"-{at}", "-id"), after=after)


def _listed(user: User, *, discarded: bool) -> tuple[CallDraftQuerySet, str]:
    """And the time they're listed by."""
    seen = CallDraft.objects.visible_to(user)
    return (seen.discarded(), "discarded_at") if discarded else (seen.unfinished(), "started_at")


def begun_calls(said: Said, *, user: User) -> QuerySet[CallDraft]:
    """Unfinished calls of whoever is meant, the newest first."""
    calls = CallDraft.objects.visible_to(user).unfinished().alias(chosen=_typed("lease"))
    found = _about(calls, said).annotate(customer_name=_customers("name"))
    return found.select_related("agent").order_by("-started_at", "-id")


def _about(calls: QuerySet[CallDraft], said: Said | None) -> QuerySet[CallDraft]:
    """By name, phone or email of the caller, or of the lease's customer (models/call_key.py)."""
    if said is None or said.email == "@":
        return calls.none()
    if said.email:
        before = "" if said.email.startswith("@") else " "
        return calls.filter(is_called(email=f"{before}{said.email}"))
    words = said.words if has_rare_letters(said.words) else ()
    if not (words or said.number) or (said.number and not _ends(said.digits)):
        return calls.none()
    return calls.filter(is_called(words, phone=_ends(said.digits)))


def is_called(words: Iterable[str] = (), *, phone: str = "", email: str = "") -> RawSQL:
    """Has all of it, by the index of trigrams (migration 0054_call_keys). As an array, because
    PostgreSQL might look once for every call whether it's among those found.
    """
    found = "cases_calldraft.id = ANY(ARRAY(SELECT puente_called(%s, %s, %s)))"
    given = [list(words), phone, email]
    return RawSQL(found, given, output_field=BooleanField())  # noqa: S611 - given apart


def _ends(digits: str) -> str:
    """What a number ends with, as it was typed or as the telephone system told it."""
    is_number = len(digits) in LAST_DIGITS or len(digits) in range(10, WHOLE_NUMBER + 1)
    return digits[-10:] if is_number else ""


def _typed(name: str) -> Combinable:
    return Coalesce(KeyTextTransform(name, "typed"), Value(""), output_field=CharField())


def _customers(field: str) -> Combinable:
    """Of the lease that the call is about: the one it began with, or the one chosen since."""
    chosen = Lease.objects.filter(account_number=OuterRef("chosen")).values(f"customer__{field}")
    of_chosen = Subquery(chosen[:1])
    return Coalesce(of_chosen, F(f"lease__customer__{field}"), Value(""), output_field=CharField())
