"""What the documents link to exists."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

from tools.embedded import BASE_DIR

LINK = re.compile(r"\]\((?!https?:|mailto:)([^)\s#]*)(#[^)\s]*)?\)")


def pages() -> list[Path]:
    tracked = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.md"]
    found = subprocess.run(tracked, cwd=BASE_DIR, capture_output=True, text=True, check=True)
    return [BASE_DIR / name for name in found.stdout.split() if (BASE_DIR / name).exists()]


def broken(page: Path) -> Iterator[str]:
    for path, anchor in LINK.findall(page.read_text()):
        there = (page.parent / path).resolve() if path else page
        is_anchor_lost = anchor and there.suffix == ".md" and anchor[1:] not in anchors(there)
        if not there.exists() or is_anchor_lost:
            yield f"{page.name}: {path}{anchor}"


def anchors(page: Path) -> set[str]:
    if not page.exists():
        return set()
    headings = re.findall(r"^#+ (.+)$", page.read_text(), re.M)
    return {re.sub(r"[^\w -]", "", each).strip().lower().replace(" ", "-") for each in headings}


def test_every_link_leads_somewhere() -> None:
    found = pages()
    assert len(found) > 20
    assert [each for page in found for each in broken(page)] == []


def test_a_link_that_leads_nowhere_is_seen(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("# One\n[a](gone.md) [b](#one) [c](#two) [d](page.md#one)\n")
    assert list(broken(page)) == ["page.md: gone.md", "page.md: #two"]
