"""What measures must start: no one runs it every day."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize(
    "command",
    [
        ["make", "--assume-old=.venv/dev.stamp", "bench", "ARGS=--help"],
        [sys.executable, "-m", "tests.bench_sign_in", "--help"],
        [sys.executable, "-m", "tests.bench.mail", "--help"],
        [sys.executable, "-m", "tests.bench.bar", "--help"],
    ],
    ids=" ".join,
)
def test_it_starts(command: list[str]) -> None:
    answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stderr
    assert "usage" in answer.stdout
