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

from config.script_bundles import CannotJoinError, joined, loaded_later, modules

BASE = Path(settings.BASE_DIR)
STATIC = BASE / "static"
SOURCES, SCRIPTS = STATIC / "css", STATIC / "js"
LAYERS = ["tokens", "reset", "base", "layout", "components", "pages"]
PARTS = re.compile(r'@import "([^"]+)"')
CLASSES = re.compile(r"\.[a-z][\w-]+")
COMMENT = re.compile(r"/\*.*?\*/", re.S)
NAMED = re.compile(r"[\"']js/([\w/]+\.js)[\"']")
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


def published(root: Path) -> dict[str, str]:
    """Our names and the hashed ones."""
    return json.loads((root / "staticfiles.json").read_text())["paths"]


def source(name: str) -> str:
    return (STATIC / name).read_text()


def test_a_web_server_of_another_user_may_read_them(collected: Path) -> None:
    found = [collected, *collected.rglob("*")]
    modes = {(path.is_dir(), path.suffix == ".gz"): set[str]() for path in found}
    for path in found:
        modes[path.is_dir(), path.suffix == ".gz"].add(f"{path.stat().st_mode & 0o777:o}")
    assert modes == {(True, False): {"755"}, (False, False): {"644"}, (False, True): {"644"}}


@pytest.mark.requirement("R54")
def test_all_styles_of_a_page_come_in_one_answer(collected: Path) -> None:
    """tests/e2e/test_bundles.py compares how pages look in them with how they look in the parts."""
    names = published(collected)
    styles = (collected / names["css/site.css"]).read_text()
    assert "@import" not in styles
    assert "/*" not in styles
    layers = re.findall(r"@layer (\w+)", styles)
    assert list(dict.fromkeys(layers)) == LAYERS
    parts = PARTS.findall((SOURCES / "site.css").read_text())
    assert {f"components/{path.name}" for path in (SOURCES / "components").iterdir()} < set(parts)
    for part in parts:
        named = set(CLASSES.findall(COMMENT.sub("", (SOURCES / part).read_text())))
        assert named <= set(CLASSES.findall(styles)), part
    assert (collected / f"{names['css/site.css']}.gz").exists()


def test_styles_are_written_for_older_browsers_too(collected: Path) -> None:
    """Nested rules are younger than all else our styles need."""
    nested = re.compile(r"[{;]\s*&")
    styles = (collected / published(collected)["css/site.css"]).read_text()
    assert any(nested.search(path.read_text()) for path in SOURCES.rglob("*.css"))
    assert not nested.search(styles)


def test_nothing_bears_a_stripe_on_its_edge() -> None:
    """A tone is a tint and a word, with the same line on every side."""
    assert [path.name for path in SOURCES.rglob("*.css") if STRIPE.search(path.read_text())] == []


@pytest.mark.requirement("R54")
def test_a_page_loads_one_script(collected: Path) -> None:
    """The entry holds all that it imports. What's loaded later has a hashed name."""
    names = published(collected)
    scripts = {name for name in names if name.startswith("js/")}
    assert {"js/entries/staff.js", "js/entries/portal.js", "js/dates/calendar.js"} < scripts
    assert "js/keep.js" not in scripts  # it's in the entries
    for name in scripts:
        script = (collected / names[name]).read_text()
        assert not re.search(r"^import\b(?!\()", script, re.M), name
        assert not re.search(r"^\s+|^(//|/\*)", script, re.M), name
    portal = (collected / names["js/entries/portal.js"]).read_text()
    assert f'import("../dates/{Path(names["js/dates/calendar.js"]).name}")' in portal


def test_every_script_is_part_of_an_entry() -> None:
    """A new one is imported by an entry or by something in one, else no page would load it."""
    waiting = [f"js/entries/{path.name}" for path in (SCRIPTS / "entries").iterdir()]
    reached = set[str]()
    while waiting:
        found = {*modules(name := waiting.pop(), source), *loaded_later(name, source)}
        waiting += found - reached
        reached |= found
    assert {str(path.relative_to(STATIC)) for path in SCRIPTS.rglob("*.js")} == reached


