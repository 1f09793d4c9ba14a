"""Two people in one case: each sees who else is there; what is new comes in when it’s asked for."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Visit
from tests.e2e.test_accessibility import RULES
from tests.e2e.test_calls import log_call

pytestmark = pytest.mark.browser

ANA, BEN = "ana@puente.example", "ben@puente.example"
DAN = "dan@example.com"
Visits = Callable[..., Visit]


@pytest.fixture
def number(visit: Visits) -> str:
    """A case that no other test has open."""
    return log_call(
        visit(ANA).open("/cases/"), language="en", searched=DAN, name="Dan Miller",
        summary="Asks when the delivery comes.",
    )  # fmt: skip


def violations(page: Page) -> list[str]:
    """Of what lies over the page; the rest is looked at elsewhere, without anything on top."""
    page.evaluate(AXE_SCRIPT)
    parts = [[".case-head"], [".dock"]]
    found = page.evaluate("([parts, tags]) => axe.run(parts, { runOnly: tags })", [parts, RULES])
    return [f"{each['id']}: {each['nodes'][0]['html']}" for each in found["violations"]]


def test_ana_sees_ben_come_write_and_leave(visit: Visits, number: str) -> None:
    page = visit(ANA, locale="es-US").open(f"/cases/{number}/")
    bens = visit(BEN, locale="en-US").open(f"/cases/{number}/")
    presence = page.locator(".case-head .presence")
    expect(presence).to_contain_text("Ben Wright está aquí")
    expect(bens.locator(".case-head .presence")).to_contain_text("is here")
    head = page.locator(".case-head").bounding_box()
    bens.keyboard.press("i")
    bens.keyboard.type("The store")
    expect(presence).to_contain_text("Ben Wright escribe una nota")
    bens.locator("[data-composer] label", has_text="Dan Miller").click()
    expect(presence).to_contain_text("Ben Wright le escribe a Dan Miller")
    assert page.locator(".case-head").bounding_box() == head, "nothing moves"
    assert violations(page) == []
    bens.goto("about:blank")
    expect(presence).to_be_empty()


def test_what_is_new_comes_in_when_ana_asks_and_her_words_stay(visit: Visits, number: str) -> None:
    page = visit(ANA, locale="es-US").open(f"/cases/{number}/")
    body = page.locator("[data-composer] [name=body]")
    body.click()
    page.keyboard.type("Le pregunto a la tienda")
    customer = visit(DAN, locale="en-US").open(f"/portal/cases/{number}/")
    customer.fill("[name=body]", "Any news?")
    customer.locator("form:has([name=body]) [type=submit]").click()
    expect(customer.locator("main")).to_contain_text("Any news?")
    news = page.locator(".live .news")
    expect(news).to_contain_text("nueva")
    expect(page.locator(".timeline")).not_to_contain_text("Any news?")
    expect(body).to_be_focused()
    assert violations(page) == []
    news.get_by_role("button").click()
    expect(page.locator(".timeline [data-new]").first).to_be_focused()
    expect(page.locator(".timeline")).to_contain_text("Any news?")
    expect(page.locator(".words")).to_contain_text("Any news?")
    expect(body).to_have_value("Le pregunto a la tienda")
    expect(news.get_by_role("button")).to_be_hidden()
    expect(page.locator("[data-composer] [name=to_status]")).to_have_value("")
    # What was read isn't something that came in between.
    body.click()
    page.locator("[data-composer] [type=submit]").click()
    expect(page.locator(".timeline")).to_contain_text("Le pregunto a la tienda")
    expect(body).to_have_value("")


def test_on_a_phone_it_is_above_the_line_to_write_in_and_a_key_brings_it_in(
    visit: Visits, number: str
) -> None:
    page = visit(ANA, locale="es-US", viewport={"width": 320, "height": 700}).open(
        f"/cases/{number}/"
    )
    bens = visit(BEN, locale="en-US").open(f"/cases/{number}/")
    expect(page.locator(".live > .presence")).to_contain_text("Ben Wright está aquí")
    expect(page.locator(".live > .presence")).to_be_visible()
    page.keyboard.press("u")  # there's nothing yet
    bens.keyboard.press("i")
    bens.keyboard.type("Ask the store first.")
    bens.locator("[data-composer] [type=submit]").click()
    expect(page.locator(".live .news")).to_contain_text("1 entrada nueva")
    expect(page.locator(".live .news button")).to_be_in_viewport(ratio=1)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert violations(page) == []
    page.keyboard.press("u")
    expect(page.locator(".timeline [data-new]")).to_be_focused()
    expect(page.locator(".timeline [data-new]")).to_contain_text("Ask the store first.")
