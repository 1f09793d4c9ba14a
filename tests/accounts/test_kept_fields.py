"""Every field for words is kept while someone types: in this tab, and on the server as a draft.

static/js/keep.js keeps the forms of a page that are sent by POST, except for fields whose names
sound secret. tests/e2e/test_accessibility.py looks at the fields of every main page, and
tests/e2e/test_administration.py writes into those of the administration.
"""

from __future__ import annotations

import pkgutil
import re
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

import pytest
from django import forms
from django.conf import settings
from django.contrib import admin
from django.test import Client, RequestFactory

from accounts.drafts import SECRET
from accounts.models import User
from config.script_bundles import loaded_later, modules

BASE = Path(settings.BASE_DIR)
ROOMS = ("accounts", "mail", "leases", "cases", "guides", "tools")
TEXTAREA = re.compile(r"<textarea\b[^>]*>")
FORM = re.compile(r"<form\b[^>]*>.*?</form>", re.DOTALL)
#: A few letters or digits, looked up rather than written; their names sound secret.
CODES = {("Program", "code"), ("Store", "code")}
#: Sent by email or shown by an app, and typed once.
SIGN_IN = {"CodeForm", "CountedAuthenticateForm", "CountedReauthenticateForm"}


def script(name: str) -> str:
    return (BASE / "static" / name).read_text()


def fields_of_forms(*kinds: type[forms.Widget]) -> Iterator[tuple[str, str]]:
    """Form and name of each field of these kinds, wherever it's made."""
    for room in ROOMS:
        for module in pkgutil.walk_packages([str(BASE / room)], f"{room}."):
            if ".forms" in module.name or module.name.endswith("views"):
                import_module(module.name)
    waiting: list[type[forms.BaseForm]] = [forms.Form, forms.ModelForm]
    while waiting:
        form = waiting.pop()
        waiting += form.__subclasses__()
        for name, field in getattr(form, "base_fields", {}).items():
            if form.__module__.startswith(ROOMS) and isinstance(field.widget, kinds):
                yield form.__qualname__, name


def fields_of_the_administration(irene: User) -> Iterator[tuple[str, str]]:
    """Model and name of each field for text that an administrator can write."""
    request = RequestFactory().get("/admin/")
    request.user = irene
    for model, office in admin.site._registry.items():
        if not (office.has_add_permission(request) or office.has_change_permission(request)):
            continue
        inlines = [each.get_formset(request).form for each in office.get_inline_instances(request)]
        for form in (office.get_form(request), *inlines):
            for name, field in form.base_fields.items():
                if isinstance(field.widget, forms.TextInput | forms.Textarea):
                    yield model.__name__, name


@pytest.mark.requirement("R100")
def test_no_field_for_words_has_a_name_that_is_never_kept() -> None:
    words = set(fields_of_forms(forms.Textarea))
    lines = set(fields_of_forms(forms.TextInput))
    assert (len(words) > 15, len(lines) > 60) == (True, True)
    secret = {each for each in words | lines if SECRET.search(each[1])}
    made = {(f"{model}Form", name) for model, name in CODES}  # by the administration
    assert secret - made == {(form, "code") for form in SIGN_IN}


@pytest.mark.requirement("R100")
def test_nor_has_one_of_the_administration(irene: User) -> None:
    found = set(fields_of_the_administration(irene))
    assert {("Program", "terms_es"), ("StateRule", "source"), ("KindQuestion", "name_en")} <= found
    assert {each for each in found if SECRET.search(each[1])} == CODES


@pytest.mark.requirement("R100")
@pytest.mark.parametrize("path", ["leases/program", "cases/kindquestion", "cases/caseoutcome"])
def test_a_form_of_the_administration_comes_with_what_keeps_it(
    irene: User, sign_in: Callable[[User], Client], path: str
) -> None:
    page = sign_in(irene).get(f"/admin/{path}/add/").content.decode()
    for each in ('id="keep-words"', "data-tab-key", f'data-reader="{irene.pk}"', "administration."):
        assert each in page
    later = "js/administration_drafts.js"
    assert later in loaded_later("js/entries/administration.js", script)
    assert "js/keep.js" in modules(later, script)


@pytest.mark.requirement("R100")
def test_no_text_area_is_in_a_form_that_is_not_sent_by_post() -> None:
    """Those in the address are for searching; nothing of them is kept."""
    found = [
        (path.name, form.partition(">")[0])
        for path in (BASE / "templates").rglob("*.html")
        for form in FORM.findall(path.read_text())
        if "<textarea" in form
    ]
    assert len(found) > 3
    assert [each for each in found if 'method="post"' not in each[1]] == []


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
