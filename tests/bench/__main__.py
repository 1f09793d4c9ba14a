"""`make bench`: what pages and jobs cost with few and with many rows, on a separate database.

Machines differ and are noisy, so look at the growth within one run, and at the time of a page's
queries next to the page. Ctrl-C stops it at any time.

Examples: make bench ARGS="--cases 1000000"
          make bench ARGS="--cases 1000000 --keep /var/tmp/million --only queue --explain 20"
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tests.bench.database import database

FEW = 1_000


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, prog="make bench", formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--cases", type=int, default=100_000, help="cases in the large run")
    parser.add_argument("--mails", type=int, default=10_000, help="mails sent to a loopback sink")
    parser.add_argument("--keep", type=Path, help="a folder: the next run there need not fill")
    parser.add_argument("--only", default="", help="pages and jobs with these words in their name")
    parser.add_argument(
        "--explain", type=float, metavar="MS", help="plans of queries that take longer than that"
    )
    arguments = parser.parse_args()
    try:
        with database(arguments.keep):
            run(arguments)
    except KeyboardInterrupt:
        print("\nInterrupted; nothing is left but what --keep named.", file=sys.stderr)
        return 130
    return 0


def run(arguments: argparse.Namespace) -> None:
    from tests.bench import report  # noqa: PLC0415 - they need Django, which is set up by now
    from tests.bench.fill import fill, filled  # noqa: PLC0415

    few = {}
    if filled() < arguments.cases:
        if filled() < FEW:
            fill(FEW)
        few = report.of_pages(arguments.only)
        fill(arguments.cases)
    report.of_pages(arguments.only, before=few, explain=arguments.explain)
    if not arguments.only:
        report.of_counts()
        report.of_mails(arguments.mails)
    report.of_jobs(arguments.only)


if __name__ == "__main__":
    sys.exit(main())
