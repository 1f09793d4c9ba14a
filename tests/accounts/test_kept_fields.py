"""Every field for words is kept while someone types: in this tab, and on the server as a draft.

static/js/keep.js keeps the forms of a page that are sent by POST, except for fields whose names
sound secret. tests/e2e/test_accessibility.py looks at the fields of every main page.
"""

from __future__ import annotations

import pkgutil
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from django import forms
from django.conf import settings

from accounts.drafts import SECRET

BASE = Path(settings.BASE_DIR)
ROOMS = ("accounts", "mail", "leases", "cases", "guides", "tools")
TEXTAREA = re.compile(r"<textarea\b[^>]*>")


def words_fields() -> Iterator[tuple[str, str]]:
    """Form and name of each field of several lines, wherever it's made."""
    for room in ROOMS:
        for module in pkgutil.walk_packages([str(BASE / room)], f"{room}."):
            if ".forms" in module.name or module.name.endswith("views"):
                import_module(module.name)
    waiting: list[type[forms.BaseForm]] = [forms.Form, forms.ModelForm]
    while waiting:
        form = waiting.pop()
        waiting += form.__subclasses__()
        for name, field in getattr(form, "base_fields", {}).items():
            if form.__module__.startswith(ROOMS) and isinstance(field.widget, forms.Textarea):
                yield form.__qualname__, name


@pytest.mark.requirement("R100")
def test_no_field_for_words_has_a_name_that_is_never_kept() -> None:
    found = set(words_fields())
    assert len(found) > 15
    assert sorted(each for each in found if SECRET.search(each[1])) == []


@pytest.mark.requirement("R100")
def test_a_field_for_words_in_a_template_has_a_name_and_a_page_that_keeps_it() -> None:
    """Those in the administration show something and aren't typed into."""
    found = [
        (path.relative_to(BASE / "templates"), tag)
        for path in (BASE / "templates").rglob("*.html")
        if path.name != "kept_form.html"  # what a form said after its session ended, kept already
        for tag in TEXTAREA.findall(path.read_text())
    ]
    assert found
    for path, tag in found:
        name = re.search(r'name="(\w+)"', tag)
        assert "readonly" in tag or (name and not SECRET.search(name[1])), (path, tag)
        assert "readonly" in tag or path.parts[0] != "admin", (path, tag)


@pytest.mark.requirement("R100")
def test_no_form_is_left_out_but_one_that_is_kept_already() -> None:
    """keep.js looks at `main`: no form for words stands outside of it."""
    pages = {path: path.read_text() for path in (BASE / "templates").rglob("*.html")}
    left_out = [path.name for path, html in pages.items() if "data-no-draft" in html]
    assert left_out == ["kept_form.html"]
    around = [html for path, html in pages.items() if path.name.startswith(("header_", "base."))]
    assert around
    assert not [html for html in around if "<textarea" in html or "as_field_group" in html]


def test_browser_and_server_agree_on_what_is_secret() -> None:
    script = (BASE / "static/js/typed/fields.js").read_text()
    assert f"export const SECRET = /{SECRET.pattern}/i;" in script
