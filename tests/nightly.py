"""`make nightly`: the suite on eight days, then leases against their model and the API's document.

Each day is its own run of pytest, which gets its day from `PUENTE_TEST_DAY`. Ctrl-C stops the
current run and shows the results of the earlier ones.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from tests.clock import ZONE

ROOT = Path(__file__).parents[1]
INTERRUPTED = 130  # 128 + SIGINT


@dataclass(frozen=True)
class Run:
    name: str
    title: str
    command: list[str]
    environment: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Outcome:
    run: Run
    code: int
    seconds: float
    is_interrupted: bool = False

    def line(self) -> str:
        said = "interrupted" if self.is_interrupted else "RED" if self.code else "green"
        minutes, seconds = divmod(round(self.seconds), 60)
        return f"  {self.run.title:<44} {said:<11} {minutes:>4} min {seconds:02} s"


def days(today: datetime) -> dict[str, tuple[str, str]]:
    """Name → what it is, and its value for `tests.clock`."""
    return {
        "today": ("today", "today"),
        "in-30-days": ("in 30 days", f"{today + timedelta(days=30):%Y-%m-%d}"),
        "in-a-year": ("in a year", f"{today + timedelta(days=365):%Y-%m-%d}"),
        "spring": ("the clocks go forward", "2027-03-14"),
        "fall": ("the clocks go back", "2027-11-07"),
        "leap-day": ("a leap day", "2028-02-29"),
        "old-year": ("before midnight", "2026-12-31T23:30"),
        "new-year": ("after midnight", "2027-01-01T00:30"),
    }


def runs(today: datetime, paths: list[str]) -> list[Run]:
    pytest = [sys.executable, "-m", "pytest", "-q"]
    suite = [*pytest, "-n", "2", *(paths or ["--ignore=tests/drills"])]
    return [
        *(
            Run(name, title if day == title else f"{title}: {day}", suite, {"PUENTE_TEST_DAY": day})
            for name, (title, day) in days(today).items()
        ),
        Run(
            "model",
            "leases against their model",
            [*pytest, "tests/leases/test_state_machine.py"],
            {"PUENTE_NIGHTLY": "1"},
        ),
        Run(
            "api",
            "the API against its document",
            [*pytest, "tests/leases/api/test_document.py"],
            {"PUENTE_SCHEMATHESIS_SECONDS": "600"},
        ),
    ]


def play(run: Run) -> Outcome:
    began, is_interrupted = time.monotonic(), False
    process = subprocess.Popen(run.command, cwd=ROOT, env={**os.environ, **run.environment})
    while process.poll() is None:
        try:
            process.wait()
        except KeyboardInterrupt:  # the terminal has told pytest, too: it cleans up and ends
            is_interrupted = True
    return Outcome(run, process.returncode, time.monotonic() - began, is_interrupted)


def report(outcomes: list[Outcome], *, left: list[Run]) -> int:
    print("\n=== What came of it")
    for outcome in outcomes:
        print(outcome.line())
    for run in left:
        print(f"  {run.title:<44} not run")
    if any(outcome.is_interrupted for outcome in outcomes):
        return INTERRUPTED
    return int(any(outcome.code for outcome in outcomes))


def night(chosen: list[Run]) -> int:
    outcomes: list[Outcome] = []
    for place, run in enumerate(chosen, start=1):
        print(f"\n=== {place} of {len(chosen)}: {run.title}", flush=True)
        outcomes.append(play(run))
        if outcomes[-1].is_interrupted:
            break
    return report(outcomes, left=chosen[len(outcomes) :])


def main(arguments: list[str]) -> int:
    today = datetime.now(ZONE)  # noqa: TID251 - which days these are; the runs set their own clocks
    names = [run.name for run in runs(today, [])]
    parser = argparse.ArgumentParser(prog="make nightly ARGS=…", description=__doc__)
    parser.add_argument("--only", action="append", choices=names, help="one of these; repeatable")
    parser.add_argument("paths", nargs="*", help="tests to run on each day instead of the suite")
    asked = parser.parse_args(arguments)
    chosen = [run for run in runs(today, asked.paths) if not asked.only or run.name in asked.only]
    return night(chosen)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
