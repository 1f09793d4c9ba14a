"""What collectstatic makes of our files."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import override_settings

PARTS = re.compile(r'@import "([^"]+)"')
SOURCES = Path(settings.BASE_DIR) / "static" / "css"
STRIPE = re.compile(r"border-(?:inline-start|left)(?:-width)?: *[2-9]px|inset +[2-9]px 0 0")


@pytest.fixture
def collected(tmp_path: Path) -> Path:
    own = settings.STORAGES["staticfiles"] | {"BACKEND": "config.static_files.Storage"}
    root, before = tmp_path / "static", os.umask(0o077)  # like a careful administrator's
    try:
        with override_settings(STORAGES=settings.STORAGES | {"staticfiles": own}, STATIC_ROOT=root):
            for _again in range(2):  # an update collects over the old files
                call_command("collectstatic", interactive=False, verbosity=0)
    finally:
        os.umask(before)
    return root


def test_a_web_server_of_another_user_may_read_them(collected: Path) -> None:
    found = [collected, *collected.rglob("*")]
    modes = {(path.is_dir(), path.suffix == ".gz"): set[str]() for path in found}
    for path in found:
        modes[path.is_dir(), path.suffix == ".gz"].add(f"{path.stat().st_mode & 0o777:o}")
    assert modes == {(True, False): {"755"}, (False, False): {"644"}, (False, True): {"644"}}


def test_all_styles_of_a_page_come_in_one_answer(collected: Path) -> None:
    names = json.loads((collected / "staticfiles.json").read_text())["paths"]
    styles = (collected / names["css/site.css"]).read_text()
    assert "@import" not in styles
    assert "/*" not in styles
    assert styles.startswith("@layer tokens, reset, base, layout, components, pages;")
    parts = PARTS.findall((SOURCES / "site.css").read_text())
    assert {f"components/{path.name}" for path in (SOURCES / "components").iterdir()} < set(parts)
    for part in parts:
        rules = re.findall(r"^  (\S.*) \{$", (SOURCES / part).read_text(), re.M)
        assert [rule for rule in rules if f"{rule} {{" not in styles] == [], part
    assert (collected / f"{names['css/site.css']}.gz").exists()


def test_nothing_bears_a_stripe_on_its_edge() -> None:
    """A tone is a tint and a word, with the same line on every side."""
    assert [path.name for path in SOURCES.rglob("*.css") if STRIPE.search(path.read_text())] == []


def test_a_script_names_the_others_by_their_hashed_names(collected: Path) -> None:
    names = json.loads((collected / "staticfiles.json").read_text())["paths"]
    script = (collected / names["js/keep.js"]).read_text()
    assert Path(names["js/typed/fields.js"]).name in script
    dates = (collected / names["js/dates.js"]).read_text()
    assert f'import("./dates/{Path(names["js/dates/calendar.js"]).name}")' in dates  # when opened


def test_comments_of_scripts_stay_here(collected: Path) -> None:
    names = json.loads((collected / "staticfiles.json").read_text())["paths"]
    ours = [name for name in names if name.startswith("js/")]
    assert ours
    for name in ours:
        script = (collected / names[name]).read_text()
        assert not re.search(r"^\s+|^(//|/\*)", script, re.M), name


@pytest.mark.parametrize("page", ["400.html", "500.html"])
def test_pages_that_need_nothing_of_the_request_name_styles_that_are_there(page: str) -> None:
    named = re.findall(r"css/[\w/]+\.css", (settings.BASE_DIR / "templates" / page).read_text())
    assert len(named) > 3
    assert [each for each in named if not (SOURCES.parent / each).exists()] == []
