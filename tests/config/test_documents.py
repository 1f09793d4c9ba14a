"""What the documents link to exists: files, and headings by their anchors."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MADE = ROOT / "docs/requirements.md"  # by who asks for it, and as old as that
PAGES = sorted({*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")} - {MADE})
LINK = re.compile(r"\]\((?!https?:)(?P<file>[^)\s#]*)(?:#(?P<anchor>[^)\s]+))?\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
CODE = re.compile(r"^```.*?^```$|`[^`\n]*`", re.MULTILINE | re.DOTALL)


PATH = re.compile(
    r"`((?:common|accounts|telephone|mail|leases|cases|tools|config|tests|docs|templates|static|locale)/[\w./-]+)`"
)
MODULE = re.compile(r"python -m ((?:tests|tools|config)[\w.]*)")
TARGET = re.compile(r"`make ([a-z]+)")
#: Today's. A decision describes its own day.
OF_TODAY = [page for page in PAGES if page.parent.name != "decisions"]


def anchors(page: Path) -> set[str]:
    """As code hosts make them from headings."""
    headings = HEADING.findall(page.read_text())
    return {re.sub(r"[^\w\- ]", "", each.lower()).replace(" ", "-") for each in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    lost = []
    for link in LINK.finditer(CODE.sub("", page.read_text())):
        target = page.parent / link["file"] if link["file"] else page
        if not target.exists() or (link["anchor"] and link["anchor"] not in anchors(target)):
            lost.append(link[0])
    assert lost == []


@pytest.mark.parametrize("page", OF_TODAY, ids=lambda page: str(page.relative_to(ROOT)))
def test_files_and_commands_that_are_named_are_there(page: Path) -> None:
    text = page.read_text()
    makefile = (ROOT / "Makefile").read_text()
    lost = [name for name in PATH.findall(text) if not (ROOT / name).exists()]
    for name in MODULE.findall(text):
        path = ROOT / name.replace(".", "/")
        if not (path.is_dir() or path.with_suffix(".py").exists()):
            lost.append(name)
    lost += [name for name in TARGET.findall(text) if f"\n{name}:" not in makefile]
    assert lost == []


def test_there_are_pages_to_read() -> None:
    assert len(PAGES) > 35
