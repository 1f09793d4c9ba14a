"""How fast the outbox empties: real workers, a real database, an SMTP server that keeps nothing.

Part of `make bench`; alone: python -m tests.bench.mail --mails 10000 --workers 2
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from tests.bench.database import database


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mails", type=int, default=10_000)
    parser.add_argument("--workers", type=int, default=2)
    arguments = parser.parse_args()
    with database():
        print(sending(arguments.mails, arguments.workers))
    return 0


@contextmanager
def sink() -> Iterator[tuple[int, subprocess.Popen[str]]]:
    """Yields its port; after the block it has reported how many mails came."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.smtp_sink"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout
    try:
        yield int(process.stdout.readline()), process
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()


def sending(count: int, workers: int) -> str:
    from django.db import connection  # noqa: PLC0415

    from mail.enums import EmailState  # noqa: PLC0415
    from mail.models import Email  # noqa: PLC0415

    fill(count)
    url = f"postgresql://{_address(connection.settings_dict)}"
    with sink() as (port, process):
        environment = {
            **os.environ, "DATABASE_URL": url, "EMAIL_URL": f"smtp://127.0.0.1:{port}",
        }  # fmt: skip
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        start = time.perf_counter()
        running = [
            subprocess.Popen(
                [sys.executable, "manage.py", "drain_outbox"],
                env=environment,
                stdout=subprocess.DEVNULL,
            )
            for _ in range(workers)
        ]
        codes = [each.wait() for each in running]
        spent = time.perf_counter() - start
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        arrived, _ = process.communicate()
    sent = Email.objects.filter(key__startswith="bench:", state=EmailState.SENT)
    assert codes == [0] * workers, codes
    assert sent.count() == int(arrived) == count, (sent.count(), arrived)
    first, last = sent.order_by("sent_at")[0], sent.order_by("-sent_at")[0]
    assert first.sent_at
    assert last.sent_at
    busy = (last.sent_at - first.sent_at).total_seconds()
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return (
        f"sending {count:,} mails, {workers} workers: {busy:.1f} s ({count / busy:,.0f}/s) from the"
        f" first to the last, {spent:.1f} s with their start; workers' CPU {cpu:.1f} s"
        f" ({cpu / count * 1000:.2f} ms a mail)"
    )


def fill(count: int) -> None:
    """Each to its own address, because no address gets more than a few in an hour."""
    from django.utils import timezone  # noqa: PLC0415

    from cases.mails.status_changed import STATUS_CHANGED  # noqa: PLC0415
    from mail.models import Email  # noqa: PLC0415
    from mail.texts import current_texts  # noqa: PLC0415

    now = timezone.now()
    template = current_texts([STATUS_CHANGED], now=now)[STATUS_CHANGED.key]
    params = {
        "customer_name": "Carla Peña", "case_number": "260001233", "kind": "late_payment",
        "status": "in_progress", "due_on": now.date().isoformat(),
    }  # fmt: skip
    Email.objects.bulk_create(
        [
            Email(
                key=f"bench:{place}", template=template, to=f"m{place}@bench.example",
                language="es", params=params, next_attempt_at=now, created_at=now,
            )
            for place in range(count)
        ],
        batch_size=1_000,
    )  # fmt: skip


def _address(at: dict[str, str]) -> str:
    from urllib.parse import quote  # noqa: PLC0415

    return f"{at['USER']}@{quote(at['HOST'], safe='')}:{at['PORT'] or 5432}/{at['NAME']}"


if __name__ == "__main__":
    sys.exit(main())
