"""CONTRIBUTING names every command there is."""

from __future__ import annotations

import re
import subprocess

from tools.embedded import BASE_DIR


def test_the_table_of_commands_is_what_make_help_shows() -> None:
    helped = subprocess.run(
        ["make", "help"], cwd=BASE_DIR, capture_output=True, text=True, timeout=60, check=True
    )
    targets = re.findall(r"^  make ([a-z]+)", helped.stdout, re.M)
    page = (BASE_DIR / "CONTRIBUTING.md").read_text()
    shown = re.findall(r"^\| `make ([a-z]+)` \|", page, re.M)
    assert len(targets) > 8
    assert sorted(shown) == sorted(targets)
