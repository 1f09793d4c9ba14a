"""`make bench`: what pages and jobs cost with few and with many rows, on a database of its own.

Machines differ and are noisy, so the figures to look at are the ratios within one run.
Example: make bench ARGS="--cases 100000"
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Callable

from tests.bench_database import database
from tests.bench_mail import sending

FEW = 1_000


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, prog="make bench")
    parser.add_argument("--cases", type=int, default=100_000, help="cases in the large run")
    parser.add_argument("--mails", type=int, default=10_000, help="mails sent to a loopback sink")
    arguments = parser.parse_args()
    with database():
        run(arguments.cases, arguments.mails)
    return 0


def run(many: int, mails: int) -> None:
    prepare()
    results = []
    for count in (FEW, many):
        print(f"Filling to {count:,} cases …", flush=True)
        fill(count)
        results.append(pages())
    print(f"\n{'':44}{FEW:>12,}{many:>12,}   ratio")
    for name, few in results[0].items():
        large = results[1][name]
        print(f"{name:44}{few * 1000:>9.1f} ms{large * 1000:>9.1f} ms{large / few:>8.2f}")
    print()
    for line in (*paging(), sending(mails, workers=2), warning(many), expiring(many)):
        print(line)


def prepare() -> None:
    from accounts.models import User  # noqa: PLC0415
    from leases.actions import register_customer  # noqa: PLC0415
    from leases.models import Merchant, Store  # noqa: PLC0415

    User.objects.create_user("ana@bench.example", "x", name="Ana Torres", role="agent")
    merchant = Merchant.objects.create(name="Mueblería Luna")
    Store.objects.create(merchant=merchant, name="Luna", city="San Antonio", state="TX")
    register_customer(
        name="Carla Peña", email="carla@bench.example", phone="", language="es",
        language_source="asked",
    )  # fmt: skip


# One customer per three leases, one lease per case; four cases in five are done, as in real life.
FILL = """
    INSERT INTO accounts_user
        (password, email, name, role, language, time_zone, is_active, created_at)
    SELECT '!', 'c' || n || '@bench.example',
           (ARRAY['María', 'José', 'Olivia', 'James', 'Íñigo', 'Grace'])[1 + n %% 6]
               || ' ' || md5(n::text),
           'customer', 'es', '', true, now()
    FROM generate_series(%(from)s / 3 + 1, %(to)s / 3) n;

    INSERT INTO leases_customer
        (user_id, name, email, phone, language, language_source, available_days, time_zone,
         created_at)
    SELECT id, name, email, '', 'es', 'asked', '{}', 'America/Chicago', now()
    FROM accounts_user u
    WHERE role = 'customer'
        AND NOT EXISTS (SELECT FROM leases_customer c WHERE c.user_id = u.id);

    INSERT INTO leases_lease
        (account_number, customer_id, store_id, merchandise, status, approval_limit,
         invoice_number, shipping_provider, tracking_id, applied_at, approved_at, expires_at,
         expires_as)
    SELECT (100000000 + n)::text, c.id, (SELECT min(id) FROM leases_store), 'Sofá', 'approved',
           1500, '', '', '', now() - n * interval '1 minute', now() - n * interval '1 minute',
           now() + interval '1 day' + n * interval '1 second', 'approval_expired'
    FROM generate_series(%(from)s + 1, %(to)s) n
    CROSS JOIN (SELECT count(*) AS total FROM leases_customer) customers
    JOIN (SELECT id, row_number() OVER () AS place FROM leases_customer) c
        ON c.place = 1 + n %% customers.total;

    INSERT INTO leases_statusevent
        (lease_id, from_status, to_status, rule, actor, reason, at)
    SELECT id, '', status, 'application', 'merchant', '', applied_at
    FROM leases_lease l
    WHERE NOT EXISTS (SELECT FROM leases_statusevent e WHERE e.lease_id = l.id);

    INSERT INTO cases_case
        (number, lease_id, kind, status, channel, language, headline, opened_by_id, opened_at,
         assignee_id, due_on, version, changed_at)
    SELECT lpad((900000000 + n)::text, 9, '0'), l.id, 'late_payment',
           CASE WHEN n %% 5 = 0 THEN 'open' ELSE 'closed' END, 'phone', 'es',
           'Pide un plan de pagos', a.id, now(), CASE WHEN n %% 2 = 0 THEN a.id END,
           current_date + n %% 30, 1, now()
    FROM generate_series(%(from)s + 1, %(to)s) n
    JOIN leases_lease l ON l.account_number = (100000000 + n)::text
    CROSS JOIN (SELECT id FROM accounts_user WHERE email = 'ana@bench.example') a;
