"""The nightly suite says which day runs, continues after a red one, and ends with a line
for each.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

from tests import clock, nightly
from tests.patience import PATIENCE

ROOT = Path(__file__).parents[2]
FRIDAY = datetime(2027, 1, 29, 8, tzinfo=clock.ZONE)


def test_every_day_is_one_the_clock_can_be_set_to() -> None:
    moments = {name: clock.moment(day) for name, (_, day) in nightly.days(FRIDAY).items()}
    assert {name: f"{at:%Y-%m-%d %H:%M}" if at else "" for name, at in moments.items()} == {
        "today": "",
        "in-30-days": "2027-02-28 10:00",
        "in-a-year": "2028-01-29 10:00",
        "spring": "2027-03-14 10:00",
        "fall": "2027-11-07 10:00",
        "leap-day": "2028-02-29 10:00",
        "old-year": "2026-12-31 23:30",
        "new-year": "2027-01-01 00:30",
    }


def test_each_run_is_told_its_day_and_nothing_of_before_is_left_out() -> None:
    found = nightly.runs(FRIDAY, [])
    assert [run.environment.get("PUENTE_TEST_DAY") for run in found[:8]] == [
        day for _, day in nightly.days(FRIDAY).values()
    ]
    assert {run.command[-1] for run in found[:8]} == {"--ignore=tests/drills"}
    assert [run.name for run in found[8:]] == ["model", "api"]
    assert nightly.runs(FRIDAY, ["tests/leases"])[0].command[-1] == "tests/leases"


def test_a_red_day_is_said_and_the_others_run(capfd: pytest.CaptureFixture[str]) -> None:
    told = "import os; print('this is', os.environ['PUENTE_TEST_DAY']); raise SystemExit({})"
    chosen = [
        nightly.Run(day, f"day {day}", [sys.executable, "-c", told.format(code)], {
            "PUENTE_TEST_DAY": day
        })
        for day, code in (("2027-03-14", 1), ("2028-02-29", 0))
    ]  # fmt: skip
    assert nightly.night(chosen) == 1
    shown, _, summary = capfd.readouterr().out.partition("=== What came of it\n")
    assert "=== 2 of 2: day 2028-02-29" in shown
    assert "this is 2028-02-29" in shown
    assert [line.split()[:3] for line in summary.splitlines()] == [
        ["day", "2027-03-14", "RED"],
        ["day", "2028-02-29", "green"],
    ]
    assert nightly.night(chosen[1:]) == 0


def test_an_interrupted_night_says_what_was_not_run() -> None:
    """As Ctrl-C in a terminal, which reaches the runner and the run at once."""
    program = """
import sys
from tests import nightly
waits = [sys.executable, "-c", "import time; print('begun', flush=True); time.sleep(600)"]
runs = [nightly.Run(name, f"day {name}", waits) for name in ("one", "two")]
sys.exit(nightly.night(runs))
"""
    process = subprocess.Popen(
        [sys.executable, "-c", program],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        start_new_session=True,
    )  # fmt: skip
    assert process.stdout is not None
    while "begun" not in process.stdout.readline():
        assert process.poll() is None
    os.killpg(process.pid, signal.SIGINT)
    told, _ = process.communicate(timeout=PATIENCE)
    assert process.returncode == nightly.INTERRUPTED
    assert [line.split()[:4] for line in told.splitlines()[-2:]] == [
        ["day", "one", "interrupted", "0"],
        ["day", "two", "not", "run"],
    ]
