"""What the administration's own scripts do, under the policy of all pages."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Visit
from tests.e2e.test_accessibility import NARROW, RULES, too_wide, violations
from tools.company import cast

pytestmark = pytest.mark.browser

IRENE = "irene@puente.example"
SAID = "main [data-draft-state]"
Visits = Callable[..., Visit]


def test_the_languages_of_a_program_are_tabs(visit: Callable[..., Visit]) -> None:
    page = visit("irene@puente.example", locale="en-US").open("/admin/leases/program/add/")
    english, spanish = page.get_by_role("tab").all()

    expect(english).to_have_text("In English")
    expect(page.locator("[name=name_en]")).to_be_visible()
    expect(page.locator("[name=name_es]")).to_be_hidden()
    for name in ("name_en", "terms_en", "exchange_terms_en"):
        page.fill(f"[name={name}]", "Words")
    expect(english).not_to_have_attribute("data-incomplete", "")
    expect(spanish).to_have_attribute("data-incomplete", "")

    english.press("ArrowRight")
    expect(page.locator("[name=name_es]")).to_be_visible()
    english.click()
    page.click("[name=_save]")
    page.wait_for_load_state()
    expect(page.locator("[name=name_es]")).to_be_visible()  # where something is missing


@pytest.mark.parametrize("rows", ["casekind", "kindquestion", "scriptsituation"])
def test_reasons_questions_and_topics_are_for_everybody(
    visit: Callable[..., Visit], rows: str
) -> None:
    reader = visit("irene@puente.example", locale="en-US")
    for path in (f"/admin/cases/{rows}/", f"/admin/cases/{rows}/add/"):
        page = reader.open(path)
        page.evaluate(AXE_SCRIPT)
        assert violations(page, RULES) == [], path
        for width in NARROW:
            page.set_viewport_size({"width": width, "height": 640})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, too_wide(page)
        reader.problems.clear()  # axe itself tries styles that the policy forbids


# --- what an administrator types isn't lost ------------------------------------------------------
def program(page: Page) -> str:
    """The address of one that exists."""
    return str(page.locator("#result_list tbody th a").first.get_attribute("href"))


def opened(visit: Visit, address: str) -> Page:
    """Once it has heard of drafts."""
    with visit.page.expect_response("**/drafts/?**"):
        return visit.open(address)


def type_and_wait(page: Page, field: str, text: str) -> None:
    with page.expect_response(lambda each: "/drafts/" in each.url and each.status == 204):
        page.fill(field, text)


def discard(page: Page) -> None:
    with page.expect_response(lambda each: "/drafts/" in each.url and each.status == 204):
        page.locator(f"{SAID} button").click()


@pytest.mark.requirement("R100")
def test_a_closed_window_comes_back_behind_its_tab(visit: Visits) -> None:
    reader = visit(IRENE)
    address = program(reader.open("/admin/leases/program/"))
    page = opened(reader, address)
    page.get_by_role("tab").nth(1).click()
    before = page.input_value("[name=terms_es]")
    type_and_wait(page, "[name=terms_es]", "Condiciones a medio escribir")
    expect(page.locator(SAID)).to_have_text(re.compile("Draft kept|Conservamos el borrador"))
    page.close()

    page = visit(IRENE).open(address)
    expect(page.locator("[name=terms_es]")).to_have_value("Condiciones a medio escribir")
    expect(page.locator(SAID)).to_be_visible()
    discard(page)
    expect(page.locator("[name=terms_es]")).to_have_value(before)


@pytest.mark.requirement("R100")
def test_an_ended_session_gives_the_text_back(visit: Visits) -> None:
    reader = visit(locale="en-US")
    page = reader.open("/account/login/")
    sign_in(page, "**/cases/")
    page = opened(reader, program(reader.open("/admin/leases/program/")))
    address = page.url.removeprefix(reader.stack.address)
    page.get_by_role("tab").first.click()
    page.fill("[name=terms_en]", "Half a sentence")
    page.context.clear_cookies(name=re.compile("^sessionid"))
    page.click("[name=_save]")
    page.wait_for_url("**/login/**")
    sign_in(page, f"**{address}")
    expect(page.locator("[name=terms_en]")).to_have_value("Half a sentence")
    discard(page)


@pytest.mark.requirement("R100")
def test_a_refused_save_keeps_a_draft_which_a_save_ends(visit: Visits) -> None:
    """With a row that was added to it."""
    reader = visit(IRENE)
    page = opened(reader, "/admin/cases/kindquestion/add/")
    page.fill("[name=key]", "drafted")
    page.fill("[name=name_en]", "Which color?")
    page.locator("#choices-group .add-row a").click()
    type_and_wait(page, "[name=choices-0-name_en]", "Red")
    page.click("[name=_save]")
    expect(page.locator(".errornote")).to_be_visible()
    expect(page.locator("[name=choices-0-name_en]")).to_have_value("Red")
    page.close()

    page = visit(IRENE).open("/admin/cases/kindquestion/add/")
    expect(page.locator("[name=name_en]")).to_have_value("Which color?")
    expect(page.locator("[name=choices-0-name_en]")).to_have_value("Red")
    discard(page)


@pytest.mark.requirement("R100")
def test_a_cut_line_is_said_beside_the_field_and_the_draft_saved_when_it_is_back(
    visit: Visits,
) -> None:
    reader = visit(IRENE)
    page = opened(reader, program(reader.open("/admin/leases/program/")))
    page.get_by_role("tab").first.click()
    page.context.set_offline(True)
    page.fill("[name=terms_en]", "Half a sentence")
    said = page.locator(f".field-terms_en {SAID.removeprefix('main ')}")
    expect(said).to_have_attribute("data-failed", "")
    reader.problems.clear()  # the browser says so, too
    with page.expect_response(lambda each: "/drafts/" in each.url and each.status == 204):
        page.context.set_offline(False)
    expect(said).not_to_have_attribute("data-failed", "")
    page.reload()
    expect(page.locator("[name=terms_en]")).to_have_value("Half a sentence")
    discard(page)


def sign_in(page: Page, then: str) -> None:
    page.fill("[name=login]", IRENE)
    page.fill("[name=password]", cast.PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url(then)
