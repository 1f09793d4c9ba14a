"""`python -m tests.bench_sign_in`: does the time of an answer reveal whether an address is known?
Codes for customers, new passwords for staff; through the web server's handler, on a separate
database and broker.

Known and unknown addresses alternate in random order, each equally often. Exits with 1 if the
medians differ by more than `--percent`.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import time

from tests.bench.database import database

KNOWN, UNKNOWN = "known", "unknown"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, prog="python -m tests.bench_sign_in")
    parser.add_argument("--people", type=int, default=200, help="addresses of each kind")
    parser.add_argument("--times", type=int, default=5, help="how often each is used")
    parser.add_argument("--percent", type=float, default=2.0, help="how far medians may differ")
    arguments = parser.parse_args()
    with database():
        prepare(arguments.people)
        ratios = [
            measured("code", "account_request_login_code", "customer", arguments),
            measured("new password", "account_reset_password", "staff", arguments),
        ]
    worst = max(abs(ratio - 1) * 100 for ratio in ratios)
    print(f"largest difference of medians: {worst:.2f} % (at most {arguments.percent} %)")
    return int(worst > arguments.percent)


def prepare(people: int) -> None:
    from django.conf import settings  # noqa: PLC0415

    from accounts.models import User  # noqa: PLC0415

    settings.SIGN_IN_PER_MINUTE = 1_000_000
    for n in range(people):
        for who, role in (("customer", "customer"), ("staff", "agent")):
            User.objects.create_user(f"{who}{n:04d}@bench.example", name=f"N {n}", role=role)


def measured(what: str, view: str, who: str, arguments: argparse.Namespace) -> float:
    """The median of known addresses divided by the median of unknown ones."""
    from django.test import Client  # noqa: PLC0415
    from django.urls import reverse  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from accounts.sign_in.answer import answer_sign_ins  # noqa: PLC0415
    from accounts.sign_in.rows import RateLimit  # noqa: PLC0415

    page = reverse(view)
    spent: dict[str, list[float]] = {KNOWN: [], UNKNOWN: []}
    draw = random.Random(7)
    for turn in range(arguments.times + 1):
        asked = [
            (kind, f"{who if kind == KNOWN else 'nobodys'}{n:04d}@bench.example")
            for n in range(arguments.people)
            for kind in spent
        ]
        draw.shuffle(asked)
        for place, (kind, address) in enumerate(asked):
            # Each from its own network, so that no limit is reached.
            count = turn * len(asked) + place
            client = Client(REMOTE_ADDR=f"10.{count // 250 % 250}.{count % 250}.1")
            begun = time.perf_counter()
            status = client.post(page, {"email": address}).status_code
            took = time.perf_counter() - begun
            if status != 302:
                raise SystemExit(f"{page} answered {status}")
            if turn:  # the first one warms up
                spent[kind].append(took)
        answer_sign_ins(now=timezone.now())
        RateLimit.objects.all().delete()
    medians = {kind: statistics.median(times) * 1000 for kind, times in spent.items()}
    tenths = {kind: statistics.quantiles(times, n=10) for kind, times in spent.items()}
    for kind, median in medians.items():
        low, high = tenths[kind][0] * 1000, tenths[kind][-1] * 1000
        print(
            f"{what}, {kind:>7} address: median {median:.2f} ms, 10th–90th percentile"
            f" {low:.2f}–{high:.2f} ms, {len(spent[kind])} requests",
            flush=True,
        )
    ratio = medians[KNOWN] / medians[UNKNOWN]
    print(f"{what}: ratio {ratio:.4f}")
    return ratio


if __name__ == "__main__":
    sys.exit(main())