"""


def fill(count: int) -> None:
    from django.db import connection  # noqa: PLC0415

    from cases.models import Case  # noqa: PLC0415

    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        cursor.execute(FILL, {"from": Case.objects.count(), "to": count})
        cursor.execute("VACUUM ANALYZE")


def median(action: Callable[[], object], times: int = 25) -> float:
    """Seconds, the first call left out."""
    action()
    spent = []
    for _ in range(times):
        start = time.perf_counter()
        action()
        spent.append(time.perf_counter() - start)
    return statistics.median(spent)


def pages() -> dict[str, float]:
    from django.test import Client  # noqa: PLC0415

    from accounts.models import User  # noqa: PLC0415
    from cases.models import Case  # noqa: PLC0415

    client = Client()
    client.force_login(User.objects.get(email="ana@bench.example"))
    case = Case.objects.order_by("pk")[0]
    addresses = {
        "queue": "/cases/",
        "queue, mine": "/cases/?view=mine",
        "queue, done": "/cases/?view=done",
        "a case": f"/cases/{case.number}/",
        "leases": "/leases/",
        "leases, a status nobody has": "/leases/?status=pending",
        "monitoring": "/leases/monitoring/",
        "worklist of what expires": "/leases/monitoring/expiring/",
        "find by store": "/find/?q=luna",
        "find by account number": "/find/?q=100000500",
        "find by a name nobody has": "/find/?q=zzyzx",
        "find by a common first name": "/find/?q=maria",
    }

    def get(address: str) -> None:
        assert client.get(address).status_code in {200, 302}, address

    return {
        name: median(lambda address=address: get(address)) for name, address in addresses.items()
    }


def paging() -> list[str]:
    """The last page by keyset and by OFFSET, a count that stops and one that does not."""
    from cases.models import Case  # noqa: PLC0415
    from cases.queries.queue import capped_count  # noqa: PLC0415
    from leases.queries.pages import _encode, page  # noqa: PLC0415

    active, order = Case.objects.active(), ("rank", "due_on", "id")
    deep = active.count() - 40
    cursor = _encode(active.order_by(*order)[deep], order)
    keyset = median(lambda: page(active, order=order, after=cursor))
    offset = median(lambda: list(active.order_by(*order)[deep + 1 : deep + 32]))
    capped = median(lambda: capped_count(active))
    exact = median(active.count)
    return [
        f"last page: OFFSET {offset * 1000:.1f} ms, keyset {keyset * 1000:.1f} ms"
        f" ({offset / keyset:.0f} times less)",
        f"count of active cases: exact {exact * 1000:.1f} ms, capped {capped * 1000:.1f} ms"
        f" ({exact / capped:.1f} times less)",
    ]


def expiring(count: int) -> str:
    from datetime import timedelta  # noqa: PLC0415

    from django.utils import timezone  # noqa: PLC0415

    from cases.actions import expire_leases  # noqa: PLC0415
    from cases.models import Email  # noqa: PLC0415

    start = time.perf_counter()
    expired = expire_leases(now=timezone.now() + timedelta(days=365))
    spent = time.perf_counter() - start
    assert expired == Email.objects.filter(key__startswith="expired:").count() == count
    return (
        f"expiring {expired:,} leases with history and a notice each: {spent:.1f} s"
        f" ({expired / spent:,.0f}/s)"
    )


def warning(count: int) -> str:
    """Ahead of the deadline: all of them in one run, and what a run costs that finds nothing."""
    from datetime import timedelta  # noqa: PLC0415

    from django.utils import timezone  # noqa: PLC0415

    from cases.actions import notify_expiring  # noqa: PLC0415

    # so near the deadlines of `fill` that all are within ten days, at noon in Chicago
    now = timezone.now().replace(hour=18)
    start = time.perf_counter()
    told = notify_expiring(now=now - timedelta(days=1))
    spent = time.perf_counter() - start
    assert told == count, told
    again = median(lambda: notify_expiring(now=now - timedelta(days=1)), times=3)
    return f"warning of {told:,} deadlines: {spent:.1f} s, a run with nothing to do: {again:.1f} s"


if __name__ == "__main__":
    sys.exit(main())
