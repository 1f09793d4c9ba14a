"""The decisions: each has its own number, and references to one say the right number."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[2]
DECISIONS = ROOT / "docs/decisions"
REFERENCE = re.compile(r"\[decision (\d+)\]\(((?:[\w.]+/)*)(\d{4}-[\w-]+\.md)\)", re.IGNORECASE)


def test_each_number_is_used_once_and_said_by_the_title() -> None:
    files = sorted(DECISIONS.glob("*.md"))
    numbers = [int(file.name[:4]) for file in files]
    assert numbers == list(range(1, len(files) + 1)), Counter(numbers).most_common(3)
    for number, file in zip(numbers, files, strict=True):
        assert file.read_text().startswith(f"# {number}. "), file.name


def test_references_name_the_decision_they_lead_to() -> None:
    found = 0
    for page in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]:
        for number, folder, name in REFERENCE.findall(page.read_text()):
            found += 1
            assert int(number) == int(name[:4]), (page.name, name)
            assert (page.parent / folder / name).exists(), (page.name, name)
    assert found > 20
