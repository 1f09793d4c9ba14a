"""What an answer of the search bar costs while someone types: its queries, Python and template.

Wall time counts what else the machine does; CPU time doesn't, but leaves out the database's.

Example: python -m tests.bench.bar --cases 100000 --keep /var/tmp/bar
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from tests.bench.database import database

TIMES = 40


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--cases", type=int, default=100_000, help="cases in the company")
    parser.add_argument("--keep", type=Path, help="a folder: the next run there need not fill")
    parser.add_argument("--times", type=int, default=TIMES, help="answers of each kind")
    arguments = parser.parse_args()
    with database(arguments.keep):
        run(arguments.cases, arguments.times)
    return 0


def run(cases: int, times: int) -> None:
    from tests.bench.fill import fill, filled  # noqa: PLC0415 - they need Django
    from tests.bench.pages import opened, pages  # noqa: PLC0415

    if filled() < cases:
        fill(cases)
    print(f"{'':46}{'wall p50':>11}{'p95':>11}{'CPU p50':>11}{'p95':>11}")
    every: list[tuple[float, float]] = []
    for page in pages():
        if page.name.startswith("suggest "):
            spent = answers(opened(page), times)
            every += spent
            print(f"{page.name:46}{_quantiles(spent)}", flush=True)
    print(f"{'all of them':46}{_quantiles(every)}")


def answers(get: Callable[[], object], times: int) -> list[tuple[float, float]]:
    """Seconds of wall and of CPU time for each, without the first two."""
    spent = []
    for place in range(times + 2):
        wall, cpu = time.perf_counter(), time.process_time()
        get()
        if place > 1:
            spent.append((time.perf_counter() - wall, time.process_time() - cpu))
    return spent


def _quantiles(spent: list[tuple[float, float]]) -> str:
    told = ""
    for kind in (0, 1):
        cuts = statistics.quantiles([each[kind] for each in spent], n=20)
        told += "".join(f"{cuts[at] * 1000:>8.1f} ms" for at in (9, 18))
    return told


if __name__ == "__main__":
    sys.exit(main())
