"""How PostgreSQL would run the hot queries in a large company: each by its index, none reads a
table.

The company of `make bench` at a fiftieth of its size, with statistics; only plans are requested.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from hashlib import md5
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.enums import Language
from accounts.models import User
from cases import search_text
from cases.actions import start_call, wake_snoozed
from cases.models import Case
from cases.queries import (
    answers,
    attempts,
    calendar,
    calls,
    charges,
    flags,
    mail_state,
    mails,
    open_cases,
    parked,
    people,
    queue,
    refunds,
    search,
    suggest,
    take_next,
    timeline,
    waiting,
)
from cases.queries.complaints import complaints_of
from cases.queries.phone_calls import phone_call_page
from cases.queries.queue_counts import queue_counts
from cases.queries.represented import attorneys_said
from cases.queries.week import longest_waiting
from common.company_day import business_day
from common.pages import _encode, page, page_of_parts
from leases.models import Customer, Lease, Store
from leases.queries import disputed_charges, identity_blocks, late_fees, monitoring
from leases.queries.by_money import MoneyList, leases_by_money
from leases.queries.find import find_leases
from leases.queries.identity_blocks import Identity
from leases.queries.suggest import NEWEST
from leases.said import understand
from mail.models import Email
from mail.outbound.claim import due
from telephone.actions import record_event
from telephone.queries.call_log import count_to_return
from telephone.queries.ringing import current_calls
from telephone.reading import read_event
from tests.bench.fill import fill
from tests.bench.pages import AGENT

CASES = 20_000
#: Neither read completely nor sorted completely, whatever is queried.
LARGE = {
    "accounts_user", "cases_case", "mail_email", "cases_entry", "cases_followup",
    "cases_inboundmail", "cases_searchdocument", "leases_customer", "leases_instalment",
    "leases_lease", "leases_ledgerentry", "leases_statusevent", "leases_terms",
    "telephone_phonecall", "telephone_phonecallring", "telephone_phoneevent",
    "cases_calldraft", "cases_contactattempt", "cases_casecharge", "leases_disputedcharge",
    "cases_caseanswer", "cases_storecomplaint", "leases_identityblock", "leases_blockedapplication",
    "cases_callkey",
}  # fmt: skip
MOST_SORTED = NEWEST + 100  # leases whose names the call bar compares, and those of the same second


def agent() -> User:
    return User.objects.get(pk=AGENT)


def today() -> Any:
    return business_day(timezone.now())


def view(name: str, **kept: str) -> Any:
    return queue.view(name, user=agent(), today=today()).filter(**kept)


def first(name: str, **kept: str) -> Callable[[], object]:
    return lambda: queue.queue_page(view(name, **kept), name=name, after="")


def tagged(name: str, tag: int) -> Callable[[], object]:
    return lambda: queue.queue_page(view(name).tagged(tag), name=name, after="")


def middle(name: str, **kept: str) -> Callable[[], object]:
    order = ["-changed_at", "-id"] if name == "done" else ["rank", "due_on", "id"]

    def shown() -> object:
        rows = view(name, **kept).order_by(*order)
        after = _encode(rows[rows.count() // 2], [each.removeprefix("-") for each in order])
        return queue.queue_page(view(name, **kept), name=name, after=after)

    return shown


def week(ahead: int, *, mine: bool) -> object:
    return calendar.week(agent(), today() + timedelta(days=ahead), mine=mine, today=today())


def some_cases() -> list[Case]:
    return list(Case.objects.with_parties().filter(pk__in=range(5000, 5010)))


def newest(rows: Any) -> object:
    return list(rows.order_by("-created_at", "-id")[:50])


def expired() -> object:
    """Few of this status: the query must not walk the newest leases until enough match."""
    leases = Lease.objects.with_parties()
    parts = leases.effectively_in_parts("contracts_expired", timezone.now())
    return page_of_parts(parts, order=("-applied_at", "-id"))


def words(asked: str) -> object:
    return search.search(search_text.parse_search(asked), user=agent(), now=NOW())


def phone_calls(view: str, number: str = "") -> object:
    return phone_call_page(agent(), view=view, number=number, after="", now=NOW())


def bar(text: str) -> Callable[[], object]:
    """What the call bar finds while someone types."""
    return lambda: suggest.suggest(text, user=agent(), now=NOW())


def phone_event(event: str) -> object:
    fields = {"from": "+12105550134", "to": "1050", "direction": "in", "callId": "a-call"}
    return record_event(read_event(fields | {"event": event}), now=NOW())


def case(pk: int) -> Case:
    return Case.objects.get(pk=pk)


def applies(
    email: str = "no@bench.example", phone: str = "", name: str = "Nadie", ssn_last4: str = ""
) -> Callable[[], object]:
    """Whether an application is of a blocked identity."""
    said = Identity(name, email, phone, ssn_last4)
    return lambda: identity_blocks.block_on(said)


NOW = timezone.now
FIRST_OUT = ("-is_secret", "next_attempt_at", "created_at")
HOT: dict[str, tuple[Callable[[], object], str]] = {
    "queue": (first("active"), "case_queue"),
    "queue, the middle": (middle("active"), "case_queue"),
    "mine": (first("mine"), "case_own_queue"),
    "mine, the middle": (middle("mine"), "case_own_queue"),
    "escalated, the middle": (middle("escalated"), "case_queue"),
    "customer wrote": (first("unanswered"), "case_unanswered"),
    "done, the middle": (middle("done"), "case_done"),
    "queue of a kind": (first("active", kind="fraud"), "case_queue_of_kind"),
    "queue of a status": (first("active", status="waiting_store"), "case_queue_of_status"),
    "queue of a language": (first("active", language="none"), "case_queue_of_language"),
    "queue of a rare tag": (tagged("active", 2), "case_tagged"),
    "queue of a common tag": (tagged("active", 1), "case_queue"),
    "done of a rare tag": (tagged("done", 2), "case_done_tagged"),
    "done of a common tag": (tagged("done", 1), "case_done"),
    "the next case to take": (lambda: take_next.next_keys(agent()), "case_to_take"),
    "counts of the queue": (
        lambda: queue_counts(agent(), kinds=["fraud", "other"], now=NOW()), "case_queue_of_kind"
    ),
    "snoozed": (first("snoozed"), "case_snoozed"),
    "snoozed that are due": (lambda: wake_snoozed(now=NOW()), "case_snoozed"),
    "done of a kind": (first("done", kind="none"), "case_done_of_kind"),
    "flagged": (first("flagged"), "case_flagged"),
    "flagged, the middle": (middle("flagged"), "case_flagged"),
    "count of the flagged": (lambda: queue.capped_count(view("flagged")), "case_flagged"),
    "flags of a page": (lambda: flags.flags_of(some_cases()), "case_of_lease"),
    "kinds of flags of a page": (lambda: flags.flag_kinds(some_cases()), "case_of_lease"),
    "attempts of a page": (
        lambda: attempts.counts_of(some_cases(), now=NOW()), "attempt_of_case"
    ),
    "newest attempts": (lambda: attempts.latest(user=agent()), "attempt_newest"),
    "count of the overdue": (lambda: queue.capped_count(view("overdue")), "case_queue"),
    "a case": (lambda: Case.objects.with_parties().get(number="900000500"), "case_number_once"),
    "timeline": (
        lambda: timeline.timeline(Case.objects.get(pk=500), user=agent()), "entry_timeline"
    ),
    "cases of a lease": (
        lambda: list(Case.objects.filter(lease=500).order_by("-opened_at")[:50]), "case_of_lease"
    ),
    "who a case is given to": (lambda: list(people.case_workers()), "user_staff"),
    "signing in": (
        lambda: User.objects.get_by_natural_key("C77@Bench.example"), "user_email_once"
    ),
    "header": (lambda: waiting.waiting(agent(), NOW()), "follow_up_own"),
    "header, planned by me": (lambda: waiting.waiting(agent(), NOW()), "follow_up_by"),
    "late follow-ups": (lambda: mail_state.is_late(NOW()), "follow_up_mail_due"),
    "count of late follow-ups": (
        lambda: mail_state.count_late_follow_ups(NOW()), "follow_up_mail_due"
    ),
    "calendar, everybody": (lambda: week(0, mine=False), "follow_up_due"),
    "calendar, mine": (lambda: week(14, mine=True), "follow_up_own"),
    "calendar, what was done": (lambda: week(-70, mine=False), "follow_up_done"),
    "calendar, the next day": (
        lambda: calendar.next_planned(agent(), today(), mine=False), "follow_up_day"
    ),
    "outbox": (lambda: list(due(NOW()).order_by(*FIRST_OUT)[:50]), "email_pending"),
    "failed mails": (lambda: mails.undelivered(user=User(role="supervisor")), "email_failed"),
    "administration, mails": (lambda: newest(Email.objects.all()), "email_newest"),
    "administration, withdrawn mails": (
        lambda: newest(Email.objects.filter(state="withdrawn")), "email_not_sent"
    ),
    "administration, an address": (
        lambda: newest(Email.objects.filter(to="c77@bench.example")), "email_recipient"
    ),
    "administration, users": (
        lambda: list(User.objects.order_by("name_sort", "-pk")[:50]), "user_by_name"
    ),
    "administration, customers": (
        lambda: list(Customer.objects.order_by("name_sort", "-pk")[:50]), "customer_by_name"
    ),
    "dismissed mails": (lambda: parked.dismissed(user=agent()), "inbound_dismissed"),
    "leases": (
        lambda: page(Lease.objects.with_parties(), order=("-applied_at", "-id")), "lease_newest"
    ),
    "leases in review": (
        lambda: page(
            Lease.objects.with_parties().effectively("in_process", NOW()),
            order=("-applied_at", "-id"),
        ),
        "lease_by_status",
    ),
    "leases past due": (
        lambda: leases_by_money(MoneyList.PAST_DUE, user=agent(), now=NOW()), "terms_unpaid"
    ),
    "leases paid off": (
        lambda: leases_by_money(MoneyList.PAID_OFF, user=agent(), now=NOW()),
        "paid_off_letter_by_day",
    ),
    "leases paid off last month": (
        lambda: leases_by_money(MoneyList.LAST_MONTH, user=agent(), now=NOW()),
        "paid_off_letter_by_day",
    ),
    "leases that expired": (expired, "lease_by_status"),
    "leases whose end nobody noticed": (expired, "lease_due"),
    "missed promises": (
        lambda: monitoring.worklist_page(monitoring.Worklist.PROMISES, user=agent(), now=NOW()),
        "plan_missed",
    ),
    "count of missed promises": (
        lambda: monitoring.count_worklist(monitoring.Worklist.PROMISES, user=agent(), now=NOW()),
        "plan_missed",
    ),
    "transactions under review": (
        lambda: monitoring.worklist_page(monitoring.Worklist.DISPUTES, user=agent(), now=NOW()),
        "disputed_charge_once",
    ),
    "count of leases with transactions under review": (
        lambda: monitoring.count_worklist(monitoring.Worklist.DISPUTES, user=agent(), now=NOW()),
        "disputed_charge_once",
    ),
    "refunds owed": (
        lambda: refunds.refunds_owed(user=agent()),
        "refund_unpaid",
    ),
    "count of refunds owed": (
        lambda: monitoring.count_refunds(user=agent()),
        "refund_unpaid",
    ),
    "what of a lease can be disputed": (
        lambda: disputed_charges.disputable_page(Lease.objects.get(pk=500), today()),
        "ledger_of_lease",
    ),
    "what of a ledger is under review": (
        lambda: list(disputed_charges.with_reviews(Lease.objects.get(pk=500).ledger.all())),
        "disputed_charge_once",
    ),
    "the transactions of a case": (
        lambda: charges.charges_of(Case.objects.get(pk=5010), user=agent()),
        "cases_casecharge_case_id_88ad193f",  # Django’s own
    ),
    "late fees": (
        lambda: late_fees.behind(late_fees.late_fee_rules(), today()), "terms_late"
    ),
    "who has waited longest": (lambda: longest_waiting(agent(), Language.SPANISH), "case_waiting"),
    "what expires": (
        lambda: monitoring.worklist_page(monitoring.Worklist.EXPIRING, user=agent(), now=NOW()),
        "lease_due",
    ),
    "a common word of cases": (lambda: words("tienda"), "search_document_by_time"),
    "a rare word of cases": (lambda: words("xilofono"), "search_document_by_time"),
    "a word of one kind of case": (lambda: words("pago kind:fraud"), "search_document_by_time"),
    "an old word": (lambda: words("pago before:2025-01-01"), "search_document_by_time"),
    "words that seldom meet": (lambda: words("enfriar bodega"), "search_document_by_time"),
    "a common word in cases of a status": (
        lambda: words("tienda is:escalated"), "search_document_by_time"
    ),
    "words that never follow each other": (
        lambda: words('"tienda recibo"'), "search_document_by_time"
    ),
    "a name, and words of their cases": (lambda: words("maria pagó"), "search_document_by_time"),
    "a rare name": (lambda: words("siobhan quinones tienda"), "customer_name_key"),
    "an entry on a later page": (
        lambda: timeline.timeline(Case.objects.get(pk=1), user=agent(), entry=5), "entry_timeline"
    ),
    "discarded calls": (
        lambda: calls.listed_calls(agent(), discarded=True, after=""), "call_draft_discarded"
    ),
    "open cases a call may be about": (
        lambda: open_cases.open_cases_like(Lease.objects.get(pk=500), "fraud", user=agent()),
        "case_of_lease",
    ),
    "bar, an email address from its beginning": (bar("c77@"), "customer_email_begins"),
    "bar, a common beginning of it": (bar("c7"), "customer_email_begins"),
    "bar, an account number": (bar("100000500"), "lease_number_once"),
    "bar, an account number from its beginning": (bar("10000050"), "lease_number_begins"),
    "bar, an invoice number": (bar("INV-500"), "lease_invoice_number"),
    "bar, an invoice number from its beginning": (bar("INV-50"), "lease_invoice_begins"),
    "bar, an application": (
        bar("00000000-0000-4000-8000-000000000500"), "leases_lease_application_id_key"
    ),
    "bar, a phone number": (bar("(210) 555-0134"), "customer_phone_begins"),
    "bar, a caller's phone number": (bar("(210) 555-0134"), "contact_phone_begins"),
    "bar, its first digits": (bar("210 555 01"), "customer_phone_begins"),
    "bar, its last digits": (bar("0134"), "customer_phone_end"),
    "bar, its last digits with a name": (bar("hernandez 0134"), "customer_phone_end"),
    "bar, a common name": (bar("maria"), "leases_customer_pkey"),
    "bar, a rare name": (bar("quinones siobhan"), "customer_name_key"),
    "bar, a part of a name": (bar("nonessio"), "customer_name_key"),
    "bar, a name with a slip": (bar("hernandes"), "leases_customer_pkey"),
    "find, a name with a slip": (
        lambda: find_leases("hernandes", user=agent()), "leases_customer_pkey"
    ),
    "bar, a store": (bar("luna 12"), "lease_of_store"),
    "bar, a case number": (bar("260 000 043"), "case_number_once"),
    "bar, a call's number": (bar("260 000 043"), "call_draft_number_once"),
    "bar, open cases of what is found": (bar("100000500"), "case_of_lease"),
    "a word of answers": (lambda: words("laredo in:answer"), "search_document_by_time"),
    "answers of a case": (lambda: answers.newest_answers(case(500)), "answer_of_case"),
    "the newest answer": (lambda: answers.newest_answer(case(500)), "answer_of_case"),
    "an answer by its question": (
        lambda: answers.answer_for(case(500), "theft_report"), "answer_of_case"
    ),
    "complaints about a store's sales": (
        lambda: complaints_of(Store.objects.get(pk=5), user=agent()),
        "complaint_of_store",
    ),
    "an application, by email": (applies(email="c77@bench.example"), "identity_block_email"),
    "an application, by phone": (applies(phone="+12105550134"), "identity_block_phone"),
    "a caller who is no customer": (
        lambda: identity_blocks.block_with_phone("+12105550134"), "identity_block_phone"
    ),
    "an application, by the person": (
        lambda: identity_blocks.block_on(Identity("", "", "", customer=77)),
        "identity_block_person",
    ),
    "an application, by name and digits": (
        applies(name="Maria Garcia", ssn_last4="4321"), "identity_block_name"
    ),
    "whose applications are blocked": (
        lambda: identity_blocks.blocks_of(range(70, 80)), "identity_block_person"
    ),
    "blocks recorded in a case": (
        lambda: identity_blocks.blocks_in("900000510", None), "identity_block_case"
    ),
    "applications of a block": (
        lambda: identity_blocks.blocks_in("900000510", None), "blocked_application_of"
    ),
    "phone calls": (lambda: phone_calls("all"), "phone_call_newest"),
    "what was logged of phone calls": (lambda: phone_calls("all"), "call_draft_of_phone_call"),
    "phone calls, missed": (lambda: phone_calls("missed"), "phone_call_missed"),
    "phone calls, mine": (lambda: phone_calls("mine"), "phone_call_of_agent"),
    "phone calls with a number": (
        lambda: phone_calls("all", "+12105550134"), "phone_call_with_number"
    ),
    "phone calls to return": (lambda: phone_calls("callback"), "phone_call_to_call_back"),
    "count of calls to return": (
        lambda: count_to_return(agent(), now=NOW()), "phone_call_to_call_back"
    ),
    "on an agent's phone": (
        lambda: list(current_calls(agent(), now=NOW())[:2]), "phone_ring_of_agent"
    ),
    "a phone rings": (lambda: phone_event("newCall"), "phone_call_unsettled"),
    "a phone is answered": (lambda: phone_event("answer"), "phone_call_unsettled"),
}  # fmt: skip


#: 10,000 begun calls, every twentieth of a Rosa. Neither triggers nor foreign keys, as in fill().
BEGUN = """
    SET LOCAL statement_timeout = 0;
    SET LOCAL session_replication_role = replica;
    INSERT INTO cases_calldraft
        (number, agent_id, typed, version, started_at, discard_reason)
    SELECT 900000000 + n, {agent}, jsonb_build_object(
        'contact_name', CASE WHEN n % 20 = 0 THEN 'Rosa ' ELSE 'Ana ' END || md5(n::text),
        'contact_phone', '210' || lpad((n * 7919 % 10000000)::text, 7, '0'),
        'contact_email', 'c' || n || '@bench.example'
    ), 0, now() - n * interval '1 minute', ''
    FROM generate_series(1, 10000) n;
    INSERT INTO cases_callkey (draft_id, customer_id, names, phones, emails)
    SELECT draft.id, said.customer_id, said.names, said.phones, said.emails
    FROM cases_calldraft draft, LATERAL puente_call_key(draft) said;
    SET LOCAL session_replication_role = origin;
    ANALYZE cases_calldraft, cases_callkey