def test_pages_name_entries_only() -> None:
    """Other scripts aren't published, so a page that names one would fail in production."""
    sources = [*(BASE / "templates").rglob("*.html")]
    for room in (
        "common",
        "accounts",
        "telephone",
        "mail",
        "leases",
        "cases",
        "guides",
        "tools",
        "config",
    ):
        sources += (BASE / room).rglob("*.py")
    named = [name for path in sources for name in NAMED.findall(path.read_text())]
    assert len(named) > 3
    assert [name for name in named if not name.startswith("entries/")] == []


def test_each_module_keeps_its_own_names_and_runs_once_in_order() -> None:
    texts = {
        "js/entries/a.js": 'import "../first.js";\nimport { word, tell as say } from "../b.js";\n'
        'import * as b from "../b.js";\nsay(word, b);\n',
        "js/first.js": 'import { word } from "./b.js";\n// export const no = 1;\nword();\n',
        "js/b.js": "export const word = () => 1;\nexport async function tell() {\n  await 1;\n}\n",
    }
    assert joined("js/entries/a.js", texts.__getitem__) == (
        "const $0 = (() => {\nconst word = () => 1;\nasync function tell() {\nawait 1;\n}\n"
        "return { word, tell };\n})();\n"
        "(() => {\nconst { word } = $0;\nword();\n})();\n"
        "(() => {\nconst { word, tell: say } = $0;\nconst b = $0;\nsay(word, b);\n})();\n"
    )


def test_remarks_stay_with_us_and_words_go_out_whole() -> None:
    text = (
        "let open = false; // a remark\nconst at = { // one more\nb: 1, // and one\n};\n"
        'const words = "no; // remark";\nconst more = `{ // nor ${at}`;\nconst d = 8 // 2;\n'
    )
    kept = (
        "let open = false;\nconst at = {\nb: 1,\n};\n"
        'const words = "no; // remark";\nconst more = `{ // nor ${at}`;\nconst d = 8 // 2;\n'
    )
    assert joined("js/a.js", {"js/a.js": text}.__getitem__) == f"(() => {{\n{kept}}})();\n"


def test_a_module_that_is_loaded_later_exports_what_it_did() -> None:
    texts = {
        "js/d/later.js": 'import { b } from "../b.js";\nexport const a = b;\n',
        "js/b.js": 'export const b = () => import("./d/other.js");\n',
    }
    assert joined("js/d/later.js", texts.__getitem__).endswith("\nexport const { a } = $1;\n")
    assert 'import("./other.js")' in joined("js/d/later.js", texts.__getitem__)
    assert loaded_later("js/d/later.js", texts.__getitem__) == {"js/d/other.js"}


@pytest.mark.parametrize(
    "line",
    [
        'import word from "./b.js";',
        'import { word } from "elsewhere";',
        'export { word } from "./b.js";',
        "export default word;",
        "export let word = 1;",
        "await word();",
        "const word = await other();",
    ],
)
def test_what_cannot_be_joined_is_said(line: str) -> None:
    with pytest.raises(CannotJoinError, match=r"js/entries/a\.js: "):
        joined("js/entries/a.js", {"js/entries/a.js": f"{line}\n", "js/b.js": ""}.__getitem__)


def test_a_circle_is_said() -> None:
    texts = {"js/a.js": 'import "./b.js";\n', "js/b.js": 'import "./a.js";\n'}
    with pytest.raises(CannotJoinError, match=r"js/a\.js imports itself"):
        joined("js/a.js", texts.__getitem__)


@pytest.mark.parametrize("page", ["400.html", "500.html"])
def test_pages_that_need_nothing_of_the_request_name_styles_that_are_there(page: str) -> None:
    named = re.findall(r"css/[\w/]+\.css", (settings.BASE_DIR / "templates" / page).read_text())
    assert named
    assert [each for each in named if not (SOURCES.parent / each).exists()] == []
