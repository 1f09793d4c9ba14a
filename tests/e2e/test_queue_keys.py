"""The queue without a mouse: j and k walk, x selects, Enter opens, n takes the next one."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Visit

pytestmark = pytest.mark.browser

ANA = "ana@puente.example"
LINKS = "tr.row .d-number a"


@pytest.fixture
def page(visit: Callable[..., Visit]) -> Page:
    page = visit(ANA).open("/cases/")
    expect(page.locator("[data-mark-all] input")).to_be_visible()  # the keys are there, too
    return page


def test_rows_are_walked_selected_and_opened(page: Page) -> None:
    links = page.locator(LINKS)
    page.keyboard.press("j")
    expect(links.nth(0)).to_be_focused()
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(links.nth(1)).to_be_focused()
    expect(page.locator("tr.row [name=case]").nth(1)).to_be_checked()
    expect(page.locator("[name=case]:checked")).to_have_count(1)
    page.keyboard.press("k")
    page.keyboard.press("k")  # there’s nothing above
    expect(links.nth(0)).to_be_focused()
    address = links.nth(0).get_attribute("href")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{address}")


def test_letters_in_a_field_are_letters(page: Page) -> None:
    page.keyboard.press("j")
    page.keyboard.press("x")
    reason = page.locator(".dock [name=reason]")
    reason.fill("")
    reason.press_sequentially("jxk")
    expect(reason).to_have_value("jxk")
    expect(page.locator("[name=case]:checked")).to_have_count(1)
    # Nothing is left behind for the tests that look at what Ana's browser keeps.
    with page.expect_response(lambda each: "typed=%7B%7D" in (each.request.post_data or "")):
        reason.fill("")


def test_all_of_a_page_are_selected_at_once(page: Page) -> None:
    everything = page.locator("[data-mark-all] input")
    boxes = page.locator("tr.row [name=case]")
    everything.check()
    expect(page.locator("[name=case]:checked")).to_have_count(boxes.count())
    boxes.first.uncheck()
    expect(everything).to_have_js_property("indeterminate", True)


def test_n_takes_the_next_one(page: Page) -> None:
    page.keyboard.press("n")
    expect(page.locator(".case-head, .messages").first).to_be_visible()
    page.wait_for_url("**/cases/*/")