"""


def begun(text: str) -> Callable[[], object]:
    said = understand(text)
    assert said is not None
    return lambda: list(calls.begun_calls(said, user=User(role="agent"))[:5])


def scans(cursor: Any) -> list[int]:
    """Of the table, from its beginning to its end, and by an index, in this transaction."""
    cursor.execute(
        "SELECT seq_scan, idx_scan FROM pg_stat_xact_user_tables WHERE relname = 'cases_callkey'"
    )
    return list(cursor.fetchone())


@pytest.mark.django_db
def test_begun_calls_are_found_by_an_index(ana: User) -> None:
    """The function that finds them has a plan of its own."""
    with connection.cursor() as cursor:
        cursor.execute(BEGUN.format(agent=ana.pk))
        cursor.execute("SELECT right(phones, 11) FROM cases_callkey ORDER BY draft_id DESC LIMIT 1")
        (phone,) = cursor.fetchone()
        rare = f"ana {md5(b'77').hexdigest()[:6]}"
        for text in (rare, phone.strip(";"), "c77@bench.example", "rosa"):
            before = scans(cursor)
            assert begun(text)(), text
            whole, by_index = scans(cursor)
            assert (whole, by_index > before[1]) == (before[0], True), text


@pytest.mark.django_db
def test_calls_of_the_same_customer_are_found_by_indexes(
    ana: User, ben: User, lease: Lease, now: datetime
) -> None:
    """By the customer and by the phone, each with its own."""
    with connection.cursor() as cursor:
        cursor.execute(BEGUN.format(agent=ana.pk))
        cursor.execute("SELECT right(phones, 11) FROM cases_callkey ORDER BY draft_id DESC LIMIT 1")
        (phone,) = cursor.fetchone()
        mine = start_call(by=ben, now=now)
        start_call(by=ana, now=now, lease=lease)
        for number, found in (("", 1), (f"+1{phone.strip(';')}", 2)):
            lease.customer.phone = number
            before = scans(cursor)
            assert len(calls.begun_beside(mine, lease.customer, user=ben)) == found
            whole, by_index = scans(cursor)
            assert (whole, by_index - before[1]) == (before[0], found)


#: Of 20,000 attorneys in force and as many removed, every twentieth is a Marta.
ATTORNEYS = """
    SET LOCAL session_replication_role = replica;
    INSERT INTO cases_caseflag
        (case_id, kind, name, firm, phone, email, statute, by_id, at, lifted_at,
        lifted_by_id, lift_reason)
    SELECT n, 'attorney', CASE WHEN n % 20 = 0 THEN 'Marta ' ELSE 'Luis ' END
        || translate(md5(n::text), '0123456789', 'ghijklmnop'), 'Vega & Gil', '',
        'Abogada' || n || '@bench.example', '', {agent}, now(),
        CASE WHEN n % 2 = 1 THEN now() END, CASE WHEN n % 2 = 1 THEN {agent} END,
        CASE WHEN n % 2 = 1 THEN 'Over.' ELSE '' END
    FROM generate_series(1, 40000) n;
    SET LOCAL session_replication_role = origin;
    ANALYZE cases_caseflag
