"""Every page that reads a large table, including the middle of lists."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.apps import apps
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from cases import numbers
from cases.models import CallDraft, Case, InboundMail
from cases.queries import queue
from common.company_day import business_day
from common.pages import _encode
from leases.enums import LeaseStatus
from leases.models import Lease, MerchandiseReturn
from leases.queries import monitoring
from mail.models import Email, SuppressedAddress

AGENT, SUPERVISOR, ADMINISTRATOR, SERVICES = 46, 21, 17, 1  # of tests/bench/company/10_people.sql
LONG_CASE = 1  # with two hundred entries

#: Typical searches for the administration's lists that have a search box.
SEARCHED = {"lease": "100000500", "user": "c77@bench.example", "customer": "c77@bench.example",
            "email": "c77@bench.example", "store": "Luna 12"}  # fmt: skip


class Page(NamedTuple):
    name: str
    user: int
    address: str
    headers: dict[str, str] = {}


def pages() -> Iterator[Page]:
    yield from _staff()
    yield from _finds()
    yield from _lists()
    yield from _portal()
    yield from _administration()


def opened(page: Page) -> Callable[[], HttpResponse]:
    client = Client(raise_request_exception=True)
    client.force_login(User.objects.get(pk=page.user))

    def get() -> Any:
        answer = client.get(page.address, headers=page.headers)
        assert answer.status_code in {200, 302}, (page, answer.status_code)
        return answer

    return get


def _staff() -> Iterator[Page]:
    case = Case.objects.filter(assignee=AGENT).active()[0]
    yield Page("a case", AGENT, reverse("case", args=[case.number]))
    long = Case.objects.get(pk=LONG_CASE)
    yield Page("a case of 200 entries", AGENT, reverse("case", args=[long.number]))
    for payments, more in ((12, ""), (52, " of 52 payments")):
        lease = _lease(payments)
        yield Page(f"a lease{more}", AGENT, reverse("lease", args=[lease.account_number]))
        for name in ("lease_schedule", "lease_statement", "lease_plans", "lease_buyout"):
            at = reverse(name, args=[lease.account_number])
            yield Page(f"a lease{more}, {name[6:]}", AGENT, at)
    if call := CallDraft.objects.unfinished().filter(agent__is_active=True).first():
        yield Page("logging a call", call.agent_id, reverse("call", args=[call.number]))
    yield Page("monitoring", AGENT, reverse("monitoring"))
    yield Page("lease statuses", AGENT, reverse("lease_statuses"))
    for name in ("correspondence", "correspondence_texts", "correspondence_scripts"):
        yield Page(name.replace("_", ", "), SUPERVISOR, reverse(name))
    calendar = reverse("correspondence_follow_ups")
    for whose in ("mine", "everybody"):
        for ahead in (0, 14, -70):
            day = business_day(timezone.now()) + timedelta(days=ahead)
            query = urlencode({"whose": whose, "week": day.isoformat()})
            yield Page(f"calendar, {whose}, {ahead:+} days", AGENT, f"{calendar}?{query}")
    bearer = {"Authorization": f"Bearer {os.environ['METRICS_TOKEN']}"}
    yield Page("metrics", AGENT, reverse("metrics"), bearer)


def _lease(payments: int) -> Lease:
    return Lease.objects.filter(status=LeaseStatus.FUNDED, terms__payments=payments)[0]


def _finds() -> Iterator[Page]:
    customer = _lease(12).customer
    numbered = next(each for each in Case.objects.order_by("-pk")[:500] if _is_valid(each.number))
    for what, text in {
        "a case number": numbered.number, "an account number": _lease(12).account_number,
        "an e-mail address": "c77@bench.example", "a phone number": customer.phone,
        "last four digits": customer.phone[-4:], "last seven digits": customer.phone[-7:],
        "a common first name": "maria", "a full name": customer.name,
        "a rare name": "quinones siobhan", "two letters": "de", "a name with a slip": "hernandes",
        "two names with a slip": "guadalupe hernandes", "a rare one with a slip": "montemallor",
        "a name nobody has": "zzyzx", "a store": "luna 12", "a kind of store": "muebleria",
        "a common word": "pagó", "a rare word": "tolulu",
        "words that seldom meet": "enfriar bodega",
        "words that exclude each other": "tienda recibo -entrega",
        "words that never follow each other": '"tienda recibo"',
        "a common word of few cases": "tienda is:escalated",
        "a common word of done cases": "pagó is:closed",
        "a common name and word": "maria pagó", "a common name, a rare word": "maria tolulu",
        "a rare name, a common word": "siobhan tienda", "a phrase": '"buscan el recibo"',
        "a word of one kind": "foto kind:fraud", "an old word": "plan before:2025-02-01",
        "a word with a slip": "refrijerador",
    }.items():  # fmt: skip
        yield Page(f"find {what}", AGENT, f"{reverse('find')}?{urlencode({'q': text})}")
        yield Page(f"suggest {what}", AGENT, f"{reverse('suggestions')}?{urlencode({'q': text})}")
    for text in ("ma", "gar", "wu", "maria hern", f"hernandes {customer.phone[-4:]}"):
        yield Page(f"suggest {text}", AGENT, f"{reverse('suggestions')}?{urlencode({'q': text})}")


def _is_valid(number: str) -> bool:
    try:
        return bool(numbers.parse(number))
    except Exception:
        return False


def _lists() -> Iterator[Page]:
    """The first page and one in the middle of each."""
    agent, now = User.objects.get(pk=AGENT), timezone.now()
    address = reverse("queue")
    for name in queue.VIEWS:
        cases = queue.view(name, user=agent, today=business_day(now))
        order = ("-changed_at", "-id") if name == "done" else ("rank", "due_on", "id")
        yield from _both(f"queue, {name}", AGENT, address, cases, order, view=name)
    for kind in ("fraud", "other"):
        cases = queue.view("active", user=agent, today=business_day(now)).filter(kind=kind)
        yield from _both(
            f"queue, {kind}", AGENT, address, cases, ("rank", "due_on", "id"), kind=kind
        )
    newest = ("-applied_at", "-id")
    yield from _both("leases", AGENT, reverse("leases"), Lease.objects.all(), newest)
    for status in LeaseStatus.values:
        by_status = Lease.objects.effectively(status, now)
        yield from _both(
            f"leases, {status}", AGENT, reverse("leases"), by_status, newest, status=status
        )
    returns = MerchandiseReturn.objects.open()
    yield from _both("open returns", AGENT, reverse("open_returns"), returns, ("returned_on", "id"))
    calls, began, ended = CallDraft.objects, ("-started_at", "-id"), ("-discarded_at", "-id")
    at = reverse("calls")
    yield from _both("calls, unfinished", SUPERVISOR, at, calls.unfinished(), began)
    gone = calls.discarded()
    yield from _both("calls, discarded", SUPERVISOR, at, gone, ended, state="discarded")
    for which in monitoring.Worklist:
        found = monitoring.worklist(which, user=agent, now=now)
        order = monitoring.ORDER[which]
        place = reverse("worklist", args=[which.value])
        yield from _both(f"worklist, {which.value}", AGENT, place, found, order)
    entries = Case.objects.get(pk=LONG_CASE).entries.all()
    place = reverse("case", args=[Case.objects.get(pk=LONG_CASE).number])
    yield from _both("timeline", AGENT, place, entries, ("-at", "-id"))
    for name, mails, order in (
        ("uncertain", Email.objects.undecided(), ("created_at", "id")),
        ("failed", Email.objects.undelivered(), ("-created_at", "-id")),
        ("parked", InboundMail.objects.parked(), ("received_at", "id")),
        ("addresses", SuppressedAddress.objects.in_force(), ("-at", "-id")),
    ):
        yield from _both(name, SUPERVISOR, reverse(f"correspondence_{name}"), mails, order)
    put_aside = InboundMail.objects.filter(state="dismissed")
    order = ("-received_at", "-id")
    place = reverse("correspondence_parked")
    yield from _both("dismissed", SUPERVISOR, place, put_aside, order, state="dismissed")


def _both(
    name: str, user: int, address: str, rows: QuerySet[Any], order: Sequence[str], **query: str
) -> Iterator[Page]:
    yield Page(name, user, f"{address}?{urlencode(query)}")
    half = rows.count() // 2
    if half > 30:
        fields = [each.removeprefix("-") for each in order]
        after = _encode(rows.order_by(*order)[half], fields)
        yield Page(f"{name}, the middle", user, f"{address}?{urlencode(query | {'after': after})}")


def _portal() -> Iterator[Page]:
    case = Case.objects.select_related("lease__customer").order_by("-pk")[0]
    lease = Lease.objects.filter(status=LeaseStatus.FUNDED).select_related("customer")[0]
    yield Page("portal", case.lease.customer.user_id, reverse("portal_home"))
    at = reverse("portal_case", args=[case.number])
    yield Page("portal, a case", case.lease.customer.user_id, at)
    at = reverse("portal_lease", args=[lease.account_number])
    yield Page("portal, a lease", lease.customer.user_id, at)


def _administration() -> Iterator[Page]:
    yield Page("administration", ADMINISTRATOR, reverse("admin:index"))
    for model in sorted(admin.site._registry, key=lambda each: each._meta.label_lower):
        name = model._meta.model_name or ""
        app = apps.get_app_config(model._meta.app_label).label
        at = reverse(f"admin:{app}_{name}_changelist")
        yield Page(f"administration, {name}", ADMINISTRATOR, at)
        if model._default_manager.count() > 200:
            yield Page(f"administration, {name}, page 2", ADMINISTRATOR, f"{at}?p=2")
        text = SEARCHED.get(name, "100000500")
        if admin.site._registry[model].search_fields:
            query = urlencode({"q": text})
            yield Page(f"administration, {name}, search", ADMINISTRATOR, f"{at}?{query}")
