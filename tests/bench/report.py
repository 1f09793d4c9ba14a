"""Prints what was measured, line by line as it comes."""

from __future__ import annotations

from collections.abc import Mapping

from cases.models import Case
from cases.queries.queue import capped_count
from tests.bench.jobs import jobs
from tests.bench.mail import sending
from tests.bench.measure import Measured, explained, measured, median
from tests.bench.pages import opened, pages


def of_pages(
    only: str, *, before: Mapping[str, Measured] | None = None, explain: float | None = None
) -> dict[str, Measured]:
    """Every page: queries, median, growth, and the time of its queries alone."""
    print(f"\n{'':46}{'queries':>8}{'median':>11}{'growth':>8}{'raw':>11}{'slowest':>11}")
    found = {}
    for page in pages():
        if only not in page.name:
            continue
        found[page.name] = one = measured(opened(page))
        earlier = (before or {}).get(page.name)
        growth = f"{one.seconds / earlier.seconds:.1f}" if earlier else ""
        print(
            f"{page.name:46}{one.queries:>8}{_ms(one.seconds)}{growth:>8}{_ms(one.raw)}"
            f"{_ms(one.slowest)}",
            flush=True,
        )
        if explain is not None and one.slowest * 1000 > explain:
            print(f"    {one.statement}\n{explained(one.statement)}", flush=True)
    return found


def of_counts() -> None:
    active = Case.objects.active()
    capped, exact = median(lambda: capped_count(active)), median(active.count)
    print(f"\ncount of active cases: exact{_ms(exact)}, capped{_ms(capped)}")


def of_mails(count: int) -> None:
    if count:
        print(sending(count, workers=2), flush=True)


def of_jobs(only: str) -> None:
    print(f"\n{'':46}{'did':>8}{'first':>12}{'again':>12}")
    for job in jobs(only):
        print(f"{job.name:46}{job.did!s:>8}{job.first:>10.2f} s{job.again:>10.2f} s", flush=True)


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:>8.1f} ms"