"""


@pytest.mark.django_db
def test_attorneys_are_found_by_an_index(ana: User) -> None:
    with connection.cursor() as cursor:
        cursor.execute(ATTORNEYS.format(agent=ana.pk))
    words, email = "case_flag_attorney_words", "case_flag_attorney_email"
    rare = md5(b"78").hexdigest().translate(str.maketrans("0123456789", "ghijklmnop"))[:6]
    for text, index in ((f"luis {rare}", words), (rare, words), ("abogada78@", email)):
        plan, *_customers = plans(lambda text=text: attorneys_said(understand(text), user=ana))
        assert index in indexes(plan), (text, plan)
        whole = {
            each.get("Relation Name") for each in nodes(plan) if each["Node Type"] == "Seq Scan"
        }
        assert "cases_caseflag" not in whole, text


def plans(action: Callable[[], object]) -> list[dict[str, Any]]:
    """Of all its queries, except the one for the row that a middle cursor is made from."""
    with CaptureQueriesContext(connection) as captured:
        action()
    found = []
    for query in captured.captured_queries:
        sql = query["sql"]
        prepares = "OFFSET" in sql or ("COUNT(*)" in sql and "LIMIT" not in sql)
        if prepares or not sql.lstrip().startswith(("SELECT", "(SELECT", "UPDATE", "WITH")):
            continue
        with connection.cursor() as cursor:
            cursor.execute("EXPLAIN (FORMAT JSON) " + query["sql"])
            (told,) = cursor.fetchone()
        told = json.loads(told) if isinstance(told, str) else told
        found.append(told[0]["Plan"])
    return found


def nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for below in plan.get("Plans", ()):
        yield from nodes(below)


def faults(plan: dict[str, Any]) -> list[str]:
    found = []
    for node in nodes(plan):
        table = node.get("Relation Name")
        if node["Node Type"] == "Seq Scan" and table in LARGE:
            found.append(f"reads all of {table}")
        if node["Node Type"] == "Sort" and node["Plans"][0]["Plan Rows"] > MOST_SORTED:
            found.append(f"sorts {node['Plans'][0]['Plan Rows']} rows")
    return found


def indexes(plan: dict[str, Any]) -> set[str]:
    return {node["Index Name"] for node in nodes(plan) if "Index Name" in node}


def complaints(name: str) -> list[str]:
    action, index = HOT[name]
    told = plans(action)
    found = [fault for plan in told for fault in faults(plan)]
    used = set().union(*(indexes(plan) for plan in told))
    return found if index in used else [*found, f"{index} is not used, but {sorted(used)}"]


@pytest.mark.django_db
def test_hot_queries_have_their_indexes() -> None:
    """One test for all of them, because the company is made once."""
    fill(CASES, "ANALYZE")
    assert {name: told for name in HOT if (told := complaints(name))} == {}
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX case_queue, follow_up_mail_due, user_staff")
    for name in ("queue, the middle", "late follow-ups", "who a case is given to"):
        assert complaints(name), f"without its index, {name} seems as good"
