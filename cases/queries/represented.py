"""Customers by what someone types of an attorney who speaks for them: name, firm, email."""

from __future__ import annotations

from django.db.models import QuerySet
from django.db.models.functions import Collate, Lower

from accounts.models import User
from cases.models import Case, CaseFlag
from leases.queries.said_people import MOST_PEOPLE, begins_with, has_rare_letters
from leases.said import Said


def attorneys_said(said: Said | None, *, user: User) -> dict[int, CaseFlag]:
    """By the customer's id, the attorney in force whom they're found by, one whose letter we have
    before the newest. None if no attorney can be meant; else one query, and one for those found:
    in one statement the planner wouldn't know how few they are.
    """
    if said is None or not user.works_cases or (rows := _rows(said)) is None:
        return {}
    found = list(rows.order_by()[:MOST_PEOPLE])
    if not found:
        return {}
    about = Case.objects.filter(pk__in=[flag.case_id for flag in found], lease__isnull=False)
    customers = dict(about.values_list("pk", "lease__customer"))
    found.sort(key=lambda flag: (not flag.awaits_letter, flag.at, flag.pk))
    return {customers[flag.case_id]: flag for flag in found if flag.case_id in customers}


def _rows(said: Said) -> QuerySet[CaseFlag] | None:
    rows = CaseFlag.objects.attorneys()
    if beginning := said.email or said.code.lower():
        begins = rows.alias(begins=Collate(Lower("email"), "C"))
        return begins.filter(begins__startswith=beginning)
    if said.number or not has_rare_letters(said.words):
        return None
    return rows.filter(begins_with(said.words, "attorney_key"))
