"""What collectstatic makes of our files."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import override_settings

PARTS = re.compile(r'@import "([^"]+)"')
SOURCES = Path(settings.BASE_DIR) / "static" / "css"


@pytest.fixture
def collected(tmp_path: Path) -> Path:
    storages = {"staticfiles": {"BACKEND": "config.static_files.Storage"}}
    with override_settings(STORAGES=settings.STORAGES | storages, STATIC_ROOT=tmp_path):
        for _again in range(2):  # an update collects over what is there
            call_command("collectstatic", interactive=False, verbosity=0)
    return tmp_path


def test_all_styles_of_a_page_come_in_one_answer(collected: Path) -> None:
    names = json.loads((collected / "staticfiles.json").read_text())["paths"]
    styles = (collected / names["css/site.css"]).read_text()
    assert "@import" not in styles
    assert "/*" not in styles
    assert styles.startswith("@layer tokens, reset, base, layout, components, pages;")
    parts = PARTS.findall((SOURCES / "site.css").read_text())
    assert len(parts) == 10
    for part in parts:
        rules = re.findall(r"^  (\S.*) \{$", (SOURCES / part).read_text(), re.M)
        assert [rule for rule in rules if f"{rule} {{" not in styles] == [], part
    assert (collected / f"{names['css/site.css']}.gz").exists()


def test_a_script_names_the_others_by_their_hashed_names(collected: Path) -> None:
    names = json.loads((collected / "staticfiles.json").read_text())["paths"]
    script = (collected / names["js/keep.js"]).read_text()
    assert Path(names["js/typed/fields.js"]).name in script
