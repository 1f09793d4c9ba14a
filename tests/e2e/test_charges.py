"""Disputed transactions without a mouse: chosen during a call, decided by a supervisor."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from cases import numbers
from tests.e2e.calls import begin_call
from tests.e2e.conftest import Stack, Visit

pytestmark = [pytest.mark.browser, pytest.mark.requirement("R77")]

MOST_TABS = 200
BOXES = "#charges .charge [type=checkbox]"


def reach(page: Page, selector: str) -> None:
    """With the Tab key alone."""
    for _press in range(MOST_TABS):
        if page.evaluate("(wanted) => document.activeElement.matches(wanted)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab never came to {selector}")


def choose(page: Page, group: str, value: str, key: str) -> None:
    """One of several, with the arrows."""
    reach(page, f"[name={group}]")
    for _press in range(30):
        if page.evaluate("document.activeElement.value") == value:
            break
        page.keyboard.press(key)
    page.keyboard.press("Space")  # the first of them has no mark yet
    expect(page.locator(f"[name={group}][value={value}]")).to_be_checked()


def find_the_lease(page: Page) -> None:
    reach(page, "[name=contract]")
    page.keyboard.type("elena@example.com")
    reach(page, "[name=find]")
    page.keyboard.press("Enter")
    expect(page.locator("[name=searched]")).to_have_value("elena@example.com")
    reach(page, "[name=lease]")
    page.keyboard.press("Space")
    expect(page.locator("#glance h2")).to_be_visible()


def test_the_keyboard_is_enough_to_choose_and_to_decide(
    visit: Callable[..., Visit], stack: Stack
) -> None:
    page = visit("ana@puente.example").open("/cases/")
    begin_call(page)
    number = re.sub(r"\D", "", page.url.removeprefix(stack.address))
    find_the_lease(page)
    choose(page, "kind", "charge_dispute", "ArrowDown")
    expect(page.locator(BOXES).first).to_be_visible()
    due = page.locator("#charges .charges > li").evaluate_all(
        "(rows) => rows.map((row, place) => row.innerText.includes('Vencimiento') ? place + 1 : 0)"
        ".filter(Boolean)"
    )
    for place in due[:2]:
        reach(page, f"#charges li:nth-child({place}) [type=checkbox]")
        page.keyboard.press("Space")
    reach(page, "[name=summary]")
    page.keyboard.type("No reconoce dos pagos.")
    reach(page, "form[data-draft-url] [data-save]")
    page.keyboard.press("Enter")
    confirmation = stack.mail("elena@example.com", about=numbers.grouped(number))
    assert "Estamos revisando estos movimientos:" in confirmation.text

    page = visit("sofia@puente.example").open(f"/cases/{number}/?open=charges")
    reach(page, "#charges a[href$='/decisions/']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/decisions/")
    first, second = page.locator(".verdict [value=upheld]").evaluate_all(
        "(all) => all.map((each) => each.name)"
    )
    choose(page, first, "upheld", "ArrowUp")
    choose(page, second, "rejected", "ArrowUp")
    reach(page, ".verdict:nth-of-type(2) select")
    page.keyboard.press("ArrowDown")
    reach(page, "[name=message]")
    page.keyboard.type("Gracias por enviarnos su recibo.")
    reach(page, "main form [data-variant=primary]")
    page.keyboard.press("Enter")
    expect(page.locator("main .mail")).to_be_visible()
    reach(page, "[name=send]")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/cases/{number}/*")
    expect(page.locator("#charges .badge")).to_have_text([re.compile("menos"), "se mantiene"])
